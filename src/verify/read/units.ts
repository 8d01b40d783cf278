import type { ActionUnitCode } from '../../contracts/index.ts';
import { ownersOf } from './attach.ts';
import { bindMentions } from './bind.ts';
import { certaintyOf, isTypical } from './certainty.ts';
import { type Chunk, has, isNorm, senseOf, sensesOf } from './chunk.ts';
import type { Clause } from './clause.ts';
import { byEllipsis, type Context } from './ellipsis.ts';
import { readLevels } from './levels.ts';
import type { Mention } from './mention.ts';
import { polarityOf } from './polarity.ts';
import type { Facets, LevelFacet, SideFacet, StrongerReading, TimeFacet, UnitReading } from './reading.ts';
import { readSides, type SideMention } from './sides.ts';
import { readStronger } from './stronger.ts';
import { durationWords, timesOf } from './time-owners.ts';
import { type Delay, readTimes } from './times.ts';

/** What a clause says of action units, and what it says without naming one. */
export type ClauseUnits = {
  units: UnitReading[];
  stronger: StrongerReading[];
  loose: Facets | null;
  delays: readonly Delay[];
  bodies: Mention['bodies'];
  side: SideFacet | null;
};

const LOWERS = new Set<ActionUnitCode>(['AU4', 'AU15', 'AU26', 'AU43']);

const eventOf = (chunks: readonly Chunk[], at: Mention): UnitReading['event'] => {
  const events = chunks.flatMap((each, index) => {
    const event = senseOf(each, 'event')?.event;
    // "the brows have come down": where lowering is what the unit does, that is its beginning.
    const lowers = event === 'offset' && /down$/.test(each.norm) && !/back|again/.test(each.norm);
    return event === undefined || event === 'held' || (lowers && at.codes.some((code) => LOWERS.has(code)))
      ? []
      : [{ event, distance: index > at.to ? index - at.to : (at.from - index) * 2 }];
  });
  events.sort((one, other) => one.distance - other.distance);
  return events[0]?.event ?? null;
};

/** "… a second after *P1's* brows": whose part it is stands before it. */
const possessorOf = (chunks: readonly Chunk[], { from }: Mention): string | null => {
  const before = chunks
    .slice(Math.max(0, from - 3), from)
    .findLast((each) => !has(each, 'level') && !has(each, 'side') && !has(each, 'action'));
  return before?.token.kind === 'person' ? before.token.id : null;
};

/** From here a degree word may be what a denial denies. */
const STRONG = 2.25;

type Assigned<T> = Map<Mention | null, T[]>;

const give = <T>(assigned: Assigned<T>, owners: readonly Mention[], value: T): void => {
  for (const owner of owners.length === 0 ? [null] : owners) {
    assigned.set(owner, [...(assigned.get(owner) ?? []), value]);
  }
};

