import { at, clamp, quantile } from './series.ts';
import { SETTINGS } from './settings.ts';

/** How one action unit of one person rests. */
export type Rest = {
  /** What is taken off: the part of the constant level that can be how the face is built, 0–5. */
  level: number;
  /** The constant level itself, 0–5. */
  constant: number;
  /** Standard deviation at rest, robust. */
  spread: number;
};

/** At most this many values decide the resting level; more change nothing but the time it takes. */
const SAMPLES = 1000;

/**
 * The resting level of a column: the lowest level at which it stays while it does not move. A smile or a sentence at
 * the start does not lift it, as long as the face lets go at some time; what it never lets go is split by
 * `restMost` into the part a face can have by build and the part that must be activity. In a short clip nothing is
 * known of the rest, and nothing is taken off.
 */
export const restOf = (t: Float64Array, smoothed: Float64Array, restMost: number): Rest => {
  const count = smoothed.length;
  if (count === 0) {
    return { level: 0, constant: 0, spread: 0 };
  }
  const stride = Math.max(1, Math.ceil(count / SAMPLES));
  const values: number[] = [];
  const motions: number[] = [];
  for (let index = 0; index < count; index += stride) {
    const before = Math.max(0, index - 1);
    const after = Math.min(count - 1, index + 1);
    const seconds = Math.max(0.001, (at(t, after) - at(t, before)) / 1000);
    values.push(at(smoothed, index));
    motions.push(Math.abs(at(smoothed, after) - at(smoothed, before)) / seconds);
  }
  const calm = quantile(motions, 0.6);
  const still = values.filter((_, index) => at(motions, index) <= calm);
  const low = quantile(still, 0.1);
  const close = still.filter((value) => Math.abs(value - low) <= 0.5);
  // Between two far values an interpolated quantile has nothing near it.
  const near = close.length > 0 ? close : [Math.min(...still)];
  const constant = quantile(near, 0.5);
  const deviations = near.map((value) => Math.abs(value - constant));
  const lasted = at(t, count - 1) - at(t, 0);
  const known = clamp((lasted - SETTINGS.restFromMs) / (SETTINGS.restFullMs - SETTINGS.restFromMs), 0, 1);
  return {
    level: known * Math.min(constant, restMost),
    constant,
    spread: 1.4826 * quantile(deviations, 0.5),
  };
};
