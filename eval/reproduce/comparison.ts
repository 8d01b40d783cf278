/** One published number and ours. */
export type Comparison = {
  table: string;
  row: string;
  column: string;
  /** In the unit of the table (percent, points or a count). */
  published: number;
  ours: number;
  /** Decimals the published number is printed with. */
  decimals: number;
  /** Largest difference that is expected, and why; `null` where the number must be exact. */
  tolerance: { within: number; why: string } | null;
};

export type Verdict = 'exact' | 'within tolerance' | 'differs';

/** Exact: the same digits as printed. */
export const verdictOf = ({ published, ours, decimals, tolerance }: Comparison): Verdict => {
  if (ours.toFixed(decimals) === published.toFixed(decimals)) {
    return 'exact';
  }
  return tolerance !== null && Math.abs(ours - published) <= tolerance.within ? 'within tolerance' : 'differs';
};
