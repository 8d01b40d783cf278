import { cueScore } from '../metrics/cue-match.ts';
import { labelOverlap } from '../metrics/label-overlap.ts';
import { mean } from '../metrics/set-overlap.ts';
import type { Problem } from '../problem.ts';
import { readDescriptions } from '../readers/description-table.ts';
import { stem } from '../readers/input-file.ts';
import { parseLabelList } from '../readers/label-list.ts';
import { readPredictions } from '../readers/predictions.ts';
import { blankReport } from '../report/blank-report.ts';
import type { Cell, EvaluationReport } from '../report/evaluation-report.ts';
import { pairedBootstrap } from '../statistics/bootstrap.ts';
import { SMALLEST_HEADLINE } from '../statistics/headline.ts';
import { mcNemar } from '../statistics/mcnemar.ts';
import { cuesOfText } from '../text/cues-of-text.ts';
import { familiesOfLabel, labelsOfText } from '../text/labels-of-text.ts';
import { className } from './class-name.ts';
import { pairClips } from './pair-clips.ts';

export type CompareRequest = {
  a: string;
  b: string;
  reference: string;
  /** What the files hold: descriptions, label lists, or one class a clip. */
  kind: 'explanations' | 'labels' | 'classes';
  seed?: number | undefined;
  resamples?: number | undefined;
};

type Pair = { a: number; b: number };

/** `whyface eval compare A B REF`: whether B is better than A on the same clips, with paired tests. */
export const compareReport = async (request: CompareRequest): Promise<EvaluationReport> => {
  const { a, b, reference, kind, seed, resamples } = request;
  const read = async (
    path: string,
  ): Promise<{
    items: ReadonlyMap<string, string>;
    problems: Problem[];
    sources: Array<{ path: string; sha256: string }>;
  }> => {
    if (kind === 'explanations') {
      return readDescriptions(path);
    }
    const { sets, problems, sources } = await readPredictions(path);
    return { items: sets[0]?.items ?? new Map(), problems, sources };
  };
  const [first, second, truth] = [await read(a), await read(b), await read(reference)];
  const one = pairClips(truth.items, first.items, stem(a));
  const other = pairClips(truth.items, second.items, stem(b));
  const scores = SCORES[kind];
  const rows: Cell[][] = [];
  const values: Record<string, number> = {};
  const notes: string[] = [];
  for (const { name, score } of scores) {
    const pairs = one.clips.flatMap(({ truth: expected, prediction }, index): Pair[] => {
      const [left, right] = [score(expected, prediction ?? ''), score(expected, other.clips[index]?.prediction ?? '')];
      return left === null || right === null ? [] : [{ a: left, b: right }];
    });
    const difference = pairedBootstrap(
      pairs,
      (sample) => mean(sample.map((pair) => pair.a)),
      (sample) => mean(sample.map((pair) => pair.b)),
      { seed, resamples },
    );
    const wins = pairs.filter((pair) => pair.b > pair.a).length;
    const losses = pairs.filter((pair) => pair.b < pair.a).length;
    rows.push([
      name,
      mean(pairs.map((pair) => pair.a)),
      mean(pairs.map((pair) => pair.b)),
      difference.estimate,
      `${(100 * difference.low).toFixed(2)} to ${(100 * difference.high).toFixed(2)}`,
      difference.p,
      `${wins} / ${pairs.length - wins - losses} / ${losses}`,
      pairs.length,
    ]);
    values[`${name}.difference`] = difference.estimate;
    values[`${name}.p`] = difference.p;
    if (kind === 'classes') {
      const test = mcNemar(
        pairs.map((pair) => pair.a === 1),
        pairs.map((pair) => pair.b === 1),
      );
      values['mcnemar.p'] = test.p;
      notes.push(
        `McNemar (exact): A alone right on ${test.onlyA}, B alone on ${test.onlyB}, p = ${test.p.toPrecision(3)}.`,
      );
    }
    if (pairs.length < SMALLEST_HEADLINE) {
      notes.push(`${name}: only ${pairs.length} clips; the interval says more than the difference.`);
    }
  }
  return blankReport('compare', `B (${stem(b)}) against A (${stem(a)})`, {
    inputs: [...first.sources, ...second.sources, ...truth.sources],
    parameters: { ...request },
    values,
    tables: [
      {
        id: 'compare',
        title: 'The same clips, both systems (%)',
        columns: [
          { label: 'score', kind: 'text' },
          { label: 'A', kind: 'percent' },
          { label: 'B', kind: 'percent' },
          { label: 'B − A', kind: 'percent' },
          { label: '95 % interval', kind: 'text' },
          { label: 'p', kind: 'number', digits: 4 },
          { label: 'better / same / worse', kind: 'text' },
          { label: 'clips', kind: 'count' },
        ],
        rows,
        notes: ['Paired bootstrap over the clips, seeded.', ...notes],
      },
    ],
    problems: [...first.problems, ...second.problems, ...truth.problems, ...one.problems, ...other.problems],
  });
};

type ClipScore = { name: string; score: (truth: string, prediction: string) => number | null };

const SCORES: Record<CompareRequest['kind'], readonly ClipScore[]> = {
  explanations: [
    {
      name: 'label F1',
      score: (truth, prediction) => {
        const families = labelsOfText(truth).flatMap((label) => label.families);
        return families.length === 0
          ? null
          : labelOverlap(
              families,
              labelsOfText(prediction).flatMap((label) => label.families),
            ).f1;
      },
    },
    { name: 'cue F1', score: (truth, prediction) => cueScore(cuesOfText(truth), cuesOfText(prediction)).all.f1 },
  ],
  labels: [
    {
      name: 'families F1',
      score: (truth, prediction) => {
        const families = parseLabelList(truth).flatMap(familiesOfLabel);
        return families.length === 0
          ? null
          : labelOverlap(families, parseLabelList(prediction).flatMap(familiesOfLabel)).f1;
      },
    },
  ],
  classes: [{ name: 'accuracy', score: (truth, prediction) => (className(truth) === className(prediction) ? 1 : 0) }],
};
