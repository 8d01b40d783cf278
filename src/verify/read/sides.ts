import { wordSet } from '../word-set.ts';
import { type Chunk, has, isDeterminer, isNorm, isOneOf, senseOf } from './chunk.ts';
import { isGlue } from './grammar.ts';
import type { SideFacet } from './reading.ts';

export type SideMention = { side: SideFacet; from: number; to: number };

const opposite = (side: SideFacet | null): SideFacet | null =>
  side === 'left' ? 'right' : side === 'right' ? 'left' : null;

const partFollows = (chunks: readonly Chunk[], at: number): boolean => {
  for (let index = at + 1; index < Math.min(chunks.length, at + 4); index += 1) {
    if (has(chunks[index], 'body') || has(chunks[index], 'units')) {
      return true;
    }
    if (!isGlue(chunks[index]) && !has(chunks[index], 'action')) {
      return false;
    }
  }
  return false;
};

/** "left unmeasured", "what is left": the verb, not the side. */
const isVerb = (chunks: readonly Chunk[], at: number): boolean => {
  const norm = chunks[at]?.norm;
  return (
    (norm === 'left' || norm === 'right') &&
    (isNorm(chunks[at + 1], 'un', 'out', 'to', 'as', 'no') ||
      /^un/.test(chunks[at + 1]?.norm ?? '') ||
      isNorm(chunks[at - 1], 'has', 'have', 'had', 'been', 'exactly', 'quite'))
  );
};

/** "higher than *the right*": what it is compared with. */
export const isCompared = (chunks: readonly Chunk[], at: number): boolean => {
  const before = isDeterminer(chunks[at - 1]) ? at - 2 : at - 1;
  return (
    isNorm(chunks[before], 'than', 'unlike', 'versus', 'vs') ||
    / than$/.test(chunks[before]?.norm ?? '') ||
    (isNorm(chunks[before], 'of', 'to', 'with') &&
      isNorm(chunks[before - 1], 'independently', 'independent', 'compared', 'relative'))
  );
};

const PEOPLE = wordSet('character, person, man, woman, lady, girl, boy, speaker, figure, people, persons, one');
const PICTURE = wordSet('screen, frame, image, picture, shot, video, photo');

/** "the man on the left", "the left of the screen": a place in the picture, not a side of the face. */
const isPlace = (chunks: readonly Chunk[], at: number): boolean => {
  const before = isNorm(chunks[at - 1], 'on', 'to', 'at') ? chunks[at - 2] : chunks[at - 1];
  const after = chunks.slice(at + 1, at + 4).find((each) => !isDeterminer(each) && !isNorm(each, 'of'));
  return (
    (isOneOf(before, PEOPLE) && !isNorm(before, 'one')) ||
    isOneOf(after, PICTURE) ||
    (isOneOf(chunks[at + 1], PEOPLE) && !isNorm(chunks[at + 1], 'one'))
  );
};

/** The sides of a clause. `last`: the side that was named before, for "the other one". */
export const readSides = (
  chunks: readonly Chunk[],
  taken: ReadonlySet<number>,
  last: SideFacet | null,
): SideMention[] =>
  chunks.flatMap((each, index): SideMention[] => {
    const sense = senseOf(each, 'side');
    if (
      sense === null ||
      taken.has(index) ||
      isVerb(chunks, index) ||
      isPlace(chunks, index) ||
      isCompared(chunks, index)
    ) {
      return [];
    }
    if (has(chunks[index - 1], 'negator')) {
      // "not symmetrical" is one-sided; "not the left" says nothing of the other.
      const side = sense.side === 'both' ? 'one' : sense.side === 'one' ? 'both' : null;
      return side === null ? [] : [{ side, from: index - 1, to: index }];
    }
    if (sense.side === 'other') {
      const side = opposite(last);
      const meant =
        each.norm !== 'other' ||
        partFollows(chunks, index) ||
        isNorm(chunks[index + 1], 'side', 'one', 'half') ||
        index === chunks.length - 1 ||
        chunks.length <= 6;
      return side === null || !meant ? [] : [{ side, from: index, to: index }];
    }
    if ((each.norm === 'both' || each.norm === 'one' || each.norm === 'single') && !partFollows(chunks, index)) {
      return [];
    }
    return [{ side: sense.side, from: index, to: index }];
  });
