/** The second opinion on pitch: YIN, by the paper (de Cheveigné & Kawahara 2002), slow and plain. */
const THRESHOLD = 0.1;
const WINDOW_SECONDS = 0.04;

/** Fundamental around `seconds`, Hz; `null` where nothing repeats. */
export const yin = (samples: Float32Array, sampleRate: number, seconds: number): number | null => {
  const longest = Math.floor(sampleRate / 60);
  const shortest = Math.floor(sampleRate / 700);
  const window = Math.round(WINDOW_SECONDS * sampleRate);
  const start = Math.round(seconds * sampleRate) - Math.floor((window + longest) / 2);
  if (start < 0 || start + window + longest > samples.length) {
    return null;
  }
  const normalised = new Float64Array(longest + 1).fill(1);
  let sum = 0;
  for (let lag = 1; lag <= longest; lag += 1) {
    let difference = 0;
    for (let index = start; index < start + window; index += 1) {
      difference += ((samples[index] ?? 0) - (samples[index + lag] ?? 0)) ** 2;
    }
    sum += difference;
    normalised[lag] = sum === 0 ? 1 : (difference * lag) / sum;
  }
  for (let lag = shortest; lag < longest; lag += 1) {
    if ((normalised[lag] ?? 1) < THRESHOLD) {
      while (lag + 1 <= longest && (normalised[lag + 1] ?? 1) < (normalised[lag] ?? 1)) {
        lag += 1;
      }
      return sampleRate / lag;
    }
  }
  return null;
};
