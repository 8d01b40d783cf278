const STEP = 0.01;

/** One entry every 10 ms: whether it lies in a stretch (seconds). */
export const framesOf = (stretches: ReadonlyArray<readonly [number, number]>, seconds: number): Uint8Array => {
  const frames = new Uint8Array(Math.round(seconds / STEP));
  for (const [from, to] of stretches) {
    frames.fill(1, Math.round(from / STEP), Math.round(to / STEP));
  }
  return frames;
};

/** F1 of frames against a truth of the same length; 1 where both are empty. */
export const frameF1 = (found: Uint8Array, truth: Uint8Array): number => {
  let [both, either] = [0, 0];
  for (const [index, here] of truth.entries()) {
    both += here * (found[index] ?? 0);
    either += here + (found[index] ?? 0);
  }
  return either === 0 ? 1 : (2 * both) / either;
};

/** Probability that one of `high` scores above one of `low`; ties count a half. */
export const areaUnderCurve = (high: readonly number[], low: readonly number[]): number => {
  let wins = 0;
  for (const one of high) {
    for (const other of low) {
      wins += one > other ? 1 : one === other ? 0.5 : 0;
    }
  }
  return wins / Math.max(1, high.length * low.length);
};
