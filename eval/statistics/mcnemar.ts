export type McNemar = {
  /** Items that A alone has right, and B alone. */
  onlyA: number;
  onlyB: number;
  /** Exact two-sided binomial p of the discordant pairs. */
  p: number;
};

/**
 * McNemar's test in its exact binomial form: whether two systems differ in what they get right on the same items.
 *
 * Worked example: A alone right on 1, B alone on 8 of the items: p = 2·(C(9,0)+C(9,1))/2⁹ = 20/512 = 0.0391.
 */
export const mcNemar = (rightA: readonly boolean[], rightB: readonly boolean[]): McNemar => {
  const onlyA = rightA.filter((right, index) => right && rightB[index] === false).length;
  const onlyB = rightA.filter((right, index) => !right && rightB[index] === true).length;
  return { onlyA, onlyB, p: twoSided(Math.min(onlyA, onlyB), onlyA + onlyB) };
};

const twoSided = (fewer: number, n: number): number => {
  // In logarithms: 2^-n vanishes for a thousand pairs.
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= fewer; k += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(n - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * sum);
};
