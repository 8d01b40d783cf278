import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import { type Quantity, quantityAt, RANGE_MARKS, unitAhead } from './quantity.ts';
import type { TimeFacet, TimeRole } from './reading.ts';

/** A time, with the chunks that say it. */
export type TimeMention = { facet: TimeFacet; from: number; to: number };

const APPROXIMATE = wordSet(
  'about, around, roughly, ~, approximately, nearly, almost, circa, some, ≈, close to, just over, just under, over, under, just before, just after, shortly before, shortly after, approx, well over, near, ca',
);

const DURATION_BEFORE = wordSet(
  'for, lasting, lasts, last, lasted, over, within, takes, take, took, throughout, spans, spanning, of, duration, total, all of',
);
const DURATION_AFTER: ReadonlySet<string> = new Set(['long', 'in total', 'overall', 'duration', 'altogether']);
const RELATIVE_AFTER = wordSet(
  'later, after, before, earlier, ahead, ahead of, behind, apart, afterwards, thereafter, right after, sooner, prior to, following',
);
/** Verbs whose "by two seconds" compares two ends or lengths. */
const DISTANCES = wordSet(
  'outlast, outlasts, outlasted, outlive, outlives, exceed, exceeds, miss, misses, overlap, overlaps',
);
const POINT_BEFORE = wordSet(
  'at, by, from, until, till, to, before, after, @, since, near, as early as, as late as, as of, past, towards, toward, on, starting, up to, up until, not until, right at, right from',
);

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
      isNorm(
        chunks[ahead],
        'more than',
        'less than',
        'longer than',
        'under',
        'over',
        'only',
        'just',
        'merely',
        'mere',
        'at least',
        'at most',
        'exactly',
        'some',
      )
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
  // "precedes the smile by two seconds": a distance between the two.
  const since = chunks.slice(0, at).findLast((each) => has(each, 'order') || isOneOf(each, DISTANCES));
  if (isNorm(before, 'by') && since !== undefined && !quantity.clock) {
    const toleranceMs = Math.max(150, precisionMs / 2 + 60);
    const delay = { ms: quantity.ms, toleranceMs, words, from: at, to: quantity.to };
    return has(since, 'order')
      ? { facet: null, delay, from: at, to: quantity.to }
      : { facet: null, from: at, to: quantity.to };
  }
  // "within a second of each other": a distance between what was named, and nobody's length.
  if (isNorm(after, 'of') && isNorm(chunks[quantity.to + 2], 'each', 'each other', 'one another', 'one')) {
    return { facet: null, from: at, to: quantity.to };
  }
  const isDuration =
    (isOneOf(before, DURATION_BEFORE) || has(before, 'duration-word') || isOneOf(after, DURATION_AFTER)) &&
    !quantity.clock;
  if (isDuration) {
    const slack = Math.max(100, precisionMs / 2 + 40);
    const limit = isNorm(chunks[at - 1], 'than') ? chunks[at - 2] : chunks[at - 1];
    if (isNorm(limit, 'more', 'longer', 'less', 'more than', 'longer than', 'less than', 'under', 'within')) {
      const longer = isNorm(limit, 'more', 'longer', 'more than', 'longer than');
      const [fromMs, toMs] = longer ? [quantity.ms - 100, Number.POSITIVE_INFINITY] : [0, quantity.ms + 100];
      return { facet: { kind: 'duration', fromMs, toMs, words }, from: at, to: quantity.to };
    }
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
  // "shortly after 2 s" gives a side and stays near; "after 2 s" gives only the side.
  const nearly = isNorm(chunks[at - 1], 'shortly before', 'just before')
    ? 'before'
    : isNorm(chunks[at - 1], 'shortly after', 'just after')
      ? 'after'
      : null;
  const bound = nearly ?? (isNorm(before, 'before') ? 'before' : isNorm(before, 'after', 'past') ? 'after' : null);
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

const EDGES: Readonly<Record<string, 'start' | 'end'>> = {
  first: 'start', opening: 'start', initial: 'start', final: 'end', last: 'end', closing: 'end',
}; // biome-ignore format: one table

/** "the opening second", "the last two seconds". */
const edgeAt = (sentence: string, chunks: readonly Chunk[], at: number): Found | null => {
  const edge = EDGES[chunks[at]?.norm ?? ''];
  if (edge === undefined) {
    return null;
  }
  const quantity = quantityAt(chunks, at + 1, 1000);
  const single = isNorm(chunks[at + 1], 'second') ? { ms: 1000, to: at + 1 } : null;
  const length = quantity === null || quantity.clock ? single : quantity;
  return length === null
    ? null
    : {
        facet: {
          kind: 'edge',
          edge,
          held: isNorm(isNorm(chunks[at - 1], 'the') ? chunks[at - 2] : chunks[at - 1], 'for', 'throughout', 'over'),
          ms: length.ms,
          words: wordsOf(sentence, chunks, at, length.to),
        },
        from: at,
        to: length.to,
      };
};

/** The times of a clause, each with the moment of the movement that it is said of (onset, apex, offset). */
export const readTimes = (sentence: string, chunks: readonly Chunk[]): { times: TimeMention[]; delays: Delay[] } => {
  const found: Found[] = [];
  for (let index = 0; index < chunks.length; index += 1) {
    const numeric = chunks[index]?.token.kind === 'number';
    const quantity = quantityAt(chunks, index, numeric ? unitAhead(chunks, index) : null);
    const time =
      frameAt(sentence, chunks, index) ??
      edgeAt(sentence, chunks, index) ??
      (quantity === null ? null : classify(sentence, chunks, index, quantity));
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
    return [{ facet: facet.kind === 'duration' || facet.kind === 'edge' ? facet : { ...facet, role }, from, to }];
  });
  return { times, delays: found.flatMap(({ delay }) => delay ?? []) };
};
