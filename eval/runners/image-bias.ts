import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { type Explanation, explainOptions, observeOptions } from '../../src/contracts/index.ts';
import { toWhyfaceError } from '../../src/kit/error.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { IMAGE_VARIANTS } from '../bias/image-variants.ts';
import { mean } from '../metrics/set-overlap.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { blankReport } from '../report/blank-report.ts';
import type { Cell, EvaluationReport } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';

export type ImageBiasRequest = {
  pictures: readonly string[];
  pipeline: Pipeline;
  reasoner: 'facs' | 'llm' | 'clip' | 'vlm' | 'ensemble';
};

export type ImageBiasOptions = {
  signal?: AbortSignal | undefined;
  onPicture?: ((name: string, done: number, total: number) => void) | undefined;
};

type Change = { sameLabel: boolean; score: number; valence: number };

/**
 * The same face under other light, colour, crop, size or sharpness: how far do the answers move? For each change the
 * share of answers that keep their label, the mean change of the label's score, and the mean shift of valence, with
 * bootstrap intervals over the pictures.
 */
export const imageBiasReport = async (
  { pictures, pipeline, reasoner }: ImageBiasRequest,
  { signal, onPicture }: ImageBiasOptions = {},
): Promise<EvaluationReport> => {
  const folder = await mkdtemp(join(tmpdir(), 'whyface-audit-'));
  const changes = new Map<string, Change[]>();
  const [unreadable, lost]: [string[], string[]] = [[], []];
  const explained = async (path: string): Promise<Explanation | null> => {
    const options = { ...observeOptions.parse({}), ...explainOptions.parse({ reasoner }) };
    try {
      return (await pipeline.explain(path, options, { signal })).explanations[0] ?? null;
    } catch (thrown) {
      if (toWhyfaceError(thrown, 'eval').code === 'aborted') {
        throw thrown;
      }
      return null;
    }
  };
  try {
    for (const [index, path] of pictures.entries()) {
      signal?.throwIfAborted();
      onPicture?.(basename(path), index, pictures.length);
      const original = await explained(path);
      if (original === null) {
        unreadable.push(basename(path));
        continue;
      }
      const { data, info } = await sharp(path).rotate().png().toBuffer({ resolveWithObject: true });
      for (const [variant, change] of Object.entries(IMAGE_VARIANTS)) {
        const target = join(folder, `${index}.png`);
        await change(sharp(data), info).png().toFile(target);
        const answer = await explained(target);
        if (answer === null) {
          lost.push(`${basename(path)} ${variant}`);
        } else {
          changes.set(variant, [...(changes.get(variant) ?? []), changeOf(original, answer)]);
        }
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return reportOf(
    changes,
    reasoner,
    pictures,
    problemsOf([
      problemOf('unscored', 'pictures', unreadable, 'No face was read in the picture itself: left out.'),
      problemOf('unscored', 'changed pictures', lost, 'The face was lost by the change: left out of its row.'),
    ]),
  );
};

const changeOf = (original: Explanation, changed: Explanation): Change => {
  const { label, scores } = original.judgement.expression;
  const other = changed.judgement.expression;
  return {
    sameLabel: other.label === label,
    score: other.scores[label] - scores[label],
    valence: changed.judgement.valence - original.judgement.valence,
  };
};

const reportOf = (
  changes: ReadonlyMap<string, Change[]>,
  reasoner: string,
  pictures: readonly string[],
  problems: Problem[],
): EvaluationReport => {
  const effect = (values: readonly number[]): { estimate: number; text: string } => {
    const { estimate, low, high } = bootstrap(values, mean);
    return { estimate, text: `${low.toFixed(3)} to ${high.toFixed(3)}` };
  };
  const rows = [...changes].map(([variant, list]) => {
    const score = effect(list.map((change) => change.score));
    const valence = effect(list.map((change) => change.valence));
    const same = mean(list.map(({ sameLabel }) => (sameLabel ? 1 : 0)));
    return { variant, same, score, valence, n: list.length };
  });
  return blankReport('bias', `The same faces under other conditions (${reasoner})`, {
    parameters: { reasoner, pictures: pictures.length },
    values: Object.fromEntries(
      rows.flatMap(({ variant, same, score, valence }) => [
        [`${variant}.same`, same],
        [`${variant}.score`, score.estimate],
        [`${variant}.valence`, valence.estimate],
      ]),
    ),
    tables: [
      {
        id: 'conditions',
        title: 'What a change of the picture does to the answer',
        columns: [
          { label: 'change', kind: 'text' },
          { label: 'same label (%)', kind: 'percent', digits: 1 },
          { label: "change of the label's score", kind: 'number', digits: 3 },
          { label: '95 % interval', kind: 'text' },
          { label: 'shift of valence', kind: 'number', digits: 3 },
          { label: '95 % interval', kind: 'text' },
          { label: 'faces', kind: 'count' },
        ],
        rows: rows.map(({ variant, same, score, valence, n }): Cell[] => [
          variant,
          same,
          score.estimate,
          score.text,
          valence.estimate,
          valence.text,
          n,
        ]),
      },
    ],
    plots: [
      {
        kind: 'bars',
        id: 'same-label',
        title: 'Answers that keep their label, %',
        unit: '%',
        bars: rows.map(({ variant, same }) => ({ label: variant, value: 100 * same })),
      },
    ],
    problems,
  });
};
