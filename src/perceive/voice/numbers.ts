/** Small statistics over plain numbers; `null` where there is nothing to take them of. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The q-quantile, interpolated (type 7). */
export const quantile = (values: readonly number[], q: number): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
};

/** Slope of the least-squares line through the points. */
export const slope = (x: readonly number[], y: readonly number[]): number | null => {
  const [middleX, middleY] = [mean(x), mean(y)];
  if (middleX === null || middleY === null || x.length < 3) {
    return null;
  }
  let [product, square] = [0, 0];
  for (const [index, each] of x.entries()) {
    product += (each - middleX) * ((y[index] ?? middleY) - middleY);
    square += (each - middleX) ** 2;
  }
  return square === 0 ? null : product / square;
};

/** Semitones of a frequency over 1 Hz. */
export const semitones = (hertz: number): number => 12 * Math.log2(hertz);

export const rounded = (value: number, decimals: number): number => {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor + 0;
};
