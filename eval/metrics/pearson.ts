/** Pearson correlation; `null` below two points or where one side does not vary. */
export const pearson = (x: readonly number[], y: readonly number[]): number | null => {
  const n = Math.min(x.length, y.length);
  if (n < 2) {
    return null;
  }
  const meanOf = (values: readonly number[]): number => values.slice(0, n).reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [meanOf(x), meanOf(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let index = 0; index < n; index += 1) {
    const [dx, dy] = [(x[index] ?? 0) - mx, (y[index] ?? 0) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
};

/** Ranks from 1, ties sharing their mean rank. */
const ranksOf = (values: readonly number[]): number[] => {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (order[end + 1]?.value === order[start]?.value && end + 1 < order.length) {
      end += 1;
    }
    for (let at = start; at <= end; at += 1) {
      const entry = order[at];
      if (entry !== undefined) {
        ranks[entry.index] = (start + end) / 2 + 1;
      }
    }
    start = end + 1;
  }
  return ranks;
};

/** Spearman rank correlation. */
export const spearman = (x: readonly number[], y: readonly number[]): number | null => pearson(ranksOf(x), ranksOf(y));
