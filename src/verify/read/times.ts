import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import type { TimeFacet, TimeRole } from './reading.ts';

/** A time, with the chunks that say it. */
export type TimeMention = { facet: TimeFacet; from: number; to: number };

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
const APPROXIMATE = wordSet(
  'about, around, roughly, ~, approximately, nearly, almost, circa, some, ≈, close to, just over, just under, over, under, just before, just after, shortly before, shortly after, approx, well over, near, ca',
);
const RANGE_MARKS = wordSet('–, -, —, →, to, until, till, and, through, down to, up to');
const DURATION_BEFORE = wordSet(
  'for, lasting, lasts, last, lasted, over, within, takes, take, took, throughout, spans, spanning, of, duration, total, all of',
);
const DURATION_AFTER: ReadonlySet<string> = new Set(['long', 'in total', 'overall', 'duration', 'altogether']);
const RELATIVE_AFTER = wordSet(
  'later, after, before, earlier, ahead, ahead of, behind, apart, afterwards, thereafter, right after, sooner, prior to, following',
);
const POINT_BEFORE = wordSet(
  'at, by, from, until, till, to, before, after, @, since, near, as early as, as late as, as of, past, towards, toward, on, starting, up to, up until, not until, right at, right from',
);

type Quantity = { ms: number; precisionMs: number; to: number; clock: boolean; inWords: boolean };

/** A number with its unit from `at` on; `unit` is used where the number has none ("0.5 and 1.2 s"). */
const quantityAt = (chunks: readonly Chunk[], at: number, unit: number | null): Quantity | null => {
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
  return { ms, precisionMs: Math.max(100, ms * 0.3), to: index, clock: false, inWords: true };
};

/** The unit that stands after the second number of a range, for the first: "0.5 and 1.2 s". */
const unitAhead = (chunks: readonly Chunk[], at: number): number | null => {
  for (let index = at + 1; index < Math.min(chunks.length, at + 4); index += 1) {
    if (chunks[index]?.token.kind === 'number' || isOneOf(chunks[index], RANGE_MARKS)) {
      continue;
    }
    return UNIT_MS[chunks[index]?.norm ?? ''] ?? null;
  }
  return null;
};

const eventRole = (chunk: Chunk | undefined): TimeRole | null => {
  const event = senseOf(chunk, 'event')?.event;
  return event ?? null;
};

/** Whether an earlier time already took the event word. */
const roleOf = (chunks: readonly Chunk[], from: number, to: number, left: number, right: number): TimeRole => {
  const before = isOneOf(chunks[from - 1], APPROXIMATE) ? chunks[from - 2] : chunks[from - 1];
  if (isNorm(before, 'until', 'till', 'up until', 'up to')) {
    return 'offset';
  }
  for (let index = from - 1; index > left; index -= 1) {
    const role = eventRole(chunks[index]);
    if (role !== null) {
      return role === 'offset' && isNorm(before, 'from', 'since') ? 'plain' : role;
    }
  }
  if (isNorm(before, 'from', 'since')) {
    return 'onset';
  }
  for (let index = to + 1; index < right; index += 1) {
    const role = eventRole(chunks[index]);
    if (role !== null) {
      return role;
    }
  }
  return 'plain';
};

const wordsOf = (sentence: string, chunks: readonly Chunk[], from: number, to: number): string =>
  sentence.slice(chunks[from]?.start ?? 0, chunks[to]?.end ?? 0);

/** A distance between two moments: "0.4 s later". */
export type Delay = { ms: number; toleranceMs: number; words: string; from: number; to: number };

type Found = { facet: TimeFacet | null; delay?: Delay; from: number; to: number };

