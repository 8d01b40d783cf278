import { isMark, type Token } from '../text/token.ts';
import { tokenise } from '../text/tokenise.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import { type Clause, splitClauses } from './clause.ts';
import { readDelay } from './delay.ts';
import { isCopula } from './grammar.ts';
import { readHeadAndGaze } from './head-gaze.ts';
import { readLabels, readNumbers } from './labels.ts';
import { attachLoose, type Entry, isLoose, type Pending, takePending } from './loose.ts';
import type { Mention } from './mention.ts';
import { heardIn, namesSound, readOrder, type TimedEvent, understoodEvents } from './order.ts';
import { readQuality } from './quality.ts';
import type { Facets, QuoteReading, Reading, SideFacet, UnitReading } from './reading.ts';
import type { Delay } from './times.ts';
import { readUnits } from './units.ts';
import { readVoice } from './voice.ts';

export type SentenceReading = {
  readings: Reading[];
  /** Ids written inside the sentence: "[o3]". */
  citations: string[];
  /** Persons of whom it says something: "P2", "other". */
  persons: string[];
  /** All persons that it names, also those it only compares with. */
  named: string[];
};

const NO_FACETS: Facets = { sides: [], levels: [], times: [], micro: false, person: null };

/** "she smiles *at P2*": named, and nothing is said of them. */
const TO_WHOM = wordSet(
  'telling, tells, told, tell, asks, asked, asking, answers, answering, reminds, thanks, greets, addresses, interrupts, compared to, compared with, next to, in response to, at, to, toward, towards, with, facing, from, for, than, by, unlike',
);

const JOINS = wordSet('and, or, nor');

const personsIn = (chunks: readonly Chunk[]): string[] =>
  chunks.flatMap((each, index) => {
    if (isOneOf(chunks[index - 1], TO_WHOM)) {
      return [];
    }
    if (each.token.kind === 'person') {
      return [each.token.id];
    }
    return senseOf(each, 'person') === null ? [] : ['other'];
  });

/** "the lips press a second after *the other person* starts": whose lips is said before. */
const untilOrder = (chunks: readonly Chunk[]): readonly Chunk[] => {
  const at = chunks.findIndex((each, index) => index > 0 && has(each, 'order'));
  return at < 0 ? chunks : chunks.slice(0, at);
};

/** "Lowered brows and tight lips show anger *in P1*": whose brows they are is said last. */
const onlyPerson = (chunks: readonly Chunk[]): string | null => {
  const named = chunks.flatMap(({ token }) => (token.kind === 'person' ? [token.id] : []));
  const at = chunks.findIndex(({ token }) => token.kind === 'person');
  return named.length === 1 && isNorm(chunks[at - 1], 'in', 'of', 'on') && !chunks.some((each) => has(each, 'order'))
    ? (named[0] ?? null)
    : null;
};

const quotesIn = (chunks: readonly Chunk[], speech: boolean, facets: Facets): QuoteReading[] =>
  chunks.flatMap(({ token, start, end }, index): QuoteReading[] =>
    // "right after "…" P1 laughs": who said it is left open.
    token.kind === 'quote'
      ? [
          {
            ...facets,
            person: has(chunks[index - 1], 'order') ? null : facets.person,
            kind: 'quote',
            quote: token.quote,
            speech,
            start,
            end,
          },
        ]
      : [],
  );

const unitsOf = (entries: readonly Entry[]): UnitReading[] =>
  entries.flatMap(({ reading }) => (reading.kind === 'unit' ? [reading] : []));

/**
 * "raised lip corners (AU12)": a code or a name in the aside is the same thing said again, and is denied, supposed or at
 * rest with it. One name for one thing must be the same thing: `alias`.
 */
