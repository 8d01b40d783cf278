import { type Chunk, has, isNorm, senseOf, sensesOf } from './chunk.ts';
import { isGlue } from './grammar.ts';
import type { Polarity } from './polarity.ts';
import type { GazeReading, HeadReading, SideFacet } from './reading.ts';

type Part<Kind> = Omit<Kind, 'times' | 'micro' | 'person' | 'levels' | 'sides'>;
/** A pose that is more or less: "slightly lowered". */
const POSES = new Set<HeadReading['movement']>(['tilt', 'turn', 'raise', 'lower']);
export type HeadGaze = { readings: (Part<HeadReading> | Part<GazeReading>)[]; consumed: ReadonlySet<number> };

/** "does not look left"; not "looks left *without* a change". */
const denied = (chunks: readonly Chunk[], consumed: number[]): Polarity => {
  const last = chunks.findLastIndex(
    (each) => has(each, 'gaze-direction') || has(each, 'head-word') || has(each, 'active'),
  );
  const negators = chunks.flatMap((each, index) =>
    has(each, 'negator') && index < last && !isNorm(each, 'without', 'without any') ? [index] : [],
  );
  consumed.push(...negators);
  return negators.length % 2 === 1 ? 'absent' : 'present';
};

const degreesOf = (chunks: readonly Chunk[]): number | null => {
  const at = chunks.findIndex(
    (each, index) => each.token.kind === 'number' && isNorm(chunks[index + 1], '°', 'degrees', 'degree', 'deg'),
  );
  const token = chunks[at]?.token;
  return token?.kind === 'number' ? Math.abs(token.value) : null;
};

const place = (chunks: readonly Chunk[]): { start: number; end: number } => ({
  start: chunks[0]?.start ?? 0,
  end: chunks.at(-1)?.end ?? 0,
});

/** With "eyes" before and a direction after, these speak of the gaze: "the eyes *drift* to the left". */
const EYES_MOVE =
  /^(?:turn|dart|look|point|shift|move|go|goe|went|drift|flick|wander|cast|drop|aim|swing|roll|direct|fix|rest|stay|lock|rivet|travel|slide|fall|lower|raise|return|settle|jump|track|focus|focu|face|linger)(?:s|d|ed|ing|es|sed|ted|ped|ring|ring)?$|^(?:are|is|on|dropped|turned|held)$/;

const eyesLook = (chunks: readonly Chunk[], at: number): boolean => {
  if (senseOf(chunks[at], 'body')?.body !== 'eyes') {
    return false;
  }
  const after = chunks.slice(at + 1, at + 7);
  const verb = after.findIndex((each) => EYES_MOVE.test(each.norm.split(' ')[0] ?? ''));
  // "widened eyes and a raised *right* eyebrow": the side of another part.
  const where = after.findIndex(
    (each, index) =>
      has(each, 'gaze-direction') &&
      !isOtherPart(
        after.slice(index + 1).find((next) => !has(next, 'side')),
        () => false,
      ),
  );
  const other = after
    .slice(0, Math.max(0, where))
    .some(
      (each) =>
        (has(each, 'body') || has(each, 'units') || isNorm(each, 'wide', 'closed', 'narrow')) &&
        !isNorm(each, 'eye contact'),
    );
  // "rolls the eyes upward": the verb stands before.
  const led = chunks
    .slice(Math.max(0, at - 3), at)
    .some((each) => /^(?:roll|cast|turn|avert|drop|shift)/.test(each.norm));
  return where >= 0 && !other && (led || (verb >= 0 && verb <= where));
};

/** Nothing after the head or the gaze belongs to it once another part of the face is named. */
const span = (chunks: readonly Chunk[], at: number, own: (chunk: Chunk) => boolean): { from: number; to: number } => {
  let from = at;
  let to = at;
  while (from > 0 && !isOtherPart(chunks[from - 1], own)) {
    from -= 1;
  }
  while (to + 1 < chunks.length && !isOtherPart(chunks[to + 1], own)) {
    to += 1;
  }
  return { from, to };
};

const isOtherPart = (chunk: Chunk | undefined, own: (chunk: Chunk) => boolean): boolean =>
  chunk !== undefined && !own(chunk) && (has(chunk, 'body') || has(chunk, 'units') || chunk.token.kind === 'unit-code');

const isHead = (chunk: Chunk): boolean => senseOf(chunk, 'body')?.body === 'head';

