import { STEP_MS, STEPS_A_SECOND } from './sound-steps.ts';

/** A voice must be held for this long before a tremor can be told from the melody of syllables. */
const HELD_STEPS = 0.6 * STEPS_A_SECOND;
/** Hertz at which voices tremble (essential and emotional tremor alike lie here). */
const RATES = [4, 5, 6, 7, 8, 9, 10] as const;

/**
 * How far the pitch swings at 4–10 Hz, percent of it: the largest of the swings at those rates in the longest held stretch,
 * its trend taken out. `null` without a stretch of 600 ms; in running speech it includes the melody of the syllables.
 */
export const tremorOf = (pitch: Float32Array, from: number, to: number): number | null => {
  const [start, end] = longestRun(pitch, from, to);
  const length = end - start;
  if (length < HELD_STEPS) {
    return null;
  }
  const logs = Array.from(pitch.subarray(start, end), Math.log);
  const trend = detrended(logs);
  const swings = RATES.map((rate) => {
    let [real, imaginary] = [0, 0];
    for (const [index, value] of trend.entries()) {
      const angle = (2 * Math.PI * rate * index * STEP_MS) / 1000;
      const window = 1 - Math.cos((2 * Math.PI * (index + 0.5)) / length);
      real += value * window * Math.cos(angle);
      imaginary += value * window * Math.sin(angle);
    }
    return (2 * Math.hypot(real, imaginary)) / length;
  });
  return 100 * Math.max(...swings);
};

const longestRun = (pitch: Float32Array, from: number, to: number): [number, number] => {
  let best: [number, number] = [from, from];
  let start = from;
  for (let index = from; index <= to; index += 1) {
    if (index === to || !((pitch[index] ?? Number.NaN) > 0)) {
      best = index - start > best[1] - best[0] ? [start, index] : best;
      start = index + 1;
    }
  }
  return best;
};

/** Less a moving mean of 300 ms: what is slower than three swings a second is melody. */
const detrended = (values: readonly number[]): number[] => {
  const reach = Math.round(0.15 * STEPS_A_SECOND);
  return values.map((value, index) => {
    const around = values.slice(Math.max(0, index - reach), index + reach + 1);
    return value - around.reduce((sum, each) => sum + each, 0) / around.length;
  });
};