const inheritAside = (
  units: readonly UnitReading[],
  entries: readonly Entry[],
  clause: Clause,
  start: number,
): readonly UnitReading[] => {
  const before = unitsOf(entries.filter((entry) => !entry.clause.aside && entry.reading.start < start));
  // "the brows go up (AU1) and are drawn together (AU4)": what ends before the aside, not what goes on around it.
  const host = closestBefore(before, start);
  if (!clause.aside || host === undefined) {
    return units;
  }
  const speaks = clause.chunks.some((each) => has(each, 'absent') || has(each, 'negator') || isCopula(each));
  const only = units.length === 1 && before.filter((unit) => unit.clause === host.clause).length === 1;
  const directly = units.length === 1 && start - host.end <= 3;
  // "the lips part during the smile (AU25)": it may be another name of anything said before it.
  const earlier = before.some(
    (unit) => unit.region === null && units.some(({ codes }) => codes.some((code) => unit.codes.includes(code))),
  );
  const alias =
    (only || directly) && !speaks && !earlier && host.region === null && host.codes.length > 0 ? host.codes : null;
  return units.map((unit) => ({
    ...unit,
    polarity: speaks || unit.polarity !== 'present' ? unit.polarity : host.polarity,
    levels: speaks || host.polarity === 'present' ? unit.levels : [],
    certainty: host.certainty === 'supposed' ? 'supposed' : unit.certainty,
    resting: unit.resting || host.resting,
    alias,
  }));
};

/** "Not once do the brows lower *or* the lip corners drop": the denial reaches over "or". */
const carryDenial = (
  units: readonly UnitReading[],
  entries: readonly Entry[],
  clauses: readonly Clause[],
  number: number,
): readonly UnitReading[] => {
  const before = unitsOf(entries.filter((entry) => entry.number === number - 1));
  const own = clauses[number];
  return own?.opener === 'or' &&
    before.length > 0 &&
    before.every(({ polarity, closed }) => polarity === 'absent' && !closed) &&
    !own.chunks.some((each) => has(each, 'negator') || has(each, 'absent'))
    ? units.map((unit) => ({ ...unit, polarity: 'absent' }))
    : units;
};

/** "Brow and chin reach their peak … (9.0–9.7 s)": the times of peaks. */
const looseFacets = (facets: Facets, chunks: readonly Chunk[]): Facets =>
  chunks.some((each) => senseOf(each, 'event')?.event === 'apex')
    ? {
        ...facets,
        times: facets.times.map((time) => (time.kind === 'range' ? { ...time, role: 'apex' as const } : time)),
      }
    : facets;

/** The unit one of whose words ends last before `start`. */
const closestBefore = (units: readonly UnitReading[], start: number): UnitReading | undefined =>
  units.reduce<UnitReading | undefined>(
    (best, unit) => (best === undefined || lastEnd(unit, start) >= lastEnd(best, start) ? unit : best),
    undefined,
  );

const lastEnd = ({ wordEnds }: UnitReading, start: number): number =>
  Math.max(-1, ...wordEnds.filter((end) => end <= start));

type Reader = {
  entries: Entry[];
  others: Reading[];
  pending: Pending[];
  delays: { delay: Delay; start: number; clause: number }[];
  bodies: Mention['bodies'];
  side: SideFacet | null;
  person: string | null;
  /** Inside "if the brows were lower and the lips pressed …". */
  supposing: boolean;
  /** The clause before was about a voice or quoted words. */
  heard: boolean;
  /** The person named last, in any role. */
  lastNamed: string | null;
};

