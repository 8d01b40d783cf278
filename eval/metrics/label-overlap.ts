import { EMOTION_FAMILIES, type EmotionFamily } from '../text/emotion-families.ts';

export type LabelOverlap = { precision: number; recall: number; f1: number };

/** One label as the families it may mean ("惊喜" is surprise and happiness). */
export type FamilySet = readonly EmotionFamily[];

const isSignOnly = (family: EmotionFamily): boolean => family === 'positive' || family === 'negative';

/**
 * How far two families mean the same: 1 for the same one; ½ where one gives the sign alone ("a negative mood") and the
 * other has that sign; 0 otherwise.
 */
export const familyAgreement = (one: EmotionFamily, other: EmotionFamily): number => {
  if (one === other) {
    return 1;
  }
  const sameSign = EMOTION_FAMILIES[one].sign === EMOTION_FAMILIES[other].sign;
  return (isSignOnly(one) || isSignOnly(other)) && sameSign && EMOTION_FAMILIES[one].sign !== 0 ? 0.5 : 0;
};

/**
 * Deterministic label overlap of two descriptions' families: precision is the mean, over the families of the
 * prediction, of the best agreement with one of the truth; recall the same the other way round; F1 their harmonic mean.
 *
 * Worked example: truth {anger, sadness}, prediction {anger, calm, negative}. Precision (1 + 0 + ½)/3 = 0.5; recall
 * (1 + ½)/2 = 0.75; F1 0.6.
 */
export const labelOverlap = (truth: FamilySet, prediction: FamilySet): LabelOverlap => {
  const [actual, predicted] = [[...new Set(truth)], [...new Set(prediction)]];
  if (actual.length === 0 || predicted.length === 0) {
    return { precision: 0, recall: 0, f1: 0 };
  }
  const side = (from: readonly EmotionFamily[], to: readonly EmotionFamily[]): number =>
    from.reduce((sum, family) => sum + Math.max(...to.map((other) => familyAgreement(family, other))), 0) / from.length;
  const [precision, recall] = [side(predicted, actual), side(actual, predicted)];
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
};
