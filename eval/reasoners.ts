/**
 * `npx tsx eval/reasoners.ts [FOLDER] [REASONER…]`: how often each reasoner that is here names the label of a photo, and the
 * weight that this gives it in the ensemble. FOLDER holds MANIFEST.json with `file` and `label` of each; without it, the
 * developers' faces. Nothing is written.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EXPRESSION_LABELS, type ExpressionLabel, explainOptions, expressionLabel } from '../src/contracts/index.ts';
import { WhyfaceError } from '../src/kit/error.ts';
import { createPipeline, type Pipeline } from '../src/pipeline.ts';
import { largestFace, READING } from './faces/photo.ts';
import { classification } from './metrics/classification.ts';
import { table } from './voice/section.ts';

const manifest = z.array(z.object({ file: z.string(), label: z.string().nullish() }));
const SPELLINGS: Readonly<Record<string, string>> = {
  happy: 'happiness',
  sad: 'sadness',
  angry: 'anger',
  surprised: 'surprise',
};
const reasonerId = explainOptions.shape.reasoner.unwrap();
type ReasonerId = z.infer<typeof reasonerId>;

/** Classes with fewer photos say nothing. */
const LEAST_PHOTOS = 5;

type Answer = { truth: ExpressionLabel; named: ExpressionLabel | null };

const fault = (message: string): WhyfaceError => new WhyfaceError({ code: 'usage', stage: 'eval', message });

const answersOf = async (folder: string, id: ReasonerId, pipeline: Pipeline): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const { file, label } of manifest.parse(JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')))) {
    const truth = expressionLabel.safeParse(SPELLINGS[label ?? ''] ?? label);
    if (!truth.success) {
      continue;
    }
    const options = { ...READING, reasoner: id, fallback: false };
    const explained = await pipeline.explain(join(folder, file), options).catch((thrown: unknown) => {
      // A reasoner that cannot work fails on the first photo; a photo that cannot be read names nothing.
      if (answers.length === 0 || !WhyfaceError.isInstance(thrown)) {
        throw thrown;
      }
      process.stderr.write(`\n${file}: ${thrown.message}\n`);
      return null;
    });
    const subject = explained === null ? undefined : largestFace(explained.percepts)?.id;
    const judgement = explained?.explanations.find((explanation) => explanation.subject === subject)?.judgement;
    answers.push({
      truth: truth.data,
      named: judgement === undefined || judgement.abstained ? null : judgement.expression.label,
    });
    process.stderr.write(`\r${id}: ${answers.length} photos`);
  }
  process.stderr.write('\n');
  return answers;
};

const rowOf = (id: ReasonerId, answers: readonly Answer[]): string[] => {
  const { classes } = classification(
    answers.map(({ truth }) => truth),
    answers.map(({ named }) => named ?? 'no reading'),
  );
  const often = EXPRESSION_LABELS.filter(
    (label) => answers.filter(({ truth }) => truth === label).length >= LEAST_PHOTOS,
  );
  const recall = often.reduce((sum, label) => sum + (classes[label]?.recall ?? 0), 0) / Math.max(1, often.length);
  const naming = answers.filter(({ named }) => named !== null);
  const right = naming.filter(({ truth, named }) => truth === named).length;
  const odds = (recall * (EXPRESSION_LABELS.length - 1)) / (1 - recall);
  return [
    id,
    String(answers.length),
    `${Math.round((100 * naming.length) / Math.max(1, answers.length))} %`,
    `${Math.round((100 * right) / Math.max(1, naming.length))} %`,
    recall.toFixed(3),
    Math.max(0, Math.log(odds)).toFixed(2),
  ];
};

const beside = join(dirname(dirname(fileURLToPath(import.meta.url))), '..', 'shared', 'media', 'faces');
const [folder = beside, ...asked] = process.argv.slice(2);
if (!existsSync(join(folder, 'MANIFEST.json'))) {
  throw fault(`There is no MANIFEST.json in ${folder}; it lists file and label of each photo.`);
}
const ids = asked.length > 0 ? asked.map((id) => reasonerId.parse(id)) : reasonerId.options;
const pipeline = createPipeline({ env: process.env, workers: 1 });
try {
  const rows: string[][] = [];
  for (const id of ids) {
    try {
      rows.push(rowOf(id, await answersOf(folder, id, pipeline)));
    } catch (thrown) {
      if (!WhyfaceError.isInstance(thrown)) {
        throw thrown;
      }
      process.stderr.write(`\n${id}: ${thrown.message}\n`);
    }
  }
  process.stdout.write(
    `${table(['reasoner', 'photos', 'names something', 'right where it does', `mean recall (classes of ${LEAST_PHOTOS} or more)`, 'weight'], rows)}\n`,
  );
} finally {
  await pipeline.close();
}
