import type { ExpressionLabel } from '../../../contracts/index.ts';
import type { SubjectTracks } from '../worker/tracks.ts';

export type ExpressionRun = {
  label: ExpressionLabel;
  startMs: number;
  endMs: number /** Mean probability. */;
  mean: number;
};

/** Shorter runs belong to the one before: a label that flickers tells nothing. */
const SHORTEST_MS = 160;

/** Which label leads, stretch by stretch. */
export const expressionRuns = (t: Float64Array, scores: NonNullable<SubjectTracks['expression']>): ExpressionRun[] => {
  const runs: Array<ExpressionRun & { sum: number; count: number }> = [];
  for (let index = 0; index < t.length; index += 1) {
    let [label, best]: [ExpressionLabel | null, number] = [null, -1];
    for (const score of scores) {
      const value = score.series.values[index] ?? Number.NaN;
      if (value > best) {
        [label, best] = [score.label, value];
      }
    }
    const startMs = t[index] ?? 0;
    const endMs = t[index + 1] ?? startMs + 40;
    const last = runs.at(-1);
    if (label === null) {
      continue;
    }
    if (last !== undefined && startMs - last.endMs < 1 && (last.label === label || endMs - startMs > 1000)) {
      last.endMs = endMs;
      last.sum += best;
      last.count += 1;
      last.mean = last.sum / last.count;
    } else {
      runs.push({ label, startMs, endMs, mean: best, sum: best, count: 1 });
    }
  }
  return merged(runs);
};

const merged = (runs: readonly ExpressionRun[]): ExpressionRun[] => {
  const kept: ExpressionRun[] = [];
  for (const { label, startMs, endMs, mean } of runs) {
    const last = kept.at(-1);
    if (last !== undefined && startMs - last.endMs < 1 && (endMs - startMs < SHORTEST_MS || last.label === label)) {
      last.endMs = endMs;
    } else {
      kept.push({ label, startMs, endMs, mean });
    }
  }
  return kept;
};
