import { wordSet } from '../word-set.ts';
import { type Chunk, has, isDeterminer, isNorm, isOneOf } from './chunk.ts';

/** Marks that end a clause wherever they stand. */
export const HARD_MARKS = wordSet(';, :, —, ..., ., !, ?');

const COPULAS = wordSet(
  'is, are, was, were, be, being, been, stay, stays, stayed, staying, remain, remains, remained, remaining, keep, keeps, hold, holds, held, lie, lies, sit, sits, appear, appears, seem, seems, look, looks, has, have, had, do, does, did, can, shows, show, kept, becomes, become, goes, rests, rest, get, gets, grows, left, fall, falls, stand, stands, play, plays, take, takes, never, runs, measures, reaches, peaks, reads',
);
const COORDINATORS = wordSet('and, or, nor, &, plus, as well as, along with');

export const isCopula = (chunk: Chunk | undefined): boolean => chunk !== undefined && COPULAS.has(chunk.norm);
export const isCoordinator = (chunk: Chunk | undefined): boolean => chunk !== undefined && COORDINATORS.has(chunk.norm);
export const isComma = (chunk: Chunk | undefined): boolean => isNorm(chunk, ',');

/** Names a part, a unit or a code: what lists are made of. */
export const isItem = (chunk: Chunk | undefined): boolean =>
  chunk !== undefined && (chunk.token.kind === 'unit-code' || has(chunk, 'body') || has(chunk, 'units'));

const GLUE = wordSet(
  'of, in, more, most, very, quite, rather, also, any, some, no, even, visibly, visible, her, with, without',
);

/** May stand between a list's separator and its item, or between an adjective and its noun. */
export const isGlue = (chunk: Chunk | undefined): boolean =>
  chunk !== undefined &&
  (isDeterminer(chunk) ||
    has(chunk, 'level') ||
    has(chunk, 'side') ||
    chunk.token.kind === 'person' ||
    isOneOf(chunk, GLUE) ||
    (chunk.token.kind === 'word' && chunk.senses.length === 0 && chunk.norm.endsWith('ly')));

export const skipGlue = (chunks: readonly Chunk[], from: number): number => {
  let index = from;
  while (index < chunks.length && (isGlue(chunks[index]) || has(chunks[index], 'negator')) && !isItem(chunks[index])) {
    index += 1;
  }
  return index;
};
