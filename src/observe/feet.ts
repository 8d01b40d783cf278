import { at, firstFrom, quantile } from './series.ts';
import { SETTINGS } from './settings.ts';

type FootSearch = { from: number; apex: number; limit: number; direction: 1 | -1 };

/**
 * When the movement left the level it came from (or came back to it), walking from the apex outwards: the crossings of
 * a low and of the middle level, extended in a straight line down to the foot.
 */
export const footMs = (
  t: Float64Array,
  v: Float64Array,
  { from, apex, limit, direction }: FootSearch,
  { rest, spread }: { rest: number; spread: number },
): number => {
  const reach = at(t, from) + direction * SETTINGS.footWindowMs;
  const edge = direction < 0 ? Math.max(limit, firstFrom(t, reach)) : Math.min(limit, firstFrom(t, reach + 1) - 1);
  const around = direction < 0 ? v.subarray(edge, from + 1) : v.subarray(from, edge + 1);
  const foot = Math.min(at(v, from), Math.max(rest, quantile(around, 0.2)));
  const rise = at(v, apex) - foot;
  const { footLeast, footMost, footNoise } = SETTINGS;
  const share = Math.min(footMost, Math.max(footLeast, (footNoise * spread) / Math.max(rise, 0.1)));
  const low = crossing(t, v, { from: apex, to: edge, step: direction }, foot + share * rise);
  const middle = crossing(t, v, { from: apex, to: edge, step: direction }, foot + 0.5 * rise);
  const extended = middle + (low - middle) * footReach(share);
  const nearest = Math.max(0, Math.min(t.length - 1, nearestTo(t, extended)));
  const bounded = direction < 0 ? Math.min(Math.max(nearest, edge), from) : Math.max(Math.min(nearest, edge), from);
  return at(t, bounded);
};

/**
 * How far beyond the middle crossing the foot lies, in multiples of the way from the middle to the low crossing: between
 * what holds for a straight rise and for a smooth one (a cubic ease), which bracket how faces move; nearer the straight
 * one, because smoothing has already widened the foot.
 */
const footReach = (share: number): number => {
  const straight = 0.5 - share;
  const smoothly = Math.sin(Math.asin(1 - 2 * share) / 3);
  return (2 * (0.5 / straight) + 0.5 / smoothly) / 3;
};

/** First time, walking from `from` to `to`, at which the value is at or below a level. */
const crossing = (
  t: Float64Array,
  v: Float64Array,
  { from, to, step }: { from: number; to: number; step: 1 | -1 },
  level: number,
): number => {
  for (let index = from; index !== to; index += step) {
    const here = at(v, index);
    const there = at(v, index + step);
    if (there <= level) {
      const share = here === there ? 0 : (here - level) / (here - there);
      return at(t, index) + Math.min(1, Math.max(0, share)) * (at(t, index + step) - at(t, index));
    }
  }
  return at(t, to);
};

const nearestTo = (t: Float64Array, ms: number): number => {
  const after = firstFrom(t, ms);
  return after > 0 && (after === t.length || ms - at(t, after - 1) <= at(t, after) - ms) ? after - 1 : after;
};
