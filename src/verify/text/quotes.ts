import type { Span } from './sentences.ts';

/** Words between quotation marks: `text` without the marks, `start` and `end` with them. */
export type QuotedSpan = Span;

const DOUBLE_OPEN = new Set(['"', '“', '„', '«']);
const DOUBLE_CLOSE = new Set(['"', '”', '“', '»']);
const SINGLE_OPEN = new Set(["'", '‘']);
const SINGLE_CLOSE = new Set(["'", '’']);

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

const opensSingle = (text: string, index: number): boolean =>
  SINGLE_OPEN.has(text[index] ?? '') && !isLetter(text[index - 1]) && isLetter(text[index + 1]);

const closesSingle = (text: string, index: number): boolean =>
  SINGLE_CLOSE.has(text[index] ?? '') && !isLetter(text[index + 1]) && !/\s/.test(text[index - 1] ?? ' ');

/** The quotations of a sentence, in order, in linear time. An apostrophe inside a word opens and closes nothing. */
export const findQuotes = (text: string): QuotedSpan[] => {
  const quotes: QuotedSpan[] = [];
  let open: { index: number; single: boolean } | null = null;
  for (let index = 0; index < text.length; index += 1) {
    if (open === null) {
      if (DOUBLE_OPEN.has(text[index] ?? '')) {
        open = { index, single: false };
      } else if (opensSingle(text, index)) {
        open = { index, single: true };
      }
      continue;
    }
    const closes: boolean = open.single ? closesSingle(text, index) : DOUBLE_CLOSE.has(text[index] ?? '');
    if (closes && index > open.index + 1) {
      quotes.push({ text: text.slice(open.index + 1, index), start: open.index, end: index + 1 });
      open = null;
    }
  }
  return quotes;
};
