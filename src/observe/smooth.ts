import { at, type Series } from './series.ts';

/**
 * Values smoothed with a Gaussian over time: zero phase, aware of uneven times, never across a gap wider than three
 * standard deviations. At sampling slower than that the values stay as they are.
 */
export const smooth = ({ t, v }: Series, sigmaMs: number): Float64Array => {
  const result = new Float64Array(v.length);
  const reach = 3 * sigmaMs;
  // Times are whole milliseconds: every weight that can occur, computed once.
  const weights = Float64Array.from({ length: Math.ceil(reach) + 1 }, (_, ms) => Math.exp(-0.5 * (ms / sigmaMs) ** 2));
  for (let index = 0; index < v.length; index += 1) {
    const time = at(t, index);
    let sum = at(v, index);
    let total = 1;
    // As many neighbours on either side, so that the ends are not drawn inwards.
    for (let step = 1; index - step >= 0 && index + step < v.length; step += 1) {
      const before = time - at(t, index - step);
      const after = at(t, index + step) - time;
      if (before > reach || after > reach) {
        break;
      }
      const weightBefore = at(weights, Math.round(before));
      const weightAfter = at(weights, Math.round(after));
      sum += weightBefore * at(v, index - step) + weightAfter * at(v, index + step);
      total += weightBefore + weightAfter;
    }
    result[index] = sum / total;
  }
  return result;
};
