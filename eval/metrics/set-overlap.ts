/** Precision and recall of one predicted set against one true set. */
export type SetOverlap = { precision: number; recall: number };

/**
 * |Y ∩ P| / |P| and |Y ∩ P| / |Y| of two sets of labels. An empty prediction scores 0 on both, as the published code has
 * it; the caller decides what an empty truth means.
 */
export const setOverlap = (truth: ReadonlySet<string>, prediction: ReadonlySet<string>): SetOverlap => {
  if (prediction.size === 0 || truth.size === 0) {
    return { precision: 0, recall: 0 };
  }
  let shared = 0;
  for (const label of truth) {
    if (prediction.has(label)) {
      shared += 1;
    }
  }
  return { precision: shared / prediction.size, recall: shared / truth.size };
};

/** Plain sum over count, in input order: the published tables are means of this kind, to the last digit. */
export const mean = (values: readonly number[]): number => {
  let sum = 0;
  for (const value of values) {
    sum += value;
  }
  return values.length === 0 ? 0 : sum / values.length;
};
