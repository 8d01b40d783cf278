import { isMark, type Token } from '../text/token.ts';
import { tokenise } from '../text/tokenise.ts';
import { type Chunk, chunk, has, isNorm, senseOf } from './chunk.ts';
import { type Clause, isCopula, splitClauses } from './clause.ts';
import { readHeadAndGaze } from './head-gaze.ts';
import { readLabels, readNumbers } from './labels.ts';
import type { Mention } from './mention.ts';
import { readOrder } from './order.ts';
import type { Facets, QuoteReading, Reading, SideFacet, TimeFacet, UnitReading } from './reading.ts';
import { readUnits } from './units.ts';
import { readVoice } from './voice.ts';

export type SentenceReading = {
  readings: Reading[];
  /** Ids written inside the sentence: "[o3]". */
  citations: string[];
  /** Persons named: "P2", "other". */
  persons: string[];
};

const NO_FACETS: Facets = { side: null, levels: [], times: [], micro: false, person: null };

const personIn = (chunks: readonly Chunk[]): string | null => {
  for (const each of [...chunks].reverse()) {
    if (each.token.kind === 'person') {
      return each.token.id;
    }
    if (senseOf(each, 'person')?.who === 'other') {
      return 'other';
    }
  }
  return null;
};

const isLoose = (facets: Facets): boolean =>
  facets.side !== null || facets.levels.length > 0 || facets.times.length > 0;

const quotesIn = (chunks: readonly Chunk[], speech: boolean, facets: Facets): QuoteReading[] =>
  chunks.flatMap(({ token, start, end }): QuoteReading[] =>
    token.kind === 'quote'
      ? [
          {
            ...facets,
            levels: [],
            side: null,
            kind: 'quote',
            quote: token.quote,
            speech,
            start,
            end,
          },
        ]
      : [],
  );

/** Later facets of the same sentence, said of what was named last ("…, peaking at 1.8 s"). */
const extend = (unit: UnitReading, facets: Facets, place: { start: number; end: number }): UnitReading => ({
  ...unit,
  side: unit.side ?? facets.side,
  levels: [...unit.levels, ...(unit.polarity === 'present' ? facets.levels : [])],
  times: [...unit.times, ...facets.times],
  micro: unit.micro || facets.micro,
  end: Math.max(unit.end, place.end),
});

/**
 * "raised lip corners (AU12)": a code or a name in the aside is the same thing said again, and is denied, supposed or at
 * rest with it. One name for one thing must be the same thing: `alias`.
 */
const inheritAside = (units: readonly UnitReading[], host: UnitReading | undefined, clause: Clause): UnitReading[] => {
  if (!clause.aside || host === undefined) {
    return [...units];
  }
  const speaks = clause.chunks.some((each) => has(each, 'absent') || has(each, 'negator') || isCopula(each));
  return units.map((unit) => ({
    ...unit,
    polarity: speaks || unit.polarity !== 'present' ? unit.polarity : host.polarity,
    levels: speaks || host.polarity === 'present' ? unit.levels : [],
    certainty: host.certainty === 'supposed' ? 'supposed' : unit.certainty,
    resting: unit.resting || host.resting,
    alias: units.length === 1 && !speaks && host.region === null && host.codes.length > 0 ? host.codes : null,
  }));
};

