import { wordSet } from '../word-set.ts';
/** A stretch of a text: `text === whole.slice(start, end)`. */
export type Span = { text: string; start: number; end: number };

const CLOSERS = new Set(['"', '”', "'", '’', ')', ']', '»']);
const ABBREVIATIONS = wordSet('e.g, i.e, approx, vs, cf, ca, no, fig, etc, dr, mr, mrs, ms');

const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);

/** Letters and dots directly before `end`, lower case: the word that a full stop may abbreviate. */
const wordBefore = (text: string, end: number): string => {
  let start = end;
  while (start > 0 && end - start < 8 && /[a-z.]/i.test(text[start - 1] ?? '')) {
    start -= 1;
  }
  return text.slice(start, end).toLowerCase();
};

/** Where the sentence that holds the mark at `index` ends, or `null` where the mark does not end one. */
const endOfSentence = (text: string, index: number): number | null => {
  const mark = text[index];
  if (mark !== '.' && mark !== '!' && mark !== '?') {
    return null;
  }
  let end = index + 1;
  while (end < text.length && (CLOSERS.has(text[end] ?? '') || '.!?'.includes(text[end] ?? ''))) {
    end += 1;
  }
  if (!isSpace(text[end])) {
    return null;
  }
  if (mark === '.' && ABBREVIATIONS.has(wordBefore(text, index))) {
    return null;
  }
  const next = /\S/.exec(text.slice(end, end + 12))?.[0];
  // "… 'Really?' she asks": a lower-case letter goes on with the same sentence.
  return next === undefined || !/[a-z]/.test(next) || end === index + 1 ? end : null;
};

/** No sentence is longer: what is, is cut at a space, so that hostile text costs no more than other text. */
const LONGEST_SENTENCE = 2000;

/** Splits a text into sentences, in linear time; never inside a number, rarely at an abbreviation. */
export const splitSentences = (text: string): Span[] => {
  const spans: Span[] = [];
  let start = 0;
  const push = (end: number): void => {
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    if (trimmed !== '') {
      const offset = start + raw.indexOf(trimmed);
      spans.push({ text: trimmed, start: offset, end: offset + trimmed.length });
    }
    start = end;
  };
  for (let index = 0; index < text.length; index += 1) {
    const tooLong = index - start > LONGEST_SENTENCE && (isSpace(text[index]) || index - start > 2 * LONGEST_SENTENCE);
    const paragraph = text[index] === '\n' && text[index + 1] === '\n';
    const end = tooLong || paragraph ? index + 1 : endOfSentence(text, index);
    if (end !== null) {
      push(end);
      index = end - 1;
    }
  }
  push(text.length);
  return spans;
};
