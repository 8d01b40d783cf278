import type { Warning } from '../../contracts/index.ts';
import type { Sample } from './sample.ts';

export type Timing = {
  /** Frames a second; 0 for a photo. */
  fps: number;
  msOf: (sample: Sample) => number;
  warnings: Warning[];
};

/**
 * What is assumed where a table has frame numbers and no times: the slowest common rate, so that no movement is taken
 * for quicker than it was, and no micro-expression is claimed.
 */
const ASSUMED_FPS = 24;
/** No camera of this trade is faster; times that say so count something else (milliseconds, frames). */
const FASTEST_FPS = 250;
/** py-feat's clock has whole seconds: it takes some of them to tell a rate. */
const CLOCK_SPAN_SECONDS = 5;
const COMMON_FPS = [12, 15, 23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60];

/** When each frame was, by the table's times, its clock, or an assumption that is told. Samples in order of frames. */
export const timingOf = (samples: readonly Sample[], label: string): Timing => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || first.frame === last.frame) {
    return { fps: 0, msOf: () => 0, warnings: [] };
  }
  const span = last.seconds - first.seconds;
  const frames = new Set(samples.map(({ frame }) => frame)).size;
  const stated = (frames - 1) / span;
  if (stated > 0 && stated <= FASTEST_FPS && samples.every(({ seconds }) => !Number.isNaN(seconds))) {
    return { fps: stated, msOf: ({ seconds }) => Math.round(seconds * 1000), warnings: [] };
  }
  const clocked = (last.frame - first.frame) / (last.clock - first.clock);
  const known = last.clock - first.clock >= CLOCK_SPAN_SECONDS && clocked > 0 && clocked <= FASTEST_FPS;
  const fps = known ? nearestCommon(clocked) : ASSUMED_FPS;
  const why = stated > FASTEST_FPS ? 'times that no camera reaches' : 'no times';
  const message = known
    ? `${label} has times in whole seconds only; from them and the frame numbers ${fps} frames a second were taken.`
    : `${label} has ${why}: ${fps} frames a second were assumed, so durations may be off.`;
  return {
    fps,
    msOf: ({ frame }) => Math.round((frame * 1000) / fps),
    warnings: [{ code: 'frame-rate-assumed', message }],
  };
};

const nearestCommon = (fps: number): number => {
  const nearest = COMMON_FPS.reduce((best, rate) => (Math.abs(rate - fps) < Math.abs(best - fps) ? rate : best));
  return Math.abs(nearest - fps) / fps < 0.1 ? nearest : Math.round(fps * 10) / 10;
};
