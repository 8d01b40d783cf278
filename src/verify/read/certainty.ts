import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import type { Mention } from './mention.ts';
import type { Certainty } from './reading.ts';

/** "Lowered brows are typical of anger": of faces in general, so the knowledge base can tell. */
export const isTypical = (chunks: readonly Chunk[]): boolean =>
  chunks.some((each) => senseOf(each, 'hypothetical')?.strength === 'general') &&
  !chunks.some(
    (each) =>
      senseOf(each, 'hypothetical')?.strength === 'would' ||
      has(each, 'negator') ||
      has(each, 'points-away') ||
      isOneOf(each, LESS),
  );

const LESS = wordSet('rarely, seldom, less, least, unlike, but, except, may, might, could, also');

const EXCEEDS = wordSet(
  'exceed, exceeds, exceeded, exceeding, surpass, surpasses, go beyond, goes beyond, get beyond, gets beyond, go, goes, get, gets',
);
const NAMING = wordSet(
  'call, calls, called, as, read as, reads as, often read as, termed, labelled, amounts to, amount to, is read as, makes, define, defines',
);

/** Whether a clause says that something was there, or only supposes, generalises or names it. */
export const certaintyOf = (chunks: readonly Chunk[], at: Mention): Certainty => {
  // "Sadness is not indicated, as AU1 stays below threshold": what gives the reason is stated.
  const reason = chunks.findLastIndex(
    (each, index) => index < at.from && isNorm(each, 'as', 'because', 'since', 'for'),
  );
  const ofReading = chunks
    .slice(Math.max(0, reason), at.from)
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
    .some((each) => isOneOf(each, NAMING) && !(each === chunks[0] && isNorm(each, 'as')));
  // "neither goes up enough for that": denied for the reading, not for the face.
  const notEnough = chunks.some((each) => isNorm(each, 'enough')) && chunks.some((each) => has(each, 'negator'));
  // "does not exceed a trace": at most so much, which may be nothing.
  const atMost = chunks.some(
    (each, index) =>
      has(each, 'negator') &&
      isOneOf(chunks[index + 1], EXCEEDS) &&
      chunks.slice(index + 2).some((word) => has(word, 'level') || word.token.kind === 'number'),
  );
  return supposes || named || ofReading || notEnough || atMost ? 'supposed' : 'stated';
};
