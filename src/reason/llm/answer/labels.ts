import {
  COMPOUND_LABELS,
  type CompoundLabel,
  EXPRESSION_LABELS,
  type ExpressionLabel,
} from '../../../contracts/index.ts';
import { EXPRESSION_WORDS } from '../../../facs/index.ts';

/** Other words by which models name the eight expressions. Only what means the same: "worried" is not "fear". */
const SYNONYMS: Readonly<Record<ExpressionLabel, readonly string[]>> = {
  anger: ['angry', 'angriness'],
  contempt: ['contemptuous', 'scorn', 'disdain'],
  disgust: ['disgusted'],
  fear: ['fearful', 'afraid', 'scared'],
  happiness: ['happy', 'joy', 'joyful', 'enjoyment'],
  neutral: ['none', 'no expression', 'neutrality'],
  sadness: ['sad', 'sorrow'],
  surprise: ['surprised', 'astonishment'],
};

const tidy = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[."'*`]+/g, '')
    .replace(/\s+/g, ' ');

/** The expression that a word names, or `null`. */
export const expressionNamed = (word: string): ExpressionLabel | null => {
  const name = tidy(word);
  return (
    EXPRESSION_LABELS.find(
      (label) => label === name || EXPRESSION_WORDS[label].adjective === name || SYNONYMS[label].includes(name),
    ) ?? null
  );
};

/** The compound that a word names ("Happily surprised"), or `null`. */
export const compoundNamed = (word: string): CompoundLabel | null => {
  const name = tidy(word).replace(/[\s_]+/g, '-');
  return COMPOUND_LABELS.find((label) => label === name) ?? null;
};
