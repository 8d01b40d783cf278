import { type ActionUnitCode, actionUnitCode } from '../../contracts/index.ts';
import { MOVEMENTS, type Movement } from '../lexicon/movement.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, sensesOf } from './chunk.ts';
import { isCoordinator } from './grammar.ts';
import { type Mention, mention } from './mention.ts';
import { bodyOf, partsOf } from './parts.ts';
import { regionMentions } from './regions.ts';

const intersect = (one: Movement, other: Movement): Movement | null => {
  if ((one.negated ?? false) !== (other.negated ?? false)) {
    return null;
  }
  const codes = one.codes.filter((code) => other.codes.includes(code));
  return codes.length === 0 ? null : { ...one, codes };
};

type Bound = { part: number; movement: Movement; from: number; to: number; anchor: number; denied: boolean };

/** Movements that belong together ("pulled up and back") say one thing; others ("raised and drawn together") two. */
const merge = (bounds: readonly Bound[]): Bound[] => {
  const merged: Bound[] = [];
  for (const bound of bounds) {
    const index = merged.findIndex(
      (known) =>
        known.part === bound.part &&
        known.denied === bound.denied &&
        intersect(known.movement, bound.movement) !== null,
    );
    const known = merged[index];
    const movement = known === undefined ? null : intersect(known.movement, bound.movement);
    if (known === undefined || movement === null) {
      merged.push(bound);
    } else {
      merged[index] = { ...known, movement, from: Math.min(known.from, bound.from), to: Math.max(known.to, bound.to) };
    }
  }
  return merged;
};

/** "raised but not drawn together": a movement after "not" is kept apart from one before. */
const isDenied = (chunks: readonly Chunk[], at: number): boolean => {
  for (let index = at - 1; index >= 0; index -= 1) {
    if (has(chunks[index], 'negator')) {
      return true;
    }
    if (has(chunks[index], 'action') || isCoordinator(chunks[index])) {
      return false;
    }
  }
  return false;
};

const JOINT_VERBS = wordSet(
  'rise, rises, rose, fall, falls, fell, peak, peaks, move, moves, act, appear, start, begin, end',
);
const FALLS = wordSet(
  'fall, falls, fell, falling, sink, sinks, sank, drop, drops, down, lower, lowers, descend, descends',
);
const OPPOSITE_CODES = new Set<ActionUnitCode>(['AU1', 'AU2', 'AU5', 'AU6', 'AU10', 'AU12']);

/** "rise and fall", "opens and closes": the second verb ends the first movement, it is none of its own. */
const endsEarlier = (chunks: readonly Chunk[], bound: Bound, bounds: readonly Bound[]): boolean =>
  bounds.some(
    (other) =>
      other.part === bound.part &&
      other.anchor < bound.anchor &&
      (bound.movement.negated === true
        ? other.movement.codes.some((code) => bound.movement.codes.includes(code)) && other.movement.negated !== true
        : isOneOf(chunks[bound.anchor], FALLS) && other.movement.codes.every((code) => OPPOSITE_CODES.has(code))),
  );

/** "falls entirely within the smile": when it is, and no movement. */
const afterAdverbs = (chunks: readonly Chunk[], at: number): Chunk | undefined =>
  chunks.slice(at + 1).find((each) => !each.norm.endsWith('ly'));

/** "inner and outer parts together": both of them, not towards each other. */
const namesSeveral = (chunks: readonly Chunk[], at: number): boolean =>
  (has(chunks[at], 'body') || /^(?:parts|ends|halves|corners|both)$/.test(chunks[at]?.norm ?? '')) &&
  chunks.slice(Math.max(0, at - 3), at).some(isCoordinator);

const codeMentions = (chunks: readonly Chunk[]): Mention[] =>
  chunks.flatMap(({ token }, index) => {
    if (token.kind !== 'unit-code') {
      return [];
    }
    const code = actionUnitCode.safeParse(`AU${token.number}`).data;
    return [
      mention({
        codes: code === undefined ? [] : [code],
        number: token.number,
        side: token.side,
        letter: token.letter,
        from: index,
        to: index,
        anchor: index,
      }),
    ];
  });

const wordMentions = (chunks: readonly Chunk[], skip: ReadonlySet<number>): Mention[] =>
  chunks.flatMap((each, index) => {
    const senses = sensesOf(each, 'units');
    const [first] = senses;
    if (first === undefined || skip.has(index)) {
      return [];
    }
    const codes = [...new Set(senses.flatMap((sense) => sense.codes))];
    return [
      mention({
        codes,
        side: first.side ?? null,
        least: first.least ?? null,
        negatedByWord: first.negated ?? false,
        from: index,
        to: index,
        anchor: index,
      }),
    ];
  });

/** What one clause says of the face, in the order of the words. `consumed`: chunks that the head or the voice took. */
export const bindMentions = (chunks: readonly Chunk[], consumed: ReadonlySet<number>): Mention[] => {
  const parts = new Set<number>();
  const bounds: Bound[] = [];
  const usedActions = new Set<number>();
  for (const [index, each] of chunks.entries()) {
    // "sits lower than the right" compares the sides and lowers none.
    const compares = isNorm(each, 'lower') && isNorm(chunks[index + 1], 'than');
    // "rise and fall together": at the same time, not towards each other.
    const jointly =
      isNorm(each, 'together') && (isOneOf(chunks[index - 1], JOINT_VERBS) || namesSeveral(chunks, index - 1));
    const idle =
      isOneOf(each, FALLS) &&
      isNorm(afterAdverbs(chunks, index), 'within', 'into', 'between', 'outside', 'inside', 'under', 'on');
    const senses = consumed.has(index) || compares || jointly || idle ? [] : sensesOf(each, 'action');
    for (const { action } of senses) {
      const targets = partsOf(chunks, index, action, parts).filter((part) => !consumed.has(part));
      for (const part of targets) {
        const body = bodyOf(chunks[part]);
        const movement = body === null ? undefined : MOVEMENTS[body][action];
        // "the upper lip shows no elevation": only teeth are shown.
        const squeezed = action === 'together' && sensesOf(each, 'action').some((sense) => sense.action === 'press');
        const lips = body === 'lips' || body === 'mouth' || body === 'upper-lip' || body === 'lower-lip';
        const shown = (squeezed && lips) || (action === 'bare' && /^show/.test(each.norm) && body !== 'teeth');
        if (movement !== undefined && !shown) {
          bounds.push({
            part,
            movement,
            from: Math.min(part, index),
            to: Math.max(part, index),
            anchor: index,
            denied: isDenied(chunks, index),
          });
          usedActions.add(index);
        }
      }
    }
    for (const bound of bounds) {
      parts.add(bound.part);
    }
  }
  const own = bounds.filter((bound) => !endsEarlier(chunks, bound, bounds));
  const composed = merge(own).map((bound) => {
    const body = bodyOf(chunks[bound.part]);
    return mention({
      codes: bound.movement.codes,
      bodies: body === null ? [] : [body],
      negatedByWord: (bound.movement.negated ?? false) && !has(chunks[bound.anchor], 'event'),
      from: bound.from,
      to: bound.to,
      anchor: bound.anchor,
    });
  });
  const mentions = [
    ...codeMentions(chunks),
    ...wordMentions(chunks, new Set([...usedActions, ...consumed])),
    ...composed,
  ];
  const regions = regionMentions(chunks, new Set([...parts, ...consumed]));
  return [...mentions, ...regions].sort((one, other) => one.from - other.from || one.to - other.to);
};
