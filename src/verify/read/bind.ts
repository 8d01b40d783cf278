import { type ActionUnitCode, actionUnitCode } from '../../contracts/index.ts';
import { WEAK_VERBS } from '../lexicon/action.ts';
import { MOVEMENTS, type Movement, UNITS_OF } from '../lexicon/movement.ts';
import type { Action, Body } from '../lexicon/sense.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, has, isDeterminer, isNorm, isOneOf, senseOf, sensesOf } from './chunk.ts';
import { isComma, isCoordinator, isCopula, isGlue } from './grammar.ts';
import { type Mention, mention } from './mention.ts';

const LOCATIONS = wordSet(
  'around, over, above, beneath, under, below, against, beside, near, across, along, behind, into, at, on, towards, toward, from, through, underneath, about, onto, in',
);

const bodyOf = (chunk: Chunk | undefined): Body | null => senseOf(chunk, 'body')?.body ?? null;

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
  isGlue(chunk) ||
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
const partsOf = (chunks: readonly Chunk[], at: number, action: Action, bound: ReadonlySet<number>): number[] => {
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

const uniqueCodes = (bodies: readonly Body[]): ActionUnitCode[] => [
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
const regionMentions = (chunks: readonly Chunk[], bound: ReadonlySet<number>): Mention[] => {
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

/** What one clause says of the face, in the order of the words. `consumed`: chunks that the head or the voice took. */
export const bindMentions = (chunks: readonly Chunk[], consumed: ReadonlySet<number>): Mention[] => {
  const parts = new Set<number>();
  const bounds: Bound[] = [];
  const usedActions = new Set<number>();
  for (const [index, each] of chunks.entries()) {
    // "sits lower than the right" compares the sides and lowers none.
    const compares = isNorm(each, 'lower') && isNorm(chunks[index + 1], 'than');
    const senses = consumed.has(index) || compares ? [] : sensesOf(each, 'action');
    for (const { action } of senses) {
      const targets = partsOf(chunks, index, action, parts).filter((part) => !consumed.has(part));
      for (const part of targets) {
        const body = bodyOf(chunks[part]);
        const movement = body === null ? undefined : MOVEMENTS[body][action];
        if (movement !== undefined) {
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