/** What a quantity that was found is: a range, a duration, a moment, or only a distance between moments (`null`). */
const classify = (sentence: string, chunks: readonly Chunk[], at: number, quantity: Quantity): Found => {
  const approximate = isOneOf(chunks[at - 1], APPROXIMATE);
  const ahead = approximate ? at - 2 : at - 1;
  const before =
    chunks[
      isNorm(chunks[ahead], 'only', 'just', 'merely', 'mere', 'at least', 'at most', 'exactly', 'some')
        ? ahead - 1
        : ahead
    ];
  const precisionMs = approximate ? Math.max(quantity.precisionMs * 2, 300) : quantity.precisionMs;
  const mark = isOneOf(chunks[quantity.to + 1], RANGE_MARKS) ? quantity.to + 2 : null;
  const second =
    mark === null ? null : quantityAt(chunks, isOneOf(chunks[mark], APPROXIMATE) ? mark + 1 : mark, unitOf(quantity));
  const joinedByAnd = isNorm(chunks[quantity.to + 1], 'and');
  // A range that runs backwards is kept, to be found wrong.
  if (
    second !== null &&
    (second.ms > quantity.ms || isNorm(before, 'from', 'between')) &&
    (!joinedByAnd || isNorm(before, 'between'))
  ) {
    const words = wordsOf(sentence, chunks, at, second.to);
    return {
      facet: {
        kind: 'range',
        startMs: quantity.ms,
        endMs: second.ms,
        precisionMs: Math.max(precisionMs, second.precisionMs),
        role: 'plain',
        words,
      },
      from: at,
      to: second.to,
    };
  }
  const words = wordsOf(sentence, chunks, at, quantity.to);
  const after = chunks[quantity.to + 1];
  if (isOneOf(after, RELATIVE_AFTER) && !quantity.clock) {
    const toleranceMs = Math.max(100, precisionMs / 2 + 60);
    return {
      facet: null,
      delay: { ms: quantity.ms, toleranceMs, words, from: at, to: quantity.to },
      from: at,
      to: quantity.to,
    };
  }
  const isDuration =
    (isOneOf(before, DURATION_BEFORE) || has(before, 'duration-word') || isOneOf(after, DURATION_AFTER)) &&
    !quantity.clock;
  if (isDuration) {
    const slack = Math.max(100, precisionMs / 2 + 40);
    const open = isNorm(chunks[at - 1], 'over', 'more than', 'within', 'under', 'almost', 'nearly');
    return {
      facet: {
        kind: 'duration',
        fromMs: quantity.ms - slack - (open ? 300 : 0),
        toMs: quantity.ms + slack + (open ? 300 : 0),
        words,
      },
      from: at,
      to: quantity.to,
    };
  }
  const isPoint =
    quantity.clock ||
    isOneOf(before, POINT_BEFORE) ||
    isNorm(after, 'mark', 'in', 'into') ||
    has(before, 'event') ||
    !quantity.inWords;
  const bound = isNorm(before, 'before') ? 'before' : isNorm(before, 'after', 'past') ? 'after' : null;
  const point = { kind: 'point', ms: quantity.ms, precisionMs, role: 'plain', bound, words } as const;
  return { facet: isPoint ? point : null, from: at, to: quantity.to };
};

const unitOf = (quantity: Quantity): number | null => (quantity.clock ? null : 1000);

const frameAt = (sentence: string, chunks: readonly Chunk[], at: number): Found | null => {
  const number = chunks[at + 1]?.token;
  if (!isNorm(chunks[at], 'frame', 'frames') || number?.kind !== 'number') {
    return null;
  }
  return {
    facet: { kind: 'frame', frame: number.value, role: 'plain', words: wordsOf(sentence, chunks, at, at + 1) },
    from: at,
    to: at + 1,
  };
};

/** The times of a clause, each with the moment of the movement that it is said of (onset, apex, offset). */
export const readTimes = (sentence: string, chunks: readonly Chunk[]): { times: TimeMention[]; delays: Delay[] } => {
  const found: Found[] = [];
  for (let index = 0; index < chunks.length; index += 1) {
    const numeric = chunks[index]?.token.kind === 'number';
    const quantity = quantityAt(chunks, index, numeric ? unitAhead(chunks, index) : null);
    const time =
      frameAt(sentence, chunks, index) ?? (quantity === null ? null : classify(sentence, chunks, index, quantity));
    if (time !== null) {
      found.push(time);
      index = time.to;
    }
  }
  const times = found.flatMap(({ facet, from, to }, position) => {
    if (facet === null) {
      return [];
    }
    const left = found[position - 1]?.to ?? -1;
    const right = found[position + 1] === undefined ? chunks.length : to + 1;
    const role = roleOf(chunks, from, to, left, right);
    return [{ facet: facet.kind === 'duration' ? facet : { ...facet, role }, from, to }];
  });
  return { times, delays: found.flatMap(({ delay }) => delay ?? []) };
};
