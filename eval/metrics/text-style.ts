import { ngramsOf } from './text-tokens.ts';

/**
 * Style of one text as MER-Factory measures it (Lum1104/MER-Factory, tools/evaluate/metrics_text.py): distinct-1 and
 * -2 (different runs of words among all), repetition (1 − distinct-1), and the Flesch–Kincaid grade with its vowel-group
 * syllable count. Grades mean something for English alone.
 */
export type TextStyle = { words: number; distinct1: number; distinct2: number; repetition: number; grade: number };

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

const distinct = (words: readonly string[], n: number): number => {
  const total = words.length - n + 1;
  return total <= 0 ? 0 : ngramsOf(words, n).size / total;
};

const syllablesOf = (word: string): number => {
  const groups = word.match(/[aeiouy]+/g)?.length ?? 0;
  return Math.max(1, word.endsWith('e') && groups > 1 ? groups - 1 : groups);
};

/** Worked example: "He smiles. He smiles again." has 5 words, 3 different: distinct-1 0.6, repetition 0.4. */
export const textStyle = (text: string): TextStyle => {
  const words = wordsOf(text);
  const sentences = text.split(/[.!?]+/).filter((sentence) => sentence.trim() !== '').length;
  const count = Math.max(1, words.length);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return {
    words: words.length,
    distinct1: distinct(words, 1),
    distinct2: distinct(words, 2),
    repetition: words.length === 0 ? 0 : 1 - new Set(words).size / words.length,
    grade: words.length === 0 ? 0 : 0.39 * (count / Math.max(1, sentences)) + 11.8 * (syllables / count) - 15.59,
  };
};
