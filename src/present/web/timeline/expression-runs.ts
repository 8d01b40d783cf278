import type { ExpressionLabel } from '../../../contracts/index.ts';
import { usualStep } from '../state/usual-step.ts';
import type { SubjectTracks } from '../worker/tracks.ts';

export type ExpressionRun = {
  label: ExpressionLabel;
  startMs: number;
  endMs: number /** Mean probability. */;
  mean: number;
};

/** Shorter runs belong to the one before: a label that flickers tells nothing. */
const SHORTEST_MS = 160;
/** Samples further apart than this, and than so many usual steps, have a gap between them. */
const LONGEST_MS = 250;
const GAP_STEPS = 6;

/** Which label leads, stretch by stretch. */
export const expressionRuns = (t: Float64Array, scores: NonNullable<SubjectTracks['expression']>): ExpressionRun[] => {
  const runs: Array<ExpressionRun & { sum: number; count: number }> = [];
  const step = usualStep(t);
  for (let index = 0; index < t.length; index += 1) {
    let [label, best]: [ExpressionLabel | null, number] = [null, -1];
    for (const score of scores) {
      const value = score.series.values[index] ?? Number.NaN;
      if (value > best) {
        [label, best] = [score.label, value];
      }
    }
    const startMs = t[index] ?? 0;
    // A face that goes away takes its label with it.
    const next = t[index + 1] ?? startMs + step;
    const endMs = next - startMs > Math.max(LONGEST_MS, step * GAP_STEPS) ? startMs + step : next;
    const last = runs.at(-1);
    if (label === null) {
      continue;
    }
    if (last !== undefined && startMs - last.endMs < 1 && last.label === label) {
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
