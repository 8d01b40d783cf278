import { MOVEMENTS } from '../lexicon/movement.ts';
import { wordSet } from '../word-set.ts';
import { listOf, ownersOf } from './attach.ts';
import { bindMentions } from './bind.ts';
import { type Chunk, has, isNorm, senseOf, sensesOf } from './chunk.ts';
import type { Clause } from './clause.ts';
import { isCoordinator, isCopula } from './grammar.ts';
import { readLevels } from './levels.ts';
import { type Mention, mention } from './mention.ts';
import { polarityOf } from './polarity.ts';
import type { Certainty, Facets, LevelFacet, SideFacet, StrongerReading, TimeFacet, UnitReading } from './reading.ts';
import { readSides, type SideMention } from './sides.ts';
import { readStronger } from './stronger.ts';
import { type Delay, readTimes } from './times.ts';

/** What was named before in the sentence, for what leaves it out. */
export type Context = {
  mentions: readonly UnitReading[];
  bodies: Mention['bodies'];
  side: SideFacet | null;
  person: string | null;
};

/** What a clause says of action units, and what it says without naming one. */
export type ClauseUnits = {
  units: UnitReading[];
  stronger: StrongerReading[];
  loose: Facets | null;
  delays: readonly Delay[];
  bodies: Mention['bodies'];
  side: SideFacet | null;
};

const certaintyOf = (chunks: readonly Chunk[], at: Mention): Certainty => {
  const ofReading = chunks
    .slice(0, at.from)
    .some(
      (each) =>
        has(each, 'points-to') &&
        !isNorm(each, 'sign of', 'signs of', 'evidence for', 'part of', 'found in', 'seen in'),
    );
  const labelled = chunks.some((each) => has(each, 'label') || has(each, 'compound'));
  const supposes = chunks.some((each, index) => {
    const strength = senseOf(each, 'hypothetical')?.strength;
    return (
      strength === 'would' ||
      (strength === 'general' && (index < at.anchor || labelled)) ||
      (strength === 'general' && isNorm(each, 'prototype', 'prototypes', 'the prototype', 'textbook'))
    );
  });
  // "what coders call a felt smile": a name, not an observation.
  const named = chunks
    .slice(Math.max(0, at.from - 5), at.from)
    .some((each) =>
      isNorm(
        each,
        'call',
        'calls',
        'called',
        'as',
        'read as',
        'reads as',
        'often read as',
        'termed',
        'labelled',
        'amounts to',
        'amount to',
        'is read as',
        'makes',
        'define',
        'defines',
      ),
    );
  return supposes || named || ofReading ? 'supposed' : 'stated';
};

const eventOf = (chunks: readonly Chunk[], at: Mention): UnitReading['event'] => {
  const events = chunks.flatMap((each, index) => {
    const event = senseOf(each, 'event')?.event;
    return event === undefined || event === 'held'
      ? []
      : [{ event, distance: index > at.to ? index - at.to : (at.from - index) * 2 }];
  });
  events.sort((one, other) => one.distance - other.distance);
  return events[0]?.event ?? null;
};

/** A clause that leaves the verb's subject out: "… but not drawn together", "… while the right one stays put". */
const byEllipsis = (
  chunks: readonly Chunk[],
  sides: readonly SideMention[],
  context: Context,
  consumed: ReadonlySet<number>,
): Mention[] => {
  const last = context.mentions.at(-1);
  if (last === undefined) {
    return [];
  }
  const bodies = chunks.flatMap((each) => senseOf(each, 'body')?.body ?? []);
  if (bodies.length === 0 && goesOn(chunks)) {
    const moved = chunks.flatMap((each, index) =>
      consumed.has(index) ? [] : sensesOf(each, 'action').map(({ action }) => ({ action, index })),
    );
    for (const { action, index } of moved) {
      const movements = context.bodies.flatMap((body) => MOVEMENTS[body][action] ?? []);
      const movement = movements[0];
      if (movement !== undefined) {
        return [
          mention({
            codes: movement.codes,
            negatedByWord: movement.negated ?? false,
            bodies: context.bodies,
            from: index,
            to: index,
            anchor: index,
          }),
        ];
      }
    }
  }
  const person = chunks.findIndex((each) => each.token.kind === 'person');
  if (person >= 0 && bodies.length === 0 && chunks.length <= 5 && chunks.some((each) => has(each, 'negator'))) {
    return [
      mention({
        codes: last.codes,
        region: last.region,
        bodies: context.bodies,
        from: person,
        to: person,
        anchor: person,
      }),
    ];
  }
  const denies = chunks.some((each) => has(each, 'negator') || has(each, 'absent') || isNorm(each, 'still'));
  const at = sides[0]?.from;
  if (
    at !== undefined &&
    (denies || chunks.some(isCopula)) &&
    bodies.length === 0 &&
    !chunks.some((each) => has(each, 'label'))
  ) {
    return [mention({ codes: last.codes, region: last.region, bodies: context.bodies, from: at, to: at, anchor: at })];
  }
  return [];
};

