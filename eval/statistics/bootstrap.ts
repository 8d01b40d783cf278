import { randomFrom } from './random.ts';

export type Interval = { estimate: number; low: number; high: number; level: number; resamples: number; seed: number };

export type BootstrapOptions = {
  resamples?: number | undefined;
  level?: number | undefined;
  seed?: number | undefined;
};

const DEFAULTS = { resamples: 1000, level: 0.95, seed: 20261123 } as const;

/** The value below which a share of the sorted values lies, by linear interpolation. */
export const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - Math.floor(place));
};

/**
 * Percentile bootstrap (Efron 1979) of any score of a sample: items are drawn with replacement, the score is computed
 * anew, and the middle `level` of the results is the interval. Seeded: repeatable to the bit.
 */
export const bootstrap = <Item>(
  items: readonly Item[],
  score: (sample: readonly Item[]) => number,
  options: BootstrapOptions = {},
): Interval => {
  const { resamples, level, seed } = settings(options);
  const random = randomFrom(seed);
  const values = Array.from({ length: items.length === 0 ? 0 : resamples }, () => score(drawn(items, random)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return {
    estimate: score(items),
    low: quantile(values, tail),
    high: quantile(values, 1 - tail),
    level,
    resamples,
    seed,
  };
};

const settings = (options: BootstrapOptions): { resamples: number; level: number; seed: number } => ({
  resamples: options.resamples ?? DEFAULTS.resamples,
  level: options.level ?? DEFAULTS.level,
  seed: options.seed ?? DEFAULTS.seed,
});

const drawn = <Item>(items: readonly Item[], random: () => number): Item[] => {
  const sample: Item[] = [];
  for (let count = 0; count < items.length; count += 1) {
    const item = items[Math.floor(random() * items.length)];
    if (item !== undefined) {
      sample.push(item);
    }
  }
  return sample;
};

export type PairedDifference = Interval & {
  /** Two-sided: twice the smaller share of resampled differences on either side of zero, at least 1/resamples. */
  p: number;
};

/**
 * Paired bootstrap of the difference B − A of two systems on the same items (Koehn 2004): both are scored on the same
 * resamples.
 */
export const pairedBootstrap = <Item>(
  items: readonly Item[],
  scoreA: (sample: readonly Item[]) => number,
  scoreB: (sample: readonly Item[]) => number,
  options: BootstrapOptions = {},
): PairedDifference => {
  const { resamples, level, seed } = settings(options);
  const random = randomFrom(seed);
  const values = Array.from({ length: items.length === 0 ? 0 : resamples }, () => {
    const sample = drawn(items, random);
    return scoreB(sample) - scoreA(sample);
  }).sort((a, b) => a - b);
  const [below, above] = [values.filter((value) => value <= 0).length, values.filter((value) => value >= 0).length];
  const tail = (1 - level) / 2;
  return {
    estimate: scoreB(items) - scoreA(items),
    low: quantile(values, tail),
    high: quantile(values, 1 - tail),
    level,
    resamples,
    seed,
    p: values.length === 0 ? 1 : Math.min(1, Math.max(1 / values.length, (2 * Math.min(below, above)) / values.length)),
  };
};
