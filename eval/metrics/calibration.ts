/** One answer: how sure the system was (0–1), and whether it was right. */
export type Confident = { confidence: number; right: boolean };

export type CalibrationBin = { from: number; to: number; n: number; confidence: number; accuracy: number };

/** Equal-width bins of confidence; the last one includes 1. Empty bins are left out. */
export const calibrationBins = (answers: readonly Confident[], bins = 10): CalibrationBin[] =>
  Array.from({ length: bins }, (_, index): CalibrationBin => {
    const [from, to] = [index / bins, (index + 1) / bins];
    const inside = answers.filter(
      ({ confidence }) => confidence >= from && (confidence < to || (index === bins - 1 && confidence <= 1)),
    );
    const n = inside.length;
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
    return {
      from,
      to,
      n,
      confidence: mean(inside.map(({ confidence }) => confidence)),
      accuracy: mean(inside.map(({ right }) => (right ? 1 : 0))),
    };
  }).filter(({ n }) => n > 0);

/**
 * Expected calibration error (Naeini et al. 2015, ten equal bins): mean gap of confidence and accuracy, weighted by the
 * bins' sizes.
 *
 * Worked example: .95 right, .85 wrong: bins [.9,1] gap .05 and [.8,.9) gap .85, each half: 0.45.
 */
export const expectedCalibrationError = (answers: readonly Confident[], bins = 10): number => {
  const gaps = calibrationBins(answers, bins).map(({ n, confidence, accuracy }) => n * Math.abs(confidence - accuracy));
  return answers.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / answers.length;
};

/**
 * Brier score of class probabilities (Brier 1950): mean over the answers of the squared distance to the one-hot truth;
 * 0 best, 2 worst.
 *
 * Worked example: probabilities {happy .7, sad .3}, truth happy: .3² + .3² = 0.18.
 */
export const brierScore = (
  answers: ReadonlyArray<{ truth: string; probabilities: Readonly<Record<string, number>> }>,
): number =>
  answers.length === 0
    ? 0
    : answers.reduce((sum, { truth, probabilities }) => {
        const classes = new Set([...Object.keys(probabilities), truth]);
        return (
          sum +
          [...classes].reduce((inner, name) => inner + ((probabilities[name] ?? 0) - (name === truth ? 1 : 0)) ** 2, 0)
        );
      }, 0) / answers.length;

/**
 * Coverage–accuracy: answering only when the confidence is at least that of the k-th most sure answer, for every k.
 * Points rise in coverage (0–1). Answers of the same confidence enter together.
 */
export const coverageAccuracy = (answers: readonly Confident[]): Array<{ coverage: number; accuracy: number }> => {
  const order = [...answers].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  return order.flatMap((answer, index) => {
    right += answer.right ? 1 : 0;
    return order[index + 1]?.confidence === answer.confidence
      ? []
      : [{ coverage: (index + 1) / order.length, accuracy: right / (index + 1) }];
  });
};
