/** Agreement of continuous values: prediction against truth, pair by pair. */
const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean absolute error. */
export const meanAbsoluteError = (truth: readonly number[], prediction: readonly number[]): number =>
  meanOf(truth.map((value, index) => Math.abs(value - (prediction[index] ?? Number.NaN))));

/** Root of the mean squared error. */
export const rootMeanSquareError = (truth: readonly number[], prediction: readonly number[]): number =>
  Math.sqrt(meanOf(truth.map((value, index) => (value - (prediction[index] ?? Number.NaN)) ** 2)));

/**
 * Concordance correlation (Lin 1989): 2·cov / (var + var + (difference of the means)²), with population variances.
 * `null` where neither side varies and the means agree (0/0).
 *
 * Worked example: truth 1, 2, 3 against 2, 3, 4: cov 2/3, variances 2/3 each, shift 1: (4/3)/(4/3 + 1) = 4/7 = 0.571.
 */
export const concordance = (truth: readonly number[], prediction: readonly number[]): number | null => {
  const [mx, my] = [meanOf(truth), meanOf(prediction)];
  const covariance = meanOf(truth.map((value, index) => (value - mx) * ((prediction[index] ?? 0) - my)));
  const variance = (values: readonly number[], mean: number): number =>
    meanOf(values.map((value) => (value - mean) ** 2));
  const below = variance(truth, mx) + variance(prediction, my) + (mx - my) ** 2;
  return below === 0 || Number.isNaN(below) ? null : (2 * covariance) / below;
};

/**
 * ICC(3,1) of Shrout & Fleiss (1979): two-way mixed, single measures, consistency, of two raters (truth, prediction):
 * (BMS − EMS) / (BMS + EMS). `null` where it is 0/0.
 *
 * Worked example: 1, 2, 3 against 2, 3, 4: a constant shift is no inconsistency, ICC(3,1) = 1.
 */
export const icc31 = (truth: readonly number[], prediction: readonly number[]): number | null => {
  const n = truth.length;
  if (n < 2) {
    return null;
  }
  const pairs = truth.map((value, index): [number, number] => [value, prediction[index] ?? 0]);
  const grand = meanOf(pairs.flat());
  const [columnA, columnB] = [meanOf(pairs.map(([a]) => a)), meanOf(pairs.map(([, b]) => b))];
  let [between, error] = [0, 0];
  for (const [a, b] of pairs) {
    const row = (a + b) / 2;
    between += 2 * (row - grand) ** 2;
    error += (a - row - columnA + grand) ** 2 + (b - row - columnB + grand) ** 2;
  }
  const [bms, ems] = [between / (n - 1), error / (n - 1)];
  return bms + ems === 0 ? null : (bms - ems) / (bms + ems);
};

/**
 * Area under the ROC curve: the share of (positive, negative) pairs in which the positive scores higher, ties half
 * (Mann–Whitney). `null` where one class is missing.
 *
 * Worked example: positives .9, .4; negatives .5, .1: pairs won 3 of 4: 0.75.
 */
export const areaUnderCurve = (truth: readonly boolean[], scores: readonly number[]): number | null => {
  const order = truth
    .map((positive, index) => ({ positive, score: scores[index] ?? Number.NaN }))
    .sort((a, b) => a.score - b.score);
  const positives = truth.filter(Boolean).length;
  const negatives = truth.length - positives;
  if (positives === 0 || negatives === 0) {
    return null;
  }
  let rankSum = 0;
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (end + 1 < order.length && order[end + 1]?.score === order[start]?.score) {
      end += 1;
    }
    const rank = (start + end) / 2 + 1;
    rankSum += rank * order.slice(start, end + 1).filter(({ positive }) => positive).length;
    start = end + 1;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
};
