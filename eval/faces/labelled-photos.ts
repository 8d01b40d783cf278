import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Analysis,
  EXPRESSION_LABELS,
  type ExpressionLabel,
  expressionLabel,
  type Observation,
} from '../../src/contracts/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import { reasonerFor } from '../../src/pipeline/reasoners.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { type Confident, calibrationBins, coverageAccuracy, expectedCalibrationError } from '../metrics/calibration.ts';
import { classification } from '../metrics/classification.ts';
import { table } from '../voice/section.ts';
import { largestFace, READING } from './photo.ts';
import { panelsSvg } from './plot.ts';

const manifest = z.array(
  z.object({ file: z.string(), set: z.string().optional(), label: z.string().nullable().optional() }),
);
/** Spellings of the developers' labels. */
const SPELLINGS: Readonly<Record<string, string>> = { happy: 'happiness', sad: 'sadness' };

type Scored = Record<ExpressionLabel, number>;
type Answer = { set: string; truth: ExpressionLabel; readers: Record<Reader, Scored | null> };
const READERS = ['FACS alone', 'expression head', 'judgement (both)'] as const;
type Reader = (typeof READERS)[number];

const leader = (scores: Scored): ExpressionLabel =>
  EXPRESSION_LABELS.reduce((best, label) => (scores[label] > scores[best] ? label : best));

const answersOf = async (folder: string, pipeline: Pipeline): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const { file, set, label } of manifest.parse(JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')))) {
    const truth = expressionLabel.safeParse(SPELLINGS[label ?? ''] ?? label);
    if (!truth.success || set === undefined) {
      continue;
    }
    const { percepts, analysis } = await pipeline.observe(join(folder, file), READING);
    const face = largestFace(percepts);
    const head = face?.expression;
    answers.push({
      set,
      truth: truth.data,
      readers: {
        'FACS alone': await judged(analysis, face?.id, (kind) => kind !== 'expression' && kind !== 'affect'),
        'expression head':
          head === null || head === undefined ? null : recordOf(EXPRESSION_LABELS, (each) => head[each][0] ?? 0),
        'judgement (both)': await judged(analysis, face?.id, () => true),
      },
    });
  }
  return answers;
};

const judged = async (
  analysis: Analysis,
  subject: string | undefined,
  keep: (kind: Observation['kind']) => boolean,
): Promise<Scored | null> => {
  if (subject === undefined) {
    return null;
  }
  const observations = analysis.observations.filter(({ kind }) => keep(kind));
  const [explanation] = await explainAnalysis(
    { ...analysis, observations },
    { ...READING, subject },
    { reasoner: reasonerFor('facs') },
  );
  return explanation?.judgement.expression.scores ?? null;
};

const percent = (share: number): string => (100 * share).toFixed(0);

const recallTable = (answers: readonly Answer[]): string => {
  const rows = READERS.map((reader) => {
    const scores = classification(
      answers.map(({ truth }) => truth),
      answers.map(({ readers }) => (readers[reader] === null ? 'no face' : leader(readers[reader]))),
    );
    const present = EXPRESSION_LABELS.filter((label) => answers.some(({ truth }) => truth === label));
    const often = present.filter((label) => answers.filter(({ truth }) => truth === label).length >= 5);
    const mean = (labels: readonly ExpressionLabel[]): string =>
      labels.length === 0
        ? '–'
        : percent(labels.reduce((sum, label) => sum + (scores.classes[label]?.recall ?? 0), 0) / labels.length);
    const cells = EXPRESSION_LABELS.map((label) =>
      present.includes(label) ? percent(scores.classes[label]?.recall ?? 0) : '–',
    );
    return [reader, mean(present), mean(often), ...cells];
  });
  const counts = EXPRESSION_LABELS.map((label) => answers.filter(({ truth }) => truth === label).length);
  return table(
    ['recall, %', 'mean', 'mean of classes with 5 or more', ...EXPRESSION_LABELS],
    [...rows, ['photos', answers.length, '', ...counts]],
  );
};

