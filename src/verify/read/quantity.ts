import { wordSet } from '../word-set.ts';
import { type Chunk, isNorm, isOneOf } from './chunk.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000, sec: 1000, secs: 1000, second: 1000, seconds: 1000, ms: 1, msec: 1, millisecond: 1, milliseconds: 1, min: 60_000, minute: 60_000, minutes: 60_000,
}; // biome-ignore format: one table
const NUMBER_WORDS: Readonly<Record<string, number>> = {
  half: 0.5, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fifteen: 15, twenty: 20, third: 1 / 3, quarter: 0.25, couple: 2, tenth: 0.1,
}; // biome-ignore format: one table
const FRACTIONS: Readonly<Record<string, number>> = {
  tenths: 0.1,
  tenth: 0.1,
  quarters: 0.25,
  thirds: 1 / 3,
  halves: 0.5,
  fifths: 0.2,
  hundredths: 0.01,
};
const STARTS_QUANTITY = new RegExp(`^(?:a|an|${Object.keys(NUMBER_WORDS).join('|')})(?: |$)`);
/** Between the two ends of a range: "0.5 *to* 1.2 s". */
export const RANGE_MARKS = wordSet('–, -, —, →, to, until, till, and, through, down to, up to');

/** A length of time or a moment, in milliseconds, that ends with the chunk `to`. */
export type Quantity = { ms: number; precisionMs: number; to: number; clock: boolean; inWords: boolean };

/** A number with its unit from `at` on; `unit` is used where the number has none ("0.5 and 1.2 s"). */
export const quantityAt = (chunks: readonly Chunk[], at: number, unit: number | null): Quantity | null => {
  const token = chunks[at]?.token;
  if (token?.kind === 'clock') {
    const next = isNorm(chunks[at + 1], 's', 'sec', 'min') ? at + 1 : at;
    return { ms: token.ms, precisionMs: 1000 / 10 ** token.decimals, to: next, clock: true, inWords: false };
  }
  if (token?.kind === 'number') {
    const own = UNIT_MS[chunks[at + 1]?.norm ?? ''];
    const factor = own ?? unit;
    if (factor === null || token.value < 0) {
      return null;
    }
    return {
      ms: token.value * factor,
      precisionMs: factor / 10 ** token.decimals,
      to: own === undefined ? at : at + 1,
      clock: false,
      inWords: false,
    };
  }
  return wordQuantityAt(chunks, at);
};

/** "half a second", "two seconds", "a third of a second", "a second". */
const wordQuantityAt = (chunks: readonly Chunk[], at: number): Quantity | null => {
  if (chunks[at]?.token.kind !== 'word' || !STARTS_QUANTITY.test(chunks[at]?.norm ?? '')) {
    return null;
  }
  const article = isNorm(chunks[at], 'a', 'an', 'one') ? 1 : 0;
  const start = chunks[at]?.norm.split(' ') ?? [];
  const value = NUMBER_WORDS[start[0] ?? ''] ?? NUMBER_WORDS[chunks[at + article]?.norm ?? ''];
  let index = at + (NUMBER_WORDS[start[0] ?? ''] === undefined ? article + (value === undefined ? 0 : 1) : 1);
  const part = FRACTIONS[chunks[index]?.norm ?? ''];
  if (part !== undefined) {
    index += 1;
  }
  while (isNorm(chunks[index], 'of', 'a', 'an', 'full', 'whole') && index < at + 6) {
    index += 1;
  }
  const factor = UNIT_MS[chunks[index]?.norm ?? ''];
  if (factor === undefined || chunks[index]?.norm === 's' || index === at || (value === undefined && article === 0)) {
    return null;
  }
  const half =
    isNorm(chunks[index + 1], 'and') && isNorm(chunks[index + 2], 'a half', 'half')
      ? 0.5
      : isNorm(chunks[index + 1], 'and') && isNorm(chunks[index + 2], 'a') && isNorm(chunks[index + 3], 'half')
        ? 0.5
        : 0;
  const ms = ((value ?? 1) * (part ?? 1) + half) * factor;
  return { ms, precisionMs: Math.max(400, ms * 0.3), to: index, clock: false, inWords: true };
};

/** The unit that stands after the second number of a range, for the first: "0.5 and 1.2 s". */
export const unitAhead = (chunks: readonly Chunk[], at: number): number | null => {
  for (let index = at + 1; index < Math.min(chunks.length, at + 4); index += 1) {
    if (chunks[index]?.token.kind === 'number' || isOneOf(chunks[index], RANGE_MARKS)) {
      continue;
    }
    return UNIT_MS[chunks[index]?.norm ?? ''] ?? null;
  }
  return null;
};
