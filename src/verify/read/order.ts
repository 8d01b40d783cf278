import type { Body } from '../lexicon/sense.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import type { Clause } from './clause.ts';
import type { EventReading, HeardReading, OrderReading, UnitReading } from './reading.ts';
import { uniqueCodes } from './regions.ts';

/** Something that has a time, with the clause that names it. */
export type TimedEvent = { event: EventReading; clause: number };

const isSame = (one: EventReading, other: EventReading): boolean => {
  if (one.kind === 'unit' && other.kind === 'unit') {
    return (
      one.codes.join() === other.codes.join() && one.sides.join() === other.sides.join() && one.event === other.event
    );
  }
  if (one.kind === 'heard' && other.kind === 'heard') {
    return one.what === other.what;
  }
  return one.kind === other.kind && one.kind !== 'gaze' && one.kind !== 'voice';
};

const claimed = (event: EventReading | undefined): event is EventReading => {
  if (event === undefined || event.kind === 'quote' || event.kind === 'heard') {
    return event !== undefined;
  }
  return (
    event.polarity === 'present' && (event.kind !== 'unit' || (event.certainty === 'stated' && event.codes.length > 0))
  );
};

const BURSTS = wordSet(
  'burst, sob, sobs, gasp, gasps, groan, scream, cry, sniff, snort, laughter, laugh, laughs, laughing, chuckle, chuckles, breath, sigh, sighs, exhalation, exhales',
);
const SPEECH = wordSet(
  'words, sentence, reply, answer, apology, remark, question, toast, plea, speaking, speaks, talking, speech, utterance, saying',
);

/** "… that lasts 0.6 s": of the laugh, not of the words before it. */
export const namesSound = (chunks: readonly Chunk[]): boolean => chunks.some((each) => isOneOf(each, BURSTS));

/** Sounds and speech that a clause names without a quotation. */
export const heardIn = (chunks: readonly Chunk[], quoted: boolean, person: string | null): HeardReading[] => {
  const ends = chunks.some((each) => senseOf(each, 'event')?.event === 'offset' || isNorm(each, 'over', 'done'));
  return chunks.flatMap((each): HeardReading[] => {
    const what = isOneOf(each, BURSTS) ? 'burst' : !quoted && isOneOf(each, SPEECH) ? 'speech' : null;
    return what === null ? [] : [{ kind: 'heard', what, ends, person, start: each.start, end: each.end }];
  });
};

/** "… before the mouth *does*": the part moves, and the verb is left out. */
const leftOut = ({ chunks, opener }: Clause): Body | null =>
  /(?:before|after)$/.test(opener) && isNorm(chunks.at(-1), 'do', 'does', 'did')
    ? (chunks.map((each) => senseOf(each, 'body')?.body).find((body) => body !== undefined) ?? null)
    : null;

/** What a sentence leaves to be understood: a verb, or behind "it" the movement of the sentence before. */
export const understoodEvents = (
  clauses: readonly Clause[],
  known: readonly TimedEvent[],
  previous: UnitReading | null,
): TimedEvent[] =>
  clauses.flatMap((clause, number): TimedEvent[] => {
    const first = clause.chunks[0];
    if (first === undefined || known.some((each) => each.clause === number)) {
      return [];
    }
    // Behind the word that opens the clause: "before the mouth does".
    const place = { start: first.start + 1, end: clause.chunks.at(-1)?.end ?? first.end };
    const body = leftOut(clause);
    if (body !== null) {
      return [
        { event: { ...UNSAID, codes: uniqueCodes([body]), region: body, clause: number, ...place }, clause: number },
      ];
    }
    const event = clause.chunks.map((each) => senseOf(each, 'event')?.event).find((each) => each !== undefined);
    return previous !== null && isNorm(first, 'it', 'they', 'this') && event !== undefined && event !== 'held'
      ? [{ event: { ...previous, event, clause: number, ...place }, clause: number }]
      : [];
  });

