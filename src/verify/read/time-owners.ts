import { listOf, ownersOf } from './attach.ts';
import { type Chunk, has, isNorm, senseOf } from './chunk.ts';
import { isCoordinator, isGlue } from './grammar.ts';
import type { Mention } from './mention.ts';
import type { TimeFacet } from './reading.ts';
import type { TimeMention } from './times.ts';

const JOINS = /^(?:join|joins|joined|accompan(?:y|ies|ied)|meets?)$/;

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
  const last = opens ? -1 : mentions.findLastIndex((each) => each.anchor < from);
  // "the pull joins the brows at 2.0 s": the time is that of what joins.
  const joined = mentions[last];
  const joins =
    joined !== undefined &&
    last > 0 &&
    chunks.slice(Math.max(0, joined.from - 2), joined.from).some((each) => JOINS.test(each.norm));
  const behind = joins ? last - 1 : last;
  return behind < 0 ? mentions.filter((each) => each.from > from) : listOf(chunks, mentions, behind);
};

/** "The moment around 1.8 s reads as surprise over a smile": the time is the reading's; the smile is only there then. */
const spokenOf = (
  facet: TimeFacet,
  time: { from: number; to: number },
  owner: Mention,
  chunks: readonly Chunk[],
): TimeFacet => {
  if (facet.kind === 'duration' || facet.kind === 'edge') {
    return facet;
  }
  const [from, to] = time.to < owner.from ? [time.to, owner.from] : [owner.to, time.from];
  const apart = chunks
    .slice(from + 1, to)
    .some((each) => (has(each, 'label') || has(each, 'points-to')) && !has(each, 'event') && !has(each, 'action'));
  return apart ? { ...facet, role: 'held' } : facet;
};

/** Words for a length of time: "brief", "sustained". */
export const durationWords = (chunks: readonly Chunk[], owns: (at: number) => boolean = () => true): TimeFacet[] =>
  chunks.flatMap((each, index): TimeFacet[] => {
    // "a brief flash of sadness".
    const next = chunks
      .slice(index + 1, index + 5)
      .find((other) => !isGlue(other) && !isNorm(other, 'of') && !has(other, 'duration-word'));
    const sense = senseOf(each, 'duration-word');
    // "brief sadness" is the length of a reading.
    return sense === null || has(each, 'action') || has(next, 'label') || !owns(index)
      ? []
      : [{ kind: 'duration', fromMs: sense.from, toMs: sense.to, words: each.norm }];
  });

/** The times that a clause gives one of its mentions. */
export const timesOf = (
  chunks: readonly Chunk[],
  mentions: readonly Mention[],
  owner: Mention,
  times: readonly TimeMention[],
): TimeFacet[] => [
  ...times
    .filter((time) => timeOwners(chunks, mentions, time).includes(owner))
    .map((time) => spokenOf(time.facet, time, owner, chunks)),
  ...durationWords(chunks, (at) => {
    const owners = ownersOf(chunks, mentions, at, at, false);
    return owners.length === 0 || owners.includes(owner);
  }),
];
