import type { ActionUnitCode } from '../../contracts/index.ts';
import { UNITS_OF } from '../lexicon/movement.ts';
import type { Body } from '../lexicon/sense.ts';
import { type Chunk, has, isNorm, senseOf } from './chunk.ts';
import { isCopula } from './grammar.ts';
import { type Mention, mention } from './mention.ts';
import { bodyOf } from './parts.ts';

export const uniqueCodes = (bodies: readonly Body[]): ActionUnitCode[] => [
  ...new Set(bodies.flatMap((body) => UNITS_OF[body])),
];

/** "the face stays still": only a plain predicate; "the face reads as neutral" names a reading. */
const isStillFace = (chunks: readonly Chunk[], at: number): boolean => {
  let index = at + 1;
  while (
    isCopula(chunks[index]) ||
    isNorm(chunks[index], 'completely', 'entirely', 'quite', 'otherwise', 'rest of', 'as', 'a', 'whole')
  ) {
    index += 1;
  }
  const says = (has(chunks[index], 'absent') && !isNorm(chunks[index], 'neutral')) || isNorm(chunks[index], 'still');
  return index > at + 1 && says && !chunks.some((each) => has(each, 'label') || has(each, 'points-to'));
};

/** Parts that no movement took, spoken of as a whole: "the brows stay still", "activity around the mouth". */
export const regionMentions = (chunks: readonly Chunk[], bound: ReadonlySet<number>): Mention[] => {
  const free = chunks.flatMap((each, index) =>
    bodyOf(each) !== null && !bound.has(index) && !has(each, 'units') ? [index] : [],
  );
  const predicate = chunks.some(
    (each) =>
      has(each, 'absent') ||
      has(each, 'active') ||
      has(each, 'hidden') ||
      isNorm(each, 'still') ||
      senseOf(each, 'event')?.event === 'offset' ||
      /^(?:follow|precede|lead|trail|lag)s?(?: behind)?$/.test(each.norm),
  );
  if (!predicate) {
    return [];
  }
  return free.flatMap((index) => {
    const body = bodyOf(chunks[index]);
    const aside =
      body === 'jaw' &&
      chunks.some(
        (each) =>
          has(each, 'side') || isNorm(each, 'lateral', 'leftward', 'rightward', 'sideways', 'thrust', 'slide', 'shift'),
      );
    return body === null || aside || body === 'head' || (body === 'face' && !isStillFace(chunks, index))
      ? []
      : [mention({ codes: uniqueCodes([body]), region: body, bodies: [body], from: index, to: index, anchor: index })];
  });
};