const confusionTable = (answers: readonly Answer[], reader: Reader): string => {
  const rows = EXPRESSION_LABELS.map((truth) => [
    truth,
    ...EXPRESSION_LABELS.map((label) => {
      const found = answers.filter((answer) => {
        const scores = answer.readers[reader];
        return answer.truth === truth && scores !== null && leader(scores) === label;
      }).length;
      return found === 0 ? '·' : found;
    }),
  ]);
  return table(['truth \\ read as', ...EXPRESSION_LABELS], rows);
};

const confidentOf = (answers: readonly Answer[], reader: Reader): Confident[] =>
  answers.flatMap(({ truth, readers }) => {
    const scores = readers[reader];
    return scores === null ? [] : [{ confidence: scores[leader(scores)], right: leader(scores) === truth }];
  });

/** Coverage below which a share of right answers is a matter of single photos. */
const LEAST_ANSWERS = 10;

const surenessSvg = (answers: readonly Answer[]): string => {
  const readers = READERS.map((reader) => ({ reader, confident: confidentOf(answers, reader) }));
  const reliability = readers.map(({ reader, confident }) => ({
    name: reader,
    points: calibrationBins(confident, 5).map(({ confidence, accuracy }) => ({ x: confidence, y: accuracy })),
    dots: true,
  }));
  const coverage = readers.map(({ reader, confident }) => ({
    name: reader,
    points: coverageAccuracy(confident)
      .filter((point) => point.coverage * confident.length >= LEAST_ANSWERS)
      .map((point) => ({ x: point.coverage, y: point.accuracy })),
  }));
  return panelsSvg(
    'How sure and how often right: reliability, and accuracy over coverage',
    [
      {
        title: 'Reliability',
        note: 'five bins; on the diagonal: as sure as right',
        x: 'sure',
        y: 'right',
        curves: reliability,
        diagonal: true,
      },
      {
        title: 'Coverage and accuracy',
        note: `from the ${LEAST_ANSWERS} surest answers to all`,
        x: 'answered',
        y: 'right',
        curves: coverage,
      },
    ],
    2,
    340,
  );
};

const sureness = (answers: readonly Answer[]): string => {
  const rows = READERS.map((reader) => {
    const confident = confidentOf(answers, reader);
    const curve = coverageAccuracy(confident);
    const at = (coverage: number): string => percent(curve.find((point) => point.coverage >= coverage)?.accuracy ?? 0);
    return [reader, expectedCalibrationError(confident).toFixed(3), at(0.25), at(0.5), at(0.75), at(1)];
  });
  return table(['', 'ECE', 'accuracy of the surest 25 %, %', '50 %', '75 %', 'all'], rows);
};

/** Expressions on the developers' labelled photos: FACS alone, the head alone, and the judgement that joins both. */
export const labelledPhotos = async (folder: string, pipeline: Pipeline): Promise<{ text: string; svg: string }> => {
  const answers = await answersOf(folder, pipeline);
  const sets = [...new Set(answers.map(({ set }) => set))].sort();
  const lost = answers.filter(({ readers }) => readers['expression head'] === null).length;
  const text = [
    '### Expressions',
    `The labelled photos of \`../shared/media/faces\` (\`misc\`: posed and theatric; \`muxspace\`: press photos, labels of one student). None was trained on. Without a face: ${lost}. Classes of one to three photos say little; the variant of the expression head (one of about nine) and its weight in the judgement were chosen on these same photos, so that both rows are flattered.`,
    ...sets.flatMap((set) => [`#### ${set}`, recallTable(answers.filter((answer) => answer.set === set))]),
    '#### What is taken for what (expression head, both sets)',
    confusionTable(answers, 'expression head'),
    '#### How sure (both sets)',
    sureness(answers),
    '![Reliability, and accuracy over coverage](accuracy/sureness.svg)',
  ].join('\n\n');
  return { text, svg: surenessSvg(answers) };
};
