import type { Level, Series } from './tracks.ts';

/** Samples of one stretch for each of the level below. */
const STRIDE = 2;
/** Below this a level is as quick to draw as the next. */
const SHORTEST = 256;

/** A column with the lowest and highest of ever longer stretches, so that drawing it costs as much as it has pixels. */
export const seriesOf = (column: ArrayLike<number | null>): Series => {
  const values = new Float32Array(column.length);
  for (let index = 0; index < column.length; index += 1) {
    values[index] = column[index] ?? Number.NaN;
  }
  const levels: Level[] = [];
  let below: Level = { size: 1, low: values, high: values };
  while (below.low.length > SHORTEST) {
    below = coarser(below);
    levels.push(below);
  }
  return { values, levels };
};

const coarser = ({ size, low, high }: Level): Level => {
  const length = Math.ceil(low.length / STRIDE);
  const next: Level = { size: size * STRIDE, low: new Float32Array(length), high: new Float32Array(length) };
  for (let stretch = 0; stretch < length; stretch += 1) {
    let lowest = Number.NaN;
    let highest = Number.NaN;
    const end = Math.min(low.length, (stretch + 1) * STRIDE);
    for (let index = stretch * STRIDE; index < end; index += 1) {
      const [least, most] = [low[index] ?? Number.NaN, high[index] ?? Number.NaN];
      // Comparisons with NaN are false, so a stretch is missing only where all of it is.
      if (!(least >= lowest)) {
        lowest = Number.isNaN(least) ? lowest : least;
      }
      if (!(most <= highest)) {
        highest = Number.isNaN(most) ? highest : most;
      }
    }
    next.low[stretch] = lowest;
    next.high[stretch] = highest;
  }
  return next;
};

/**
 * The finest level with at most `most` stretches in `samples` samples; `null`: the samples themselves, as long as a line
 * through them is no denser than two a pixel.
 */
export const levelFor = (series: Series, samples: number, most: number): Level | null => {
  if (samples <= 2 * most) {
    return null;
  }
  return series.levels.find(({ size }) => samples / size <= most) ?? series.levels.at(-1) ?? null;
};
