import { isMark, type Token } from '../text/token.ts';
import { tokenise } from '../text/tokenise.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, chunk, has, isOneOf, senseOf } from './chunk.ts';
import { type Clause, splitClauses } from './clause.ts';
import { readDelay } from './delay.ts';
import { isCopula } from './grammar.ts';
import { readHeadAndGaze } from './head-gaze.ts';
import { readLabels, readNumbers } from './labels.ts';
import { attachLoose, type Entry, isLoose, type Pending, takePending } from './loose.ts';
import type { Mention } from './mention.ts';
import { readOrder } from './order.ts';
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
};

const NO_FACETS: Facets = { sides: [], levels: [], times: [], micro: false, person: null };

/** "she smiles *at P2*": named, and nothing is said of them. */
const TO_WHOM = wordSet('at, to, toward, towards, with, facing, from, for, than, by, unlike');

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

const quotesIn = (chunks: readonly Chunk[], speech: boolean, facets: Facets): QuoteReading[] =>
  chunks.flatMap(({ token, start, end }): QuoteReading[] =>
    token.kind === 'quote' ? [{ ...facets, kind: 'quote', quote: token.quote, speech, start, end }] : [],
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
  const host = before.at(-1);
  if (!clause.aside || host === undefined) {
    return units;
  }
  const speaks = clause.chunks.some((each) => has(each, 'absent') || has(each, 'negator') || isCopula(each));
  const only = units.length === 1 && before.filter((unit) => unit.clause === host.clause).length === 1;
  const directly = units.length === 1 && start - host.end <= 3;
  const alias = (only || directly) && !speaks && host.region === null && host.codes.length > 0 ? host.codes : null;
  return units.map((unit) => ({
    ...unit,
    polarity: speaks || unit.polarity !== 'present' ? unit.polarity : host.polarity,
    levels: speaks || host.polarity === 'present' ? unit.levels : [],
    certainty: host.certainty === 'supposed' ? 'supposed' : unit.certainty,
    resting: unit.resting || host.resting,
    alias,
  }));
};

type Reader = {
  entries: Entry[];
  others: Reading[];
  pending: Pending[];
  delays: { delay: Delay; start: number; clause: number }[];
  bodies: Mention['bodies'];
  side: SideFacet | null;
  person: string | null;
};

const readClause = (sentence: string, clause: Clause, number: number, speech: boolean, reader: Reader): void => {
  const { chunks } = clause;
  const place = { start: chunks[0]?.start ?? 0, end: chunks.at(-1)?.end ?? 0 };
  reader.person = personsIn(chunks).at(-1) ?? reader.person;
  const { person, bodies, side, entries } = reader;
  const voice = readVoice(chunks);
  const headGaze = readHeadAndGaze(chunks);
  const consumed = new Set([...voice.consumed, ...headGaze.consumed]);
  const found = readUnits(sentence, clause, number, { mentions: unitsOf(entries), bodies, side, person }, consumed);
  const facets: Facets = { ...NO_FACETS, times: found.loose?.times ?? found.units[0]?.times ?? [], person };
  const claims = [
    ...inheritAside(found.units, entries, clause, place.start),
    ...voice.readings.map((reading) => ({ ...facets, ...reading })),
    ...headGaze.readings.map((reading) => ({ ...facets, ...reading })),
    ...quotesIn(chunks, speech, facets),
  ];
  entries.push(...claims.map((reading) => ({ reading, clause, number })));
  reader.others.push(...found.stronger, ...readLabels(chunks), ...readNumbers(chunks), ...readQuality(chunks));
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
};

/** Reads everything that a sentence claims, from its words alone. */
export const readSentence = (sentence: string): SentenceReading => {
  const tokens: Token[] = tokenise(sentence);
  // A question claims nothing.
  const chunks = isMark(tokens.at(-1), '?') ? [] : chunk(tokens);
  const clauses = splitClauses(chunks);
  const speech = chunks.some((each) => has(each, 'speech-verb'));
  const reader: Reader = { entries: [], others: [], pending: [], delays: [], bodies: [], side: null, person: null };
  for (const [number, clause] of clauses.entries()) {
    readClause(sentence, clause, number, speech, reader);
  }
  const units = unitsOf(reader.entries).filter((unit) => !(clauses[unit.clause]?.aside ?? false));
  const readings: Reading[] = [
    ...reader.entries.map((entry) => entry.reading),
    ...reader.others,
    ...readOrder(clauses, units),
    ...reader.delays.flatMap(({ delay, start, clause }) => readDelay(delay, start, clause, units) ?? []),
    ...(reader.entries.length > 0
      ? []
      : reader.pending.map(({ facets, place }): Reading => ({ ...facets, kind: 'loose', ...place }))),
  ];
  return {
    readings: readings.sort((one, other) => one.start - other.start || one.end - other.end),
    citations: tokens.filter((token) => token.kind === 'citation').map((token) => token.norm),
    persons: [...new Set(personsIn(chunks))],
  };
};
