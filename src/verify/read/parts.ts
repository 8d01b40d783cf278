import { WEAK_VERBS } from '../lexicon/action.ts';
import { MOVEMENTS } from '../lexicon/movement.ts';
import type { Action, Body } from '../lexicon/sense.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, has, isDeterminer, isNorm, isOneOf, senseOf } from './chunk.ts';
import { isComma, isCoordinator, isCopula, isGlue } from './grammar.ts';

const LOCATIONS = wordSet(
  'around, over, above, beneath, under, below, against, beside, near, across, along, behind, into, at, on, towards, toward, from, through, underneath, about, onto, in',
);

/** The part that a chunk names. */
export const bodyOf = (chunk: Chunk | undefined): Body | null => senseOf(chunk, 'body')?.body ?? null;

/** Whether the part at `at` only says where: "pulled down *over the eyes*". */
const isLocation = (chunks: readonly Chunk[], at: number): boolean => {
  let index = at - 1;
  while (index >= 0 && (isDeterminer(chunks[index]) || has(chunks[index], 'side'))) {
    index -= 1;
  }
  return isOneOf(chunks[index], LOCATIONS);
};

/** May stand between a movement and the part it acts on: "upward pull *of the* lip corners". */
const isLink = (chunk: Chunk | undefined): boolean =>
  (isGlue(chunk) && !isNorm(chunk, 'with', 'without')) ||
  has(chunk, 'active') ||
  isOneOf(chunk, LOCATIONS) ||
  WEAK_VERBS.has(chunk?.norm ?? '') ||
  isNorm(chunk, 'position', 'appearance', 'set', 'look', 'to', 'edge', 'shape', 'out', 'pair');

/** The next part that the movement at `at` stands directly before: "raised *brows*". */
const partAhead = (chunks: readonly Chunk[], at: number, action: Action): number | null => {
  for (let index = at + 1; index < Math.min(chunks.length, at + 9); index += 1) {
    const body = bodyOf(chunks[index]);
    if (body !== null) {
      return MOVEMENTS[body][action] === undefined ? null : index;
    }
    if (!isLink(chunks[index])) {
      return null;
    }
  }
  return null;
};

/** The last part before the movement, not one that only says where. */
const partBehind = (chunks: readonly Chunk[], at: number, action: Action): number | null => {
  // "a furrowed look", "suggests a heightened state": of another noun.
  const next = chunks[at + 1];
  const ofNoun = isDeterminer(chunks[at - 1]) && next?.token.kind === 'word' && next.senses.length === 0;
  for (let index = ofNoun ? -1 : at - 1; index >= 0; index -= 1) {
    if (has(chunks[index], 'points-to')) {
      return null;
    }
    const body = bodyOf(chunks[index]);
    if (body !== null && MOVEMENTS[body][action] !== undefined && !isLocation(chunks, index)) {
      return index;
    }
  }
  return null;
};

/** Parts coordinated with the one at `at`, in the direction of `step`: "the *inner brows and* upper lids". */
const coordinated = (chunks: readonly Chunk[], at: number, step: 1 | -1): number[] => {
  const group = [at];
  let index = at + step;
  let joined = false;
  while (index >= 0 && index < chunks.length) {
    const chunk = chunks[index];
    if (bodyOf(chunk) !== null) {
      if (!joined || (step === 1 && (has(chunks[index + 1], 'action') || isCopula(chunks[index + 1])))) {
        break;
      }
      group.push(index);
      joined = false;
    } else if (isCoordinator(chunk) || isComma(chunk)) {
      joined = true;
    } else if (!isGlue(chunk) || has(chunk, 'action')) {
      break;
    }
    index += step;
  }
  return group;
};

const isPredicative = (chunks: readonly Chunk[], from: number, to: number): boolean =>
  chunks.slice(from + 1, to).some((each) => isCopula(each) || WEAK_VERBS.has(each.norm));

const isSeparated = (chunks: readonly Chunk[], from: number, to: number): boolean =>
  chunks
    .slice(from + 1, to)
    .some(
      (each) => isCoordinator(each) || isComma(each) || isNorm(each, 'with', 'without', 'over', 'under', 'by', 'plus'),
    );

/** Nouns that are as often a mood: of a part only where they stand beside it ("tension in the lips", "lip tension"). */
const MOODS = wordSet('tension, pressure, strain, tightness, compression, firm, depression');

/** Which parts the movement acts on. */
export const partsOf = (chunks: readonly Chunk[], at: number, action: Action, bound: ReadonlySet<number>): number[] => {
  const ahead = partAhead(chunks, at, action);
  const behind = partBehind(chunks, at, action);
  if (ahead !== null) {
    const free = behind !== null && !bound.has(behind) && !isSeparated(chunks, behind, at);
    const subject = free && (isPredicative(chunks, behind, at) || isLocation(chunks, ahead));
    if (!subject) {
      return coordinated(chunks, ahead, 1);
    }
  }
  const beside = behind === at - 1 || !isOneOf(chunks[at], MOODS);
  return behind === null || !beside ? [] : coordinated(chunks, behind, -1);
};