const UNSAID: UnitReading = {
  kind: 'unit',
  codes: [],
  number: null,
  region: null,
  polarity: 'present',
  certainty: 'stated',
  typical: false,
  resting: false,
  alias: null,
  opposite: null,
  closed: false,
  wordEnds: [],
  event: null,
  clause: 0,
  sides: [],
  levels: [],
  times: [],
  micro: false,
  person: null,
  start: 0,
  end: 0,
};

/** Which of two comes first, by the word that joins their clauses or stands between them. */
export const readOrder = (clauses: readonly Clause[], events: readonly TimedEvent[]): OrderReading[] => {
  const readings: OrderReading[] = [];
  for (const [number, clause] of clauses.entries()) {
    for (const [index, each] of clause.chunks.entries()) {
      const order = senseOf(each, 'order')?.order;
      // "the most intense action, followed by the lips": a rank, not a time.
      const ranks =
        isNorm(each, 'followed by') &&
        clauses
          .slice(0, number + 1)
          .some(({ chunks }) =>
            chunks.some((word) => has(word, 'level') || isNorm(word, 'most', 'strongest', 'highest')),
          );
      if (
        order === undefined ||
        ranks ||
        (isNorm(clause.chunks[index + 1], 'all', 'that', 'this') &&
          !namesPart(clause.chunks.slice(index + 2, index + 5)))
      ) {
        continue;
      }
      const pair = partners(clauses, events, number, each.start, index === 0);
      if (pair === null || isSame(pair.before, pair.after)) {
        continue;
      }
      const { before, after } = pair;
      // "Before the smile, the brows rise": the clause that the word opens stands first, and the order turns round.
      const turned = pair.fronted !== (order === 'after' || (order === 'then' && pair.trailing));
      const place = { start: Math.min(before.start, after.start), end: Math.max(before.end, after.end) };
      const moved = before.kind === 'unit' && after.kind === 'unit';
      if (!moved && order !== 'before' && order !== 'after') {
        continue;
      }
      if (order === 'while') {
        readings.push({ kind: 'order', order: 'while', first: before, second: after, ...place });
      } else {
        readings.push({
          kind: 'order',
          order: 'before',
          first: turned ? after : before,
          second: turned ? before : after,
          ...place,
        });
      }
    }
  }
  return readings;
};

/** "before *that stretch of the mouth*", not "before that". */
const namesPart = (chunks: readonly Chunk[]): boolean => chunks.some((each) => has(each, 'body') || has(each, 'units'));

type Pair = { before: EventReading; after: EventReading; fronted: boolean; trailing: boolean };

const partners = (
  clauses: readonly Clause[],
  all: readonly TimedEvent[],
  number: number,
  at: number,
  opens: boolean,
): Pair | null => {
  const events = all
    .filter(({ clause }) => !(clauses[clause]?.aside ?? false))
    .toSorted((one, other) => one.event.start - other.event.start);
  const found = events.findLast(({ event }) => event.end <= at);
  const earlier = found?.event;
  const later = events.find(({ event }) => event.start > at)?.event;
  if (claimed(earlier) && claimed(later)) {
    return { before: earlier, after: later, fronted: false, trailing: false };
  }
  const own = events.find(({ event, clause }) => clause === number && event.start > at);
  const next =
    events.find(({ clause }) => clause > number) ??
    // "Only after the chin has relaxed does P2 shake the head": no comma parts the two.
    events.find(({ event }) => own !== undefined && event.start > own.event.end);
  if (opens && earlier === undefined) {
    return claimed(own?.event) && claimed(next?.event)
      ? { before: own.event, after: next.event, fronted: true, trailing: false }
      : null;
  }
  // "…, with the lids just after": what the word leaves out was named in a clause before.
  const other = events.findLast(({ clause }) => clause < (found?.clause ?? 0))?.event;
  return later === undefined && claimed(earlier) && claimed(other)
    ? { before: earlier, after: other, fronted: false, trailing: true }
    : null;
};
