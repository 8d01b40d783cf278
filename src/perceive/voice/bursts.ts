import type { TimeRange, VocalBurst } from '../../contracts/index.ts';
import { mean, quantile } from './numbers.ts';
import { type SoundSteps, STEP_MS } from './sound-steps.ts';

/** Laughter comes in calls, four to six a second, voiced ones with air between them (Bachorowski, Smoski & Owren 2001). */
const LAUGHTER = {
  shortestMs: 120,
  longestMs: 290,
  leastCalls: 5,
  /** Coefficient of variation of the distances: syllables of speech vary by .3 and more. */
  evenness: 0.1,
  /** Decibels by which the level falls between two calls: seven even syllables of reading aloud fell by 12. */
  fall: 15,
  /** Share of a call around its peak that has a pitch: syllables are voiced longer. */
  voiced: 0.6,
} as const;

/** A sigh is one long breath: noise without pitch that rises and falls slowly. */
const SIGH = { shortestMs: 500, longestMs: 2500, over: 10, flatness: 0.12, voiced: 0.1, peak: [0.1, 0.6] } as const;

/**
 * Sounds that are rhythmical like laughter, and long breaths. By rhythm and colour alone: they are told as "-like", with a
 * confidence of a half at most.
 */
export const burstsOf = (steps: SoundSteps, pitch: Float32Array, segments: readonly TimeRange[]): VocalBurst[] => [
  ...segments.flatMap((segment) => laughterIn(segment, steps, pitch)),
  ...sighsBetween(segments, steps),
];

const laughterIn = ({ startMs, endMs }: TimeRange, { level }: SoundSteps, pitch: Float32Array): VocalBurst[] => {
  const [from, to] = [Math.round(startMs / STEP_MS), Math.round(endMs / STEP_MS)];
  const peaks: number[] = [];
  let lowest = level[from] ?? -120;
  let peak = -1;
  for (let step = from; step < to; step += 1) {
    const own = level[step] ?? -120;
    if (peak >= 0 && own < (level[peak] ?? -120) - LAUGHTER.fall) {
      peaks.push(peak);
      peak = -1;
      lowest = own;
    } else if (peak >= 0) {
      peak = own > (level[peak] ?? -120) ? step : peak;
    } else if (own > lowest + LAUGHTER.fall) {
      peak = step;
    } else {
      lowest = Math.min(lowest, own);
    }
  }
  const runs: number[][] = [];
  for (const each of peaks) {
    const run = runs.at(-1);
    const gap = (each - (run?.at(-1) ?? Number.NEGATIVE_INFINITY)) * STEP_MS;
    if (run !== undefined && gap >= LAUGHTER.shortestMs && gap <= LAUGHTER.longestMs) {
      run.push(each);
    } else {
      runs.push([each]);
    }
  }
  return runs.flatMap((run): VocalBurst[] => {
    const gaps = run.slice(1).map((each, index) => each - (run[index] ?? each));
    const usual = mean(gaps) ?? 1;
    const spread = Math.sqrt(mean(gaps.map((gap) => (gap - usual) ** 2)) ?? 0) / usual;
    const [first, last] = [run[0] ?? from, run.at(-1) ?? from];
    const voiced = shareOf(first, last, (step) => (pitch[step] ?? Number.NaN) > 0);
    return run.length >= LAUGHTER.leastCalls && spread <= LAUGHTER.evenness && voiced > 0.1 && voiced < LAUGHTER.voiced
      ? [{ startMs: first * STEP_MS, endMs: (last + 1) * STEP_MS, kind: 'laughter-like', confidence: 0.4 }]
      : [];
  });
};

const shareOf = (from: number, to: number, test: (step: number) => boolean): number => {
  let count = 0;
  for (let step = from; step < to; step += 1) {
    count += test(step) ? 1 : 0;
  }
  return count / Math.max(1, to - from);
};

const sighsBetween = (segments: readonly TimeRange[], { level, clarity, flatness }: SoundSteps): VocalBurst[] => {
  const ends = [0, ...segments.map(({ endMs }) => endMs)];
  const starts = [...segments.map(({ startMs }) => startMs), level.length * STEP_MS];
  return segments.length === 0
    ? []
    : ends.flatMap((endMs, index): VocalBurst[] => {
        const [from, to] = [Math.round(endMs / STEP_MS), Math.round((starts[index] ?? endMs) / STEP_MS)];
        const gap = Array.from(level.subarray(from, to));
        const quiet = quantile(gap, 0.1) ?? -120;
        const loud = gap.map((own) => own > Math.max(quiet, -70) + SIGH.over);
        const [first, last] = [loud.indexOf(true), loud.lastIndexOf(true)];
        const lengthMs = (last - first + 1) * STEP_MS;
        if (first < 0 || lengthMs < SIGH.shortestMs || lengthMs > SIGH.longestMs) {
          return [];
        }
        const [start, end] = [from + first, from + last + 1];
        const held = shareOf(first, last + 1, (step) => loud[step] === true);
        const voiced = shareOf(start, end, (step) => (clarity[step] ?? 0) > 0.7);
        const noisy = mean(Array.from(flatness.subarray(start, end))) ?? 0;
        const peak = gap.indexOf(Math.max(...gap.slice(first, last + 1)), first);
        const place = (peak - first) / (last - first + 1);
        return held > 0.9 &&
          voiced < SIGH.voiced &&
          noisy > SIGH.flatness &&
          place > SIGH.peak[0] &&
          place < SIGH.peak[1]
          ? [{ startMs: start * STEP_MS, endMs: end * STEP_MS, kind: 'sigh-like', confidence: 0.3 }]
          : [];
      });
};
