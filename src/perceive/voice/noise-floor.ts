import { STEPS_A_SECOND } from './sound-steps.ts';

/** Half of the stretch in which the quietest moment is looked for. */
const REACH = Math.round(1.5 * STEPS_A_SECOND);
/** Steps averaged first, so that one quiet step is no floor. */
const SMOOTHING = 8;
/** Nothing below this counts as a background (dBFS): digital silence has none. */
export const LOWEST_FLOOR = -72;

/**
 * The level of the background at every step, dBFS: the lowest smoothed level within a second and a half on both sides
 * (the idea of minimum statistics, Martin 2001). Linear in the length.
 */
export const noiseFloor = (level: Float32Array): Float32Array => {
  const smooth = new Float32Array(level.length);
  let sum = 0;
  for (let index = 0; index < level.length; index += 1) {
    sum += Math.max(LOWEST_FLOOR, level[index] ?? LOWEST_FLOOR);
    sum -= index >= SMOOTHING ? Math.max(LOWEST_FLOOR, level[index - SMOOTHING] ?? LOWEST_FLOOR) : 0;
    smooth[index] = sum / Math.min(SMOOTHING, index + 1);
  }
  const floor = new Float32Array(level.length);
  // Indices of rising levels: the first is the lowest of the stretch.
  const rising: number[] = [];
  let head = 0;
  for (let index = 0; index < level.length + REACH; index += 1) {
    if (index < level.length) {
      while (rising.length > head && (smooth[rising.at(-1) ?? 0] ?? 0) >= (smooth[index] ?? 0)) {
        rising.pop();
      }
      rising.push(index);
    }
    const middle = index - REACH;
    while ((rising[head] ?? Number.POSITIVE_INFINITY) < middle - REACH) {
      head += 1;
    }
    if (head > 4096) {
      rising.splice(0, head);
      head = 0;
    }
    if (middle >= 0) {
      floor[middle] = smooth[rising[head] ?? 0] ?? LOWEST_FLOOR;
    }
  }
  return floor;
};