const readHead = (chunks: readonly Chunk[]): HeadGaze => {
  const body = chunks.findIndex(isHead);
  const nodding = chunks.findIndex((each) =>
    /^(?:nods?|nodding|nodded|headshakes?|head (?:shake|nod|tilt|turn)s?|head shaking|head nodding|head tilting|head turning)/.test(
      each.norm,
    ),
  );
  const at = body >= 0 ? body : nodding;
  if (at < 0) {
    return { readings: [], consumed: new Set() };
  }
  const { from, to } = span(chunks, at, isHead);
  const part = chunks.slice(from, to + 1);
  const movements = part.flatMap((each) =>
    sensesOf(each, 'head-word').map((sense) => ({ each, movement: sense.movement })),
  );
  const sides = part.flatMap((each) => [
    ...sensesOf(each, 'side').map((sense) => sense.side),
    ...sensesOf(each, 'gaze-direction').map((sense) => sense.direction),
  ]);
  const side: SideFacet | null = sides.find((named) => named === 'left' || named === 'right') ?? null;
  const chosen =
    movements.find(({ movement }) => movement === 'nod' || movement === 'shake') ??
    movements.find(({ movement }) => movement === 'tilt' || movement === 'turn') ??
    movements[0];
  const consumed = part.flatMap((each, index) =>
    each === part[at - from] ||
    has(each, 'head-word') ||
    has(each, 'side') ||
    has(each, 'action') ||
    has(each, 'level') ||
    has(each, 'absent') ||
    isGlue(each)
      ? [from + index]
      : [],
  );
  const moves = part.some(
    (each) => isNorm(each, 'not move', 'not moves') || (has(each, 'active') && !isNorm(each, 'change')),
  );
  const polarity = denied(part, consumed);
  const still = chosen === undefined && moves;
  const absent = part.some((each) => has(each, 'absent')) && chosen === undefined;
  if (chosen === undefined && !still && !absent) {
    return { readings: [], consumed: new Set(consumed) };
  }
  const movement = chosen?.movement ?? 'still';
  const first = chosen === undefined ? at - from : part.indexOf(chosen.each);
  return {
    readings: [
      {
        kind: 'head',
        ...place(part.slice(Math.max(0, Math.min(at - from, first)), part.length)),
        movement,
        side,
        strength: POSES.has(movement) ? (part.flatMap((each) => sensesOf(each, 'level'))[0] ?? null) : null,
        degrees: degreesOf(part),
        polarity: still ? (polarity === 'absent' ? 'present' : 'absent') : absent ? 'present' : polarity,
      },
    ],
    consumed: new Set(consumed),
  };
};

const readGaze = (chunks: readonly Chunk[], taken: ReadonlySet<number>): HeadGaze => {
  const at = chunks.findIndex(
    (each, index) => (has(each, 'gaze-word') || eyesLook(chunks, index)) && !taken.has(index),
  );
  if (at < 0) {
    return { readings: [], consumed: new Set() };
  }
  const { from, to } = span(chunks, at, (each) => has(each, 'gaze-word') || senseOf(each, 'body')?.body === 'eyes');
  const part = chunks.slice(from, to + 1);
  const placed = part.flatMap((each, index) =>
    index < at - from ? [] : sensesOf(each, 'gaze-direction').map(({ direction }) => ({ direction, index })),
  );
  const directions = placed.map(({ direction }) => direction);
  const looks = /^look/.test(chunks[at]?.norm ?? '');
  if (directions.length === 0 || (looks && has(chunks[at + 1], 'label'))) {
    return { readings: [], consumed: new Set() };
  }
  const consumed = part.flatMap((each, index) =>
    has(each, 'gaze-word') ||
    has(each, 'gaze-direction') ||
    has(each, 'side') ||
    has(each, 'level') ||
    senseOf(each, 'body')?.body === 'eyes'
      ? [from + index]
      : [],
  );
  denied(part, consumed);
  // "to the left instead of into the lens": a denial reaches the direction after it, and no other.
  const polarityOf = (direction: GazeReading['direction']): Polarity => {
    const index = placed.find((each) => each.direction === direction)?.index ?? 0;
    const before = placed.findLast((each) => each.index < index)?.index ?? -1;
    const denials = part
      .slice(before + 1, index)
      .filter((each) => has(each, 'negator') && !isNorm(each, 'without', 'without any')).length;
    return denials % 2 === 1 ? 'absent' : 'present';
  };
  // "away to the left" is left; "down and to the left" is both.
  const named = [...new Set(directions)].filter(
    (each, _, all) =>
      (each !== 'away' || all.length === 1) &&
      // "looks up into the camera": back to it, from below.
      !(
        (each === 'up' || each === 'down') &&
        all.includes('camera') &&
        polarityOf('camera') === 'present' &&
        /^look|^glance/.test(chunks[at]?.norm ?? '')
      ),
  );
  return {
    readings: named.map((each) => ({
      kind: 'gaze',
      ...place(part),
      direction: each,
      degrees: degreesOf(part),
      polarity: polarityOf(each),
    })),
    consumed: new Set(consumed),
  };
};

/** What a clause says of the head and of where the eyes look, and the chunks that say it. */
export const readHeadAndGaze = (chunks: readonly Chunk[]): HeadGaze => {
  const head = readHead(chunks);
  const gaze = readGaze(chunks, head.consumed);
  return { readings: [...head.readings, ...gaze.readings], consumed: new Set([...head.consumed, ...gaze.consumed]) };
};
