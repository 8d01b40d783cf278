import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import type { Mention } from './mention.ts';
import type { Certainty } from './reading.ts';

const NAMING = wordSet(
  'call, calls, called, as, read as, reads as, often read as, termed, labelled, amounts to, amount to, is read as, makes, define, defines',
);

/** Whether a clause says that something was there, or only supposes, generalises or names it. */
export const certaintyOf = (chunks: readonly Chunk[], at: Mention): Certainty => {
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
  const named = chunks.slice(Math.max(0, at.from - 5), at.from).some((each) => isOneOf(each, NAMING));
  return supposes || named || ofReading ? 'supposed' : 'stated';
};
