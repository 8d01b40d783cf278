const STEPS_MS = [
  20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000,
  3_600_000,
] as const;

/** Round moments for an axis, at least `apart` pixels from each other. */
export const ticksOf = (startMs: number, endMs: number, width: number, apart = 84): number[] => {
  const least = ((endMs - startMs) / Math.max(1, width)) * apart;
  const step = STEPS_MS.find((each) => each >= least) ?? 3_600_000;
  const ticks: number[] = [];
  for (let ms = Math.ceil(startMs / step) * step; ms <= endMs; ms += step) {
    ticks.push(ms);
  }
  return ticks;
};