const readClause = (
  sentence: string,
  clauses: readonly Clause[],
  number: number,
  speech: boolean,
  reader: Reader,
): void => {
  const clause = clauses[number];
  const next = clauses[number + 1];
  if (clause === undefined) {
    return;
  }
  const { chunks } = clause;
  const place = { start: chunks[0]?.start ?? 0, end: chunks.at(-1)?.end ?? 0 };
  const before = reader.person;
  // "compared to P1, whose smile …, P2 …": the clause is about whoever stands before it.
  const whose = isNorm(chunks[0], 'whose', 'who') ? reader.lastNamed : null;
  reader.person = whose ?? personsIn(untilOrder(chunks)).at(-1) ?? reader.person;
  reader.lastNamed = chunks.findLast(({ token }) => token.kind === 'person')?.norm.toUpperCase() ?? reader.lastNamed;
  const { person, bodies, side, entries } = reader;
  reader.supposing = isNorm(chunks[0], 'if', 'unless') || (reader.supposing && JOINS.has(clause.opener));
  const heard = reader.heard || chunks.some((each) => each.token.kind === 'quote');
  const voice = readVoice(chunks, heard);
  reader.heard = chunks.some((each) => each.token.kind === 'quote' || has(each, 'voice-topic'));
  const headGaze = readHeadAndGaze(chunks);
  const consumed = new Set([...voice.consumed, ...headGaze.consumed]);
  const found = readUnits(sentence, clause, number, { mentions: unitsOf(entries), bodies, side, person }, consumed);
  const facets: Facets = { ...NO_FACETS, times: found.loose?.times ?? found.units[0]?.times ?? [], person };
  const claims = [
    ...carryDenial(inheritAside(found.units, entries, clause, place.start), entries, clauses, number).map(
      (unit): UnitReading =>
        // "does not drop until later" says when, and denies nothing.
        reader.supposing || (unit.polarity === 'absent' && next?.opener === 'until')
          ? { ...unit, certainty: 'supposed' }
          : unit,
    ),
    ...voice.readings.map((reading) => ({ ...facets, ...reading })),
    ...headGaze.readings.map((reading) => ({ ...facets, ...reading })),
    ...quotesIn(chunks, speech, namesSound(chunks) ? { ...facets, times: [] } : facets),
  ];
  entries.push(...claims.map((reading) => ({ reading, clause, number })));
  reader.others.push(
    ...found.stronger,
    ...readLabels(chunks).map((reading) => ({ ...reading, person })),
    ...readNumbers(chunks),
    ...readQuality(chunks),
  );
  reader.delays.push(
    ...found.delays.map((delay) => ({ delay, start: chunks[delay.from]?.start ?? 0, clause: number })),
  );
  if (claims.length > 0) {
    takePending(entries, number, reader.pending);
  } else if (found.loose !== null && isLoose(found.loose)) {
    attachLoose(entries, found.loose, place, reader.pending, clause);
  }
  reader.bodies = found.bodies.length > 0 ? found.bodies : bodies;
  reader.side = found.side;
  reader.person = whose === null ? reader.person : before;
};

/**
 * Reads everything that a sentence claims, from its words alone; `previous`: the movement that the sentence before named
 * last, for "it ends".
 */
export const readSentence = (sentence: string, previous: UnitReading | null = null): SentenceReading => {
  const tokens: Token[] = tokenise(sentence);
  // A question claims nothing.
  const chunks = isMark(tokens.at(-1), '?') ? [] : chunk(tokens);
  const clauses = splitClauses(chunks);
  const quoted = chunks.some(({ token }) => token.kind === 'quote');
  const speech = chunks.some((each) => has(each, 'speech-verb'));
  const reader: Reader = {
    entries: [],
    others: [],
    pending: [],
    delays: [],
    bodies: [],
    side: null,
    person: null,
    supposing: false,
    heard: false,
    lastNamed: null,
  };
  for (const number of clauses.keys()) {
    readClause(sentence, clauses, number, speech, reader);
  }
  const units = unitsOf(reader.entries).filter((unit) => !(clauses[unit.clause]?.aside ?? false));
  const events: TimedEvent[] = [
    ...reader.entries.map(({ reading, number }): TimedEvent => ({ event: reading, clause: number })),
    ...clauses.flatMap(({ chunks: own }, clause): TimedEvent[] =>
      heardIn(own, quoted, reader.person).map((event) => ({ event, clause })),
    ),
  ];
  const understood = understoodEvents(clauses, events, previous);
  const readings: Reading[] = [
    ...reader.entries.map((entry) => entry.reading),
    ...reader.others,
    ...readOrder(clauses, [...events, ...understood]),
    ...reader.delays.flatMap(({ delay, start, clause }) => readDelay(delay, start, clause, units) ?? []),
    ...(reader.entries.length > 0
      ? []
      : reader.pending.map(
          ({ facets, place }): Reading => ({ ...looseFacets(facets, chunks), kind: 'loose', ...place }),
        )),
  ];
  const whose = onlyPerson(chunks);
  const owned = readings.map((each) =>
    whose !== null && 'person' in each && each.person === null ? { ...each, person: whose } : each,
  );
  return {
    readings: owned.sort((one, other) => one.start - other.start || one.end - other.end),
    citations: tokens.filter((token) => token.kind === 'citation').map((token) => token.norm),
    persons: [...new Set(personsIn(chunks))],
    named: [...new Set(chunks.flatMap(({ token }) => (token.kind === 'person' ? [token.id] : [])))],
  };
};