/** "… but not drawn together", "…, pulling inward": not an adjective of another noun ("a flat, tense line"). */
const goesOn = (chunks: readonly Chunk[]): boolean => {
  const at = chunks.findIndex((each) => has(each, 'action'));
  const next = chunks[at + 1];
  const noun =
    next !== undefined &&
    next.token.kind === 'word' &&
    next.senses.length === 0 &&
    !JOINING.has(next.norm) &&
    !next.norm.endsWith('ly');
  return at >= 0 && !noun;
};

const JOINING = wordSet(
  'and, or, in, at, by, to, towards, toward, into, on, from, with, for, as, so, too, again, each, one, a, an, the, over, under, against, until, around, about, her, his, their',
);

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
      event: eventOf(chunks, each),
      clause: number,
      closed: each.negatedByWord,
      alias: null,
      resting:
        !chunks.some((word) => isNorm(word, 'beyond', 'above', 'over', 'exceed', 'exceeds')) &&
        chunks.some((word) =>
          isNorm(word, 'rest', 'rests', 'resting', 'resting level', 'habitual', 'habitually', 'at resting level'),
        ),
      sides: [...new Set([...(each.side === null ? [] : [each.side]), ...own.map((named) => named.side)])],
      levels: [...wordLevels, ...ownLevels(each, polarity === 'present')],
      times: [
        ...times
          .filter((time) => timeOwners(chunks, mentions, time).includes(each))
          .map((time) => spokenOf(time.facet, time, each, chunks)),
        ...durationWords(chunks),
      ],
      micro,
      person: context.person,
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

/**
 * Whose time it is: that of what was named last before it, with its list; of what follows where it comes first ("at
 * 0.6 s the brows rise *and at 1.2 s* the jaw drops").
 */
const timeOwners = (
  chunks: readonly Chunk[],
  mentions: readonly Mention[],
  { from }: { from: number },
): readonly Mention[] => {
  let lead = from - 1;
  while (
    chunks[lead]?.token.kind === 'word' &&
    chunks[lead]?.senses.length === 0 &&
    !isCoordinator(chunks[lead]) &&
    from - lead < 4
  ) {
    lead -= 1;
  }
  const opens = isCoordinator(chunks[lead]) && mentions.some((each) => each.from > from);
  const behind = opens ? -1 : mentions.findLastIndex((each) => each.anchor < from);
  return behind < 0 ? mentions.filter((each) => each.from > from) : listOf(chunks, mentions, behind);
};

/** "The moment around 1.8 s reads as surprise over a smile": the time is the reading's; the smile is only there then. */
const spokenOf = (
  facet: TimeFacet,
  time: { from: number; to: number },
  owner: Mention,
  chunks: readonly Chunk[],
): TimeFacet => {
  if (facet.kind === 'duration') {
    return facet;
  }
  const [from, to] = time.to < owner.from ? [time.to, owner.from] : [owner.to, time.from];
  const apart = chunks
    .slice(from + 1, to)
    .some((each) => (has(each, 'label') || has(each, 'points-to')) && !has(each, 'event') && !has(each, 'action'));
  return apart ? { ...facet, role: 'held' } : facet;
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

const durationWords = (chunks: readonly Chunk[]): TimeFacet[] =>
  chunks.flatMap((each): TimeFacet[] => {
    const sense = senseOf(each, 'duration-word');
    return sense === null || has(each, 'action')
      ? []
      : [{ kind: 'duration', fromMs: sense.from, toMs: sense.to, words: each.norm }];
  });
