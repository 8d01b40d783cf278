import { has, isNorm, senseOf } from './chunk.ts';
import type { Clause } from './clause.ts';
import { namesSound } from './order.ts';
import type {
  Facets,
  GazeReading,
  HeadReading,
  QuoteReading,
  TimeFacet,
  UnitReading,
  VoiceReading,
} from './reading.ts';

/** A claim that can take a time, with the clause that makes it. */
export type Entry = {
  reading: UnitReading | HeadReading | GazeReading | VoiceReading | QuoteReading;
  clause: Clause;
  number: number;
};
export type Pending = { facets: Facets; place: { start: number; end: number } };

export const isLoose = (facets: Facets): boolean =>
  facets.sides.length > 0 || facets.levels.length > 0 || facets.times.length > 0;

/** Later facets of the same sentence, said of what was named last ("…, peaking at 1.8 s"). */
const extend = ({ reading, ...entry }: Entry, facets: Facets, end: number): Entry => {
  const times = [...reading.times, ...facets.times];
  if (reading.kind !== 'unit') {
    return { ...entry, reading: { ...reading, times, end: Math.max(reading.end, end) } };
  }
  const levels = [...reading.levels, ...(reading.polarity === 'present' ? facets.levels : [])];
  const sides = reading.sides.length > 0 ? reading.sides : facets.sides;
  return {
    ...entry,
    reading: {
      ...reading,
      times,
      levels,
      sides,
      micro: reading.micro || facets.micro,
      end: Math.max(reading.end, end),
    },
  };
};

/** "AU1+2 (C)": the letter is that of both. */
const isListedWith = ({ reading }: Entry, last: Entry): boolean =>
  reading.kind === 'unit' &&
  reading.number !== null &&
  last.reading.start - reading.end <= 1 &&
  last.reading.start >= reading.end;

/** What an aside stands behind: the claim that ends last before it. */
const closestBefore = (entries: readonly Entry[], start: number): Entry | undefined =>
  entries.reduce<Entry | undefined>(
    (best, entry) =>
      best === undefined || lastEnd(entry.reading, start) >= lastEnd(best.reading, start) ? entry : best,
    undefined,
  );

const lastEnd = (reading: Entry['reading'], start: number): number =>
  Math.max(-1, ...(reading.kind === 'unit' ? reading.wordEnds : [reading.end]).filter((end) => end <= start));

/** In parentheses a bare number of seconds may be a length; beside "they peak" it is the time of the peak. */
const asideTime = (time: TimeFacet, peaks: boolean): TimeFacet => {
  if (time.kind === 'range' && time.role === 'plain' && peaks) {
    return { ...time, role: 'apex' };
  }
  return time.kind === 'point' && time.role === 'plain' && time.bound === null ? { ...time, orLength: true } : time;
};

const asHeld = (time: TimeFacet): TimeFacet =>
  time.kind === 'duration' || time.kind === 'edge' ? time : { ...time, role: 'held' };

/** A clause without a claim speaks about the one before it; at the head of a sentence, about the one to come. */
export const attachLoose = (
  entries: Entry[],
  facets: Facets,
  place: Pending['place'],
  pending: Pending[],
  clause: Clause,
): void => {
  const isBefore = ({ reading }: Entry): boolean => reading.start < place.start;
  const last = clause.aside
    ? closestBefore(entries.filter(isBefore), place.start)
    : (entries.findLast((entry) => !entry.clause.aside) ?? entries.at(-1));
  if (last === undefined) {
    // "The moment around 1.8 s reads as surprise …": the time is the reading's.
    const ofReading = clause.chunks.some((each) => has(each, 'label') || has(each, 'points-to'));
    pending.push({ facets: ofReading ? { ...facets, times: facets.times.map(asHeld) } : facets, place });
    return;
  }
  if (last.reading.kind === 'quote' && (namesSound(clause.chunks) || namesSound(last.clause.chunks))) {
    return;
  }
  const peaks = last.clause.chunks.some((each) => senseOf(each, 'event')?.event === 'apex');
  const given = clause.aside ? { ...facets, times: facets.times.map((time) => asideTime(time, peaks)) } : facets;
  const shared = facets.times.length > 0 && !clause.aside;
  const numbers = clause.aside ? facets.levels.filter((level) => level.kind === 'number') : [];
  const units = entries.flatMap((entry, index) =>
    entry.reading.kind === 'unit' && !entry.clause.aside && isBefore(entry) ? [index] : [],
  );
  if (numbers.length > 1 && numbers.length === facets.levels.length && units.length >= numbers.length) {
    // "both are strong (3.8 and 3.4)": in the order of what was named.
    for (const [position, level] of numbers.entries()) {
      const index = units[units.length - numbers.length + position] ?? -1;
      const entry = entries[index];
      if (entry !== undefined) {
        entries[index] = extend(entry, { ...given, levels: [level] }, entry === last ? place.end : 0);
      }
    }
    return;
  }
  for (const [index, entry] of entries.entries()) {
    const everyone = entry.number === last.number && clause.chunks.some((each) => isNorm(each, 'all', 'each', 'both'));
    const listed = facets.levels.length > 0 && (everyone || isListedWith(entry, last));
    if (entry === last || listed || (shared && entry.number === last.number && !entry.clause.aside)) {
      entries[index] = extend(entry, given, entry === last ? place.end : 0);
    }
  }
};

/** "At 4.5 s, with the smile *still in place*": the time then says only that it was there. */
const heldIn = (time: TimeFacet, clause: Clause): TimeFacet =>
  clause.chunks.some((each) => senseOf(each, 'event')?.event === 'held') ? asHeld(time) : time;

const COMPANIONS = new Set(['with', 'without', 'despite', 'besides', 'alongside']);

/** Gives what stood at the head of the sentence to the first clause that claims something. */
export const takePending = (entries: Entry[], number: number, pending: Pending[]): void => {
  const own = entries.filter((entry) => entry.number === number);
  // "At 4.5 s, with the smile still there, the left brow rises": the time belongs to the main clause as well.
  const passes = own.some(({ clause }) => COMPANIONS.has(clause.chunks[0]?.norm ?? ''));
  const taken = passes ? [...pending] : pending.splice(0);
  const times = taken.flatMap(({ facets }) => facets.times);
  const levels = taken.flatMap(({ facets }) => facets.levels.filter((level) => level.kind !== 'word'));
  const sides = taken.flatMap(({ facets }) => facets.sides);
  // "On the right, the outer brow lifts": the side is that of the one thing named after it.
  if (sides.length > 0 && own.length === 1 && own[0]?.reading.kind === 'unit' && own[0].reading.sides.length === 0) {
    const index = entries.indexOf(own[0]);
    const sided = { ...own[0], reading: { ...own[0].reading, sides } };
    entries[index] = sided;
    own[0] = sided;
  }
  if (levels.length > 0 && own.length === 1 && own[0]?.reading.kind === 'unit') {
    const index = entries.indexOf(own[0]);
    entries[index] = { ...own[0], reading: { ...own[0].reading, levels: [...own[0].reading.levels, ...levels] } };
  }
  for (const [index, entry] of entries.entries()) {
    if (entry.number === number && times.length > 0) {
      const kept = times.map((time) => heldIn(time, entry.clause));
      entries[index] = { ...entry, reading: { ...entry.reading, times: [...entry.reading.times, ...kept] } };
    }
  }
};