/** Reads the units of one clause, with side, level, time, polarity and certainty of each. */
export const readUnits = (
  sentence: string,
  clause: Clause,
  number: number,
  context: Context,
  consumed: ReadonlySet<number>,
): ClauseUnits => {
  const { chunks } = clause;
  const sides = readSides(chunks, consumed, context.side);
  const bound = bindMentions(chunks, consumed);
  const mentions = bound.length > 0 ? bound : byEllipsis(chunks, sides, context, consumed);
  const { times, delays } = readTimes(sentence, chunks);
  const timed = new Set([
    ...consumed,
    ...times.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)),
  ]);
  const levels = readLevels(chunks, clause.aside, timed);
  const subject = mentions[0]?.codes ?? context.mentions.at(-1)?.codes ?? [];
  const stronger = readStronger(chunks, mentions, sides, subject, context.person);

  const levelsOf: Assigned<LevelFacet> = new Map();
  const sidesOf: Assigned<SideMention> = new Map();
  const spans = new Map<Mention, { from: number; to: number }>(
    mentions.map((each) => [each, { from: each.from, to: each.to }]),
  );
  const widen = (owners: readonly Mention[], from: number, to: number): void => {
    for (const owner of owners) {
      const span = spans.get(owner);
      spans.set(owner, { from: Math.min(from, span?.from ?? from), to: Math.max(to, span?.to ?? to) });
    }
  };
  for (const { facet, from, to } of levels) {
    // "the inner ends rise strongly, the outer *ones* slightly": of what the pronoun stands for.
    if (facet.kind === 'word' && chunks.slice(Math.max(0, from - 3), from).some((each) => isNorm(each, 'ones'))) {
      continue;
    }
    const owners = ownersOf(chunks, mentions, from, to, facet.kind === 'word');
    if (owners.length > 0 || facet.kind !== 'word' || clause.aside || chunks.length <= 4) {
      give(levelsOf, owners, facet);
      widen(owners, from, to);
    }
  }
  for (const side of stronger.length > 0 ? [] : sides) {
    const owners = ownersOf(chunks, mentions, side.from, side.to, false);
    give(sidesOf, owners, side);
    widen(owners, side.from, side.to);
  }
  const micro = chunks.some((each) => has(each, 'micro'));
  const facets: TimeFacet[] = [...times.map((time) => time.facet), ...durationWords(chunks)];
  const units = mentions.map((each): UnitReading => {
    const polarity = polarityOf(chunks, each, mentions);
    const span = spans.get(each) ?? each;
    const own = (sidesOf.get(each) ?? []).filter(
      (side) => side.from !== each.anchor || each.from !== each.to || bound.length === 0,
    );
    // "no strong smile" denies the strength as much as the smile.
    const given = levelsOf.get(each) ?? [];
    const wordLevels = given.flatMap((level): LevelFacet[] => {
      if (polarity === 'present' || level.kind === 'number') {
        return [level];
      }
      return level.kind === 'word' && level.from >= STRONG ? [{ ...level, denied: true }] : [];
    });
    return {
      kind: 'unit',
      codes: each.codes,
      number: each.number,
      region: each.region,
      polarity,
      certainty:
        each.region !== null && wordLevels.some((level) => level.kind === 'word' && level.to <= 2.5)
          ? 'supposed'
          : certaintyOf(chunks, each),
      typical: isTypical(chunks),
      event: eventOf(chunks, each),
      clause: number,
      wordEnds: [each.from, each.anchor, each.to].map((index) => chunks[index]?.end ?? 0),
      closed: each.negatedByWord,
      alias: null,
      opposite:
        each.bodies.includes('inner-brow') &&
        sensesOf(chunks[each.anchor], 'action').some(({ action }) => action === 'down')
          ? 'AU1'
          : null,
      resting:
        !chunks.some((word) => isNorm(word, 'beyond', 'above', 'over', 'exceed', 'exceeds')) &&
        chunks.some((word) =>
          isNorm(word, 'rest', 'rests', 'resting', 'resting level', 'habitual', 'habitually', 'at resting level'),
        ),
      sides: [...new Set([...(each.side === null ? [] : [each.side]), ...own.map((named) => named.side)])],
      levels: [...wordLevels, ...ownLevels(each, polarity === 'present')],
      times: timesOf(chunks, mentions, each, times),
      micro,
      person: possessorOf(chunks, each) ?? context.person,
      start: Math.min(chunks[span.from]?.start ?? 0, chunks[each.from]?.start ?? 0),
      end: Math.max(chunks[span.to]?.end ?? 0, chunks[each.to]?.end ?? 0),
    };
  });
  const loose: Facets | null =
    mentions.length > 0
      ? null
      : {
          sides: (sidesOf.get(null) ?? []).map((named) => named.side),
          levels: levelsOf.get(null) ?? [],
          times: facets,
          micro,
          person: context.person,
        };
  return {
    units,
    stronger,
    loose,
    delays,
    bodies: mentions.flatMap((each) => each.bodies),
    side: sides.at(-1)?.side ?? context.side,
  };
};

const ownLevels = (each: Mention, shown: boolean): LevelFacet[] => {
  const letter = each.letter;
  const levels: LevelFacet[] = [];
  if (letter === 'A' || letter === 'B' || letter === 'C' || letter === 'D' || letter === 'E') {
    levels.push({ kind: 'letter', letters: [letter] });
  }
  if (each.least !== null && shown) {
    levels.push({ kind: 'word', word: 'broad', from: each.least, to: 5, denied: false });
  }
  return levels;
};
