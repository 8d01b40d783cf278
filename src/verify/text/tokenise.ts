import { findQuotes } from './quotes.ts';
import type { Token } from './token.ts';
import { readUnitCodes } from './unit-codes.ts';

const CITATION = /[oO]\d+\b/y;
const PERSON = /P(?:erson )?[1-9]\d*(?:['’]s)?(?![\p{L}\p{N}])/uy;
const CLOCK = /(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?:[.,](\d{1,3}))?(?!\d)/y;
const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?/y;
const ORDINAL = /\d+(?:st|nd|rd|th)\b/y;
const WORD = /[\p{L}][\p{L}\p{M}]*(?:['’][\p{L}]+)*/uy;
const MARK = /\.{3}|–|—|[^\s]/uy;

const NOT_CONTRACTED = /^(.+?)n['’]t$/;
const POSSESSIVE = /['’]s$/;

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const clockToken = (found: RegExpExecArray, start: number): Token => {
  const [whole, first = '0', second = '0', third, fraction = ''] = found;
  const seconds =
    third === undefined
      ? Number(first) * 60 + Number(second)
      : Number(first) * 3600 + Number(second) * 60 + Number(third);
  const ms = Math.round(seconds * 1000 + Number(fraction.padEnd(3, '0')));
  return { kind: 'clock', norm: whole, ms, decimals: fraction.length, start, end: start + whole.length };
};

const numberToken = (whole: string, start: number): Token => {
  const plain = whole.replaceAll(',', '').replace('−', '-');
  const decimals = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
  return { kind: 'number', norm: plain, value: Number(plain), decimals, start, end: start + whole.length };
};

/** "isn't" is two tokens, "is" and "not"; "P1's" and "brow's" lose the ending. */
const wordTokens = (whole: string, start: number): Token[] => {
  const end = start + whole.length;
  const capital = whole !== whole.toLowerCase();
  const lower = whole.toLowerCase().replaceAll('’', "'");
  if (lower === 'cannot') {
    return [
      { kind: 'word', norm: 'can', capital, start, end: start + 3 },
      { kind: 'word', norm: 'not', capital: false, start: start + 3, end },
    ];
  }
  const negated = NOT_CONTRACTED.exec(lower);
  if (negated?.[1] !== undefined) {
    const cut = end - 3;
    const verb = lower === "can't" ? 'can' : lower === "won't" ? 'will' : negated[1];
    return [
      { kind: 'word', norm: verb, capital, start, end: cut },
      { kind: 'word', norm: 'not', capital: false, start: cut, end },
    ];
  }
  return [{ kind: 'word', norm: lower.replace(POSSESSIVE, ''), capital, start, end }];
};

const personToken = (whole: string, start: number): Token => ({
  kind: 'person',
  norm: whole.toLowerCase(),
  id: `P${whole.replace(/\D/g, '')}`,
  start,
  end: start + whole.length,
});

/** Whether a negative sign at `at` belongs to the number: "-4°", not "0.5-1.2". */
const startsNumber = (text: string, at: number): boolean => !/[\d\p{L}]/u.test(text[at - 1] ?? ' ');

const tokensAt = (text: string, at: number): Token[] => {
  const codes = readUnitCodes(text, at);
  if (codes.length > 0) {
    return codes;
  }
  const startsWord = !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ');
  const citation = startsWord ? match(CITATION, text, at) : null;
  if (citation !== null) {
    return [{ kind: 'citation', norm: citation[0].toLowerCase(), start: at, end: at + citation[0].length }];
  }
  const person = startsWord ? match(PERSON, text, at) : null;
  if (person !== null) {
    return [personToken(person[0], at)];
  }
  const clock = match(CLOCK, text, at);
  if (clock !== null) {
    return [clockToken(clock, at)];
  }
  const ordinal = match(ORDINAL, text, at);
  if (ordinal !== null) {
    return [{ kind: 'word', norm: ordinal[0], capital: false, start: at, end: at + ordinal[0].length }];
  }
  const number = /\d/.test(text[at] ?? '') || startsNumber(text, at) ? match(NUMBER, text, at) : null;
  if (number !== null) {
    return [numberToken(number[0], at)];
  }
  const word = match(WORD, text, at);
  if (word !== null) {
    return wordTokens(word[0], at);
  }
  const mark = match(MARK, text, at);
  return [{ kind: 'mark', norm: mark?.[0] ?? '?', start: at, end: at + (mark?.[0].length ?? 1) }];
};

/** The tokens of one sentence, in order; white space is left out. Linear in the length of the sentence. */
export const tokenise = (sentence: string): Token[] => {
  const tokens: Token[] = [];
  const quotes = findQuotes(sentence);
  let quote = 0;
  let at = 0;
  while (at < sentence.length) {
    const quoted = quotes[quote];
    if (quoted !== undefined && at >= quoted.start) {
      tokens.push({ kind: 'quote', norm: '"', quote: quoted.text, start: quoted.start, end: quoted.end });
      at = quoted.end;
      quote += 1;
      continue;
    }
    if (/\s/.test(sentence[at] ?? '')) {
      at += 1;
      continue;
    }
    const found = tokensAt(sentence, at);
    const last = found.at(-1);
    tokens.push(...found);
    at = Math.max(at + 1, last?.end ?? at + 1);
  }
  return withoutCitationBrackets(tokens);
};

/** "[o1, o2]" and "(o3)" say where, not what: their brackets and commas would cut the clause in two. */
const withoutCitationBrackets = (tokens: readonly Token[]): Token[] => {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) {
      break;
    }
    if (token.kind === 'mark' && (token.norm === '[' || token.norm === '(') && tokens[index + 1]?.kind === 'citation') {
      let end = index + 1;
      while (tokens[end]?.kind === 'citation' || isSeparator(tokens[end])) {
        end += 1;
      }
      const close = tokens[end];
      if (close?.kind === 'mark' && (close.norm === ']' || close.norm === ')')) {
        kept.push(...tokens.slice(index + 1, end).filter((inner) => inner.kind === 'citation'));
        index = end;
        continue;
      }
    }
    kept.push(token);
  }
  return kept;
};

const isSeparator = (token: Token | undefined): boolean =>
  (token?.kind === 'mark' && (token.norm === ',' || token.norm === ';')) ||
  (token?.kind === 'word' && token.norm === 'and');