/** Reads everything that a sentence claims, from its words alone. */
export const readSentence = (sentence: string): SentenceReading => {
  const tokens: Token[] = tokenise(sentence);
  // A question claims nothing.
  const chunks = isMark(tokens.at(-1), '?') ? [] : chunk(tokens);
  const clauses = splitClauses(chunks);
  const speech = chunks.some((each) => has(each, 'speech-verb'));
  const readings: Reading[] = [];
  const units: { unit: UnitReading; clause: Clause }[] = [];
  const pending: { facets: Facets; place: { start: number; end: number } }[] = [];
  let bodies: Mention['bodies'] = [];
  let side: SideFacet | null = null;
  let person: string | null = null;
  for (const [number, clause] of clauses.entries()) {
    const place = { start: clause.chunks[0]?.start ?? 0, end: clause.chunks.at(-1)?.end ?? 0 };
    person = personIn(clause.chunks) ?? person;
    const voice = readVoice(clause.chunks);
    const headGaze = readHeadAndGaze(clause.chunks);
    const consumed = new Set([...voice.consumed, ...headGaze.consumed]);
    const found = readUnits(
      sentence,
      clause,
      number,
      { mentions: units.map((each) => each.unit), bodies, side, person },
      consumed,
    );
    const facets: Facets = { ...NO_FACETS, times: found.loose?.times ?? found.units[0]?.times ?? [], person };
    const own: Reading[] = [
      ...voice.readings.map((reading): Reading => ({ ...facets, ...reading })),
      ...headGaze.readings.map((reading): Reading => ({ ...facets, ...reading })),
      ...quotesIn(clause.chunks, speech, facets),
    ];
    const host = hostAt(units, place.start);
    const neighbours = units.filter((each) => each.unit.clause === host?.clause && !each.clause.aside);
    const only = neighbours.filter((each) => each.unit.start < place.start).length === 1;
    for (const unit of inheritAside(found.units, host, clause).map((each) =>
      only ? each : { ...each, alias: null },
    )) {
      units.push({ unit, clause });
    }
    readings.push(...own, ...found.stronger, ...readLabels(clause.chunks), ...readNumbers(clause.chunks));
    if (found.loose !== null && own.length === 0 && isLoose(found.loose)) {
      attachLoose(units, found.loose, place, pending, clause);
    }
    if (found.units.length > 0) {
      takePending(units, number, pending);
    }
    bodies = found.bodies.length > 0 ? found.bodies : bodies;
    side = found.side;
  }
  readings.push(
    ...units.map((each) => each.unit),
    ...readOrder(
      clauses,
      units.map((each) => each.unit),
    ),
  );
  const testable = readings.some((reading) => reading.kind !== 'label' && reading.kind !== 'number');
  if (units.length === 0 && !testable) {
    readings.push(...pending.map(({ facets, place }): Reading => ({ ...facets, kind: 'loose', ...place })));
  }
  return {
    readings: readings.sort((one, other) => one.start - other.start || one.end - other.end),
    citations: tokens.filter((token) => token.kind === 'citation').map((token) => token.norm),
    persons: [
      ...new Set([
        ...tokens.flatMap((token) => (token.kind === 'person' ? [token.id] : [])),
        ...(chunks.some((each) => senseOf(each, 'person')?.who === 'other') ? ['other'] : []),
      ]),
    ],
  };
};

/** What an aside stands behind. */
const hostAt = (units: readonly { unit: UnitReading; clause: Clause }[], start: number): UnitReading | undefined =>
  units.findLast((each) => !each.clause.aside && each.unit.start < start)?.unit;

/** A clause without a mention speaks about the one before it; at the head of a sentence, about the one to come. */
const attachLoose = (
  units: { unit: UnitReading; clause: Clause }[],
  facets: Facets,
  place: { start: number; end: number },
  pending: { facets: Facets; place: { start: number; end: number } }[],
  clause: Clause,
): void => {
  const last = clause.aside
    ? units.findLast((each) => each.unit.start < place.start)
    : (units.findLast((each) => !each.clause.aside) ?? units.at(-1));
  if (last === undefined) {
    const ofReading = clause.chunks.some((each) => has(each, 'label') || has(each, 'points-to'));
    pending.push({ facets: ofReading ? { ...facets, times: facets.times.map(asHeld) } : facets, place });
    return;
  }
  const group =
    facets.times.length > 0 && !clause.aside
      ? units.filter((each) => each.unit.clause === last.unit.clause && !each.clause.aside)
      : [last];
  for (const each of group) {
    each.unit = extend(each.unit, facets, place);
  }
};

const asHeld = (time: TimeFacet): TimeFacet => (time.kind === 'duration' ? time : { ...time, role: 'held' });

/** "At 4.5 s, with the smile *still in place*": the time then says only that it was there. */
const heldIn = (time: TimeFacet, clause: Clause): TimeFacet =>
  time.kind !== 'duration' && clause.chunks.some((each) => senseOf(each, 'event')?.event === 'held')
    ? { ...time, role: 'held' }
    : time;

const takePending = (
  units: { unit: UnitReading; clause: Clause }[],
  number: number,
  pending: { facets: Facets; place: { start: number; end: number } }[],
): void => {
  // "At 4.5 s, with the smile still there, the left brow rises": the time belongs to the main clause as well.
  const keeps = units.some(
    (each) =>
      each.unit.clause === number &&
      isNorm(each.clause.chunks[0], 'with', 'without', 'despite', 'besides', 'alongside'),
  );
  for (const { facets } of keeps ? pending : pending.splice(0)) {
    for (const each of units.filter((candidate) => candidate.unit.clause === number)) {
      each.unit = {
        ...each.unit,
        times: [...each.unit.times, ...facets.times.map((time) => heldIn(time, each.clause))],
      };
    }
  }
};
