/** Differences that are looked at: enough for a median. */
const SAMPLES = 31;

/** How far apart the entries of rising times usually lie: a median, which times away from the camera do not stretch. */
export const usualStep = (t: ArrayLike<number>): number => {
  const steps: number[] = [];
  const stride = Math.max(1, Math.floor((t.length - 1) / SAMPLES));
  for (let index = 1; index < t.length; index += stride) {
    steps.push((t[index] ?? 0) - (t[index - 1] ?? 0));
  }
  return steps.sort((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? 0;
};
