import { parseLabelList } from '../readers/label-list.ts';
import { EMOTION_FAMILIES } from './emotion-families.ts';
import { familiesOfLabel, labelsOfText } from './labels-of-text.ts';

/**
 * Positive, negative or neutral by the signs of the named families: what stands in where no language model turned the
 * labels into a sentiment. Scores made with it are marked; they are not the published ones.
 */
export const sentimentOfLabels = (answer: string): 'positive' | 'negative' | 'neutral' => {
  const listed = parseLabelList(answer).map(familiesOfLabel);
  const families = listed.some((known) => known.length > 0)
    ? listed.flat()
    : labelsOfText(answer).flatMap((label) => label.families);
  const balance = families.reduce<number>((sum, family) => sum + EMOTION_FAMILIES[family].sign, 0);
  return balance > 0 ? 'positive' : balance < 0 ? 'negative' : 'neutral';
};
