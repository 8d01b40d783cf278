/** One column without its missing entries: times in milliseconds, rising, and as many finite values. */
export type Series = { t: Float64Array; v: Float64Array };

export type Column = ReadonlyArray<number | null | undefined>;

/** Where the rising times of a subject lie in its columns. Entries that do not rise are faults of the source. */
export const risingIndices = (times: readonly number[]): number[] => {
  const indices: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    if (Number.isFinite(time) && time >= 0 && time > last) {
      indices.push(index);
      last = time;
    }
  }
  return indices;
};

/** A number that can be calculated with, or `NaN`. */
export const finiteAt = (column: Column | null | undefined, index: number): number => {
  const value = column?.[index];
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
};

/** The finite entries of a column at the given indices, held within `[lowest, highest]`. */
export const seriesOf = (
  times: readonly number[],
  indices: readonly number[],
  column: Column | null | undefined,
  [lowest, highest]: readonly [number, number],
  keep: (index: number) => boolean = () => true,
): Series => {
  const t = new Float64Array(indices.length);
  const v = new Float64Array(indices.length);
  let count = 0;
  for (const index of indices) {
    const value = finiteAt(column, index);
    if (!Number.isNaN(value) && keep(index)) {
      t[count] = times[index] ?? 0;
      v[count] = Math.min(highest, Math.max(lowest, value));
      count += 1;
    }
  }
  return { t: t.subarray(0, count), v: v.subarray(0, count) };
};

/** Entry of a typed array that is known to exist; 0 beyond the end. */
export const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0;

/** The value below which a share of the values lies, linearly interpolated; `NaN` of nothing. */
export const quantile = (values: ArrayLike<number>, share: number): number => {
  if (values.length === 0) {
    return Number.NaN;
  }
  const sorted = Float64Array.from(values).sort();
  const place = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const below = Math.floor(place);
  const low = at(sorted, below);
  return low + (at(sorted, Math.min(below + 1, sorted.length - 1)) - low) * (place - below);
};

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) {
    sum += at(values, index);
  }
  return values.length === 0 ? Number.NaN : sum / values.length;
};

/** Index of the first time that is not before `ms`; the length of the array where there is none. */
export const firstFrom = (t: ArrayLike<number>, ms: number): number => {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(t, middle) < ms) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
};

/** The values within `[startMs, endMs)`. */
export const within = (series: Series, startMs: number, endMs: number): Float64Array =>
  series.v.subarray(firstFrom(series.t, startMs), firstFrom(series.t, endMs));

export const clamp = (value: number, lowest: number, highest: number): number =>
  Math.min(highest, Math.max(lowest, value));

/** Rounded so that the bytes of a result do not hang on the last bits of a sum. Never `-0`. */
export const rounded = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  const result = Math.round(value * factor) / factor;
  return result === 0 ? 0 : result;
};
