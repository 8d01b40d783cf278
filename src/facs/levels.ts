import type { IntensityLetter } from '../contracts/index.ts';

/** How one intensity letter is said. */
export type LevelEntry = {
  letter: IntensityLetter;
  /** Place on the A–E scale, 1–5. */
  rank: number;
  /** Lowest intensity of the letter on the 0–5 scale, inclusive. */
  from: number;
  /** The word with the letter: "trace". */
  word: string;
  /** Before a noun: "a slight lip-corner pull". */
  adjective: string;
  /** With a participle: "the lip corners are slightly pulled up". */
  adverb: string;
  /** Other words that name the same level, lower case, for reading prose back. */
  alsoSaid: readonly string[];
};

/**
 * FACS intensity letters (FACS 2002: A trace, B slight, C marked or pronounced, D severe or extreme, E maximum) and
 * the words whyface uses for them. On the continuous 0–5 scale that OpenFace and DISFA use (0 absent, 1 = A … 5 = E) a
 * letter covers half a unit to either side. The letters are not equal intervals of muscle movement.
 */
export const LEVELS = [
  { letter: 'A', rank: 1, from: 0.5, word: 'trace', adjective: 'trace', adverb: 'barely', alsoSaid: ['faint', 'faintly', 'a trace', 'minimal', 'minimally', 'hint of', 'just visible', 'just visibly', 'barely visible'] },
  { letter: 'B', rank: 2, from: 1.5, word: 'slight', adjective: 'slight', adverb: 'slightly', alsoSaid: ['mild', 'mildly', 'subtle', 'subtly', 'weak', 'weakly', 'a little'] },
  { letter: 'C', rank: 3, from: 2.5, word: 'marked', adjective: 'marked', adverb: 'markedly', alsoSaid: ['pronounced', 'pronouncedly', 'moderate', 'moderately', 'clear', 'clearly'] },
  { letter: 'D', rank: 4, from: 3.5, word: 'strong', adjective: 'strong', adverb: 'strongly', alsoSaid: ['severe', 'severely', 'intense', 'intensely', 'heavy', 'heavily'] },
  { letter: 'E', rank: 5, from: 4.5, word: 'extreme', adjective: 'extreme', adverb: 'extremely', alsoSaid: ['maximum', 'maximal', 'maximally', 'fully', 'as far as it goes'] },
] as const satisfies readonly LevelEntry[]; // biome-ignore format: one table

/** The entry of one letter. */
export const level = (letter: IntensityLetter): LevelEntry => {
  const [a, b, c, d, e] = LEVELS;
  return { A: a, B: b, C: c, D: d, E: e }[letter];
};

/** The letter of an intensity on the 0–5 scale; `null` below half a unit, where FACS codes nothing. */
export const letterOf = (intensity: number): IntensityLetter | null =>
  LEVELS.findLast((entry) => intensity >= entry.from)?.letter ?? null;
