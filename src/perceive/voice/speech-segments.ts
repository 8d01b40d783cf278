import type { TimeRange } from '../../contracts/index.ts';
import { STEP_MS } from './sound-steps.ts';

/** As in Silero's own reference code, but for the gaps: people breathe for longer than 100 ms inside a phrase. */
const SEGMENTS = {
  begins: 0.5,
  ends: 0.35,
  shortestMs: 150,
  gapMs: 200,
  /** A segment with less voice than this in its surest steps is none. */
  sure: 0.75,
  sureSteps: 5,
} as const;

/** Stretches of speech, from the probability at every step: hysteresis, short gaps closed, blips left out. */
export const speechSegments = (probability: Float32Array): TimeRange[] => {
  const runs: { from: number; to: number }[] = [];
  let from: number | null = null;
  for (let index = 0; index <= probability.length; index += 1) {
    const value = probability[index] ?? 0;
    if (from === null && value >= SEGMENTS.begins) {
      from = index;
    } else if (from !== null && value < SEGMENTS.ends) {
      const last = runs.at(-1);
      if (last !== undefined && (from - last.to) * STEP_MS < SEGMENTS.gapMs) {
        last.to = index;
      } else {
        runs.push({ from, to: index });
      }
      from = null;
    }
  }
  return runs
    .filter(({ from: start, to }) => {
      const sure = probability.subarray(start, to).filter((value) => value >= SEGMENTS.sure).length;
      return (to - start) * STEP_MS >= SEGMENTS.shortestMs && sure >= SEGMENTS.sureSteps;
    })
    .map(({ from: start, to }) => ({ startMs: Math.round(start * STEP_MS), endMs: Math.round(to * STEP_MS) }));
};
