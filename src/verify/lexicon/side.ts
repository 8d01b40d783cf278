import type { LexiconEntry } from './sense.ts';

/** Sides, the person's own. */
export const SIDE_LEXICON: readonly LexiconEntry[] = [
  { sense: { kind: 'side', side: 'left' }, phrases: ['left', 'left side', 'left hand side', 'left sided', 'left half', 'left of the face', 'left side of face', 'on left', 'left one', 'left handed side'] },
  { sense: { kind: 'side', side: 'right' }, phrases: ['right', 'right side', 'right hand side', 'right sided', 'right half', 'right side of face', 'on right', 'right one'] },
  { sense: { kind: 'side', side: 'both' }, phrases: ['both sides', 'both sides of face', 'on both sides', 'bilateral', 'two sided', 'double sided', 'bilaterally', 'symmetric', 'symmetrical', 'symmetrically', 'symmetry', 'evenly', 'even on both sides', 'equally on both sides', 'left and right', 'left and the right', 'right and left', 'either side', 'each side', 'two sides', 'both halves', 'equally', 'both left and right', 'both'] },
  { sense: { kind: 'side', side: 'one' }, phrases: ['one side', 'one sided', 'on one side', 'one side only', 'unilateral', 'unilaterally', 'lopsided', 'lopsidedly', 'asymmetric', 'asymmetrical', 'asymmetrically', 'asymmetry', 'crooked', 'crookedly', 'only one side', 'a single side', 'single sided', 'just one side', 'one half', 'half the face', 'uneven', 'unevenly', 'one', 'wry', 'skewed', 'lop sided', 'a single'] },
  { sense: { kind: 'side', side: 'other' }, phrases: ['other', 'other side', 'the other', 'opposite', 'opposite side', 'other one', 'its counterpart', 'counterpart'] },
  { sense: { kind: 'active' }, phrases: ['movement*', 'activity', 'motion', 'action', 'active', 'activation', 'activate~', 'move~', 'engage~', 'engagement', 'engaged', 'mobile', 'involved', 'involvement', 'at work', 'contraction', 'in play', 'stir~', 'fire~', 'animated', 'working', 'recruit~', 'happens', 'happening', 'joins in', 'join in', 'contribute~', 'change~', 'participate~', 'budge~', 'twitch~', 'respond~', 'flinch~', 'act~', 'take~ part', 'takes part', 'take part', 'join~'] },
]; // biome-ignore format: one table
