import { type IntensityLetter, intensityLetter } from '../../contracts/index.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, has, isDeterminer, isNorm, isOneOf } from './chunk.ts';
import type { LevelFacet } from './reading.ts';

const LETTER_BEFORE = wordSet(
  'level, letter, intensity, at, grade, code, coded, scored, an, reaches, reaching, only, is, are, intensities, strength, of, to, as, from, both, rated, about, levels, =',
);
const LETTER_AFTER = wordSet('level, intensity, grade, strength, range, levels');
const AFTER_LETTER =
  /^(?:and|or|to|at|on|from|with|in|by|for|throughout|here|only|too|respectively|both|alone|as|,|–|-|\/)(?: |$)/;
const letterAt = (chunks: readonly Chunk[], at: number, alone: boolean): IntensityLetter | null => {
  const token = chunks[at]?.token;
  if (token?.kind !== 'word' || !token.capital || token.norm.length !== 1) {
    return null;
  }
  const letter = intensityLetter.safeParse(token.norm.toUpperCase()).data ?? null;
  const before = isDeterminer(chunks[at - 1]) ? chunks[at - 2] : chunks[at - 1];
  const introduced =
    isOneOf(before, LETTER_BEFORE) || isOneOf(chunks[at - 1], LETTER_BEFORE) || before?.token.kind === 'unit-code';
  const followed = isOneOf(chunks[at + 1], LETTER_AFTER);
  const ofCode = chunks[at - 1]?.token.kind === 'unit-code';
  const plainly =
    letter !== 'A' ||
    followed ||
    alone ||
    ofCode ||
    isNorm(chunks[at - 1], 'level', 'letter', 'intensity', 'grade', 'at', 'of', 'as', 'only', '=');
  const closes = chunks[at + 1] === undefined || AFTER_LETTER.test(chunks[at + 1]?.norm ?? '');
  return letter !== null && plainly && (alone || followed || (introduced && closes) || ofCode) ? letter : null;
};

/** "B to C", "B–C", "B or C". */
export const lettersAt = (
  chunks: readonly Chunk[],
  at: number,
  alone: boolean,
): { letters: IntensityLetter[]; to: number } | null => {
  const first = letterAt(chunks, at, alone);
  const bounded = chunks.slice(Math.max(0, at - 3), at).some((each) => BOUNDS.test(each.norm));
  if (first === null || bounded) {
    return null;
  }
  const token = chunks[at + 2]?.token;
  const second =
    token?.kind === 'word' && token.capital && token.norm.length === 1
      ? (intensityLetter.safeParse(token.norm.toUpperCase()).data ?? null)
      : null;
  if (second !== null && isNorm(chunks[at + 1], 'to', '–', '-', '/', 'or', 'versus', 'vs', 'against')) {
    const all: IntensityLetter[] = ['A', 'B', 'C', 'D', 'E'];
    const [from = 0, to = 0] = [all.indexOf(first), all.indexOf(second)].toSorted((one, other) => one - other);
    return { letters: all.slice(from, to + 1), to: at + 2 };
  }
  return { letters: [first], to: at };
};

/** "exceeds level C", "at least B": no claim of that very letter. */
const BOUNDS = /^(?:exceed|above|over|below|under|beyond|at least|at most|more than|less than|up to|beneath|not even)/;

const UNIT_AFTER = wordSet(
  's, sec, secs, second, seconds, ms, milliseconds, millisecond, %, °, degrees, degree, percent, times, frames, min, minutes, per, hz, db, minute, blinks, blink, mark, people, persons, –, →, points, units',
);

const ROUGHLY = wordSet('about, around, roughly, ~, approximately, nearly, almost, ≈, just over, just under');

/** "2.6 of 5", "intensity 2.6", "(2.6)". */
export const numberAt = (
  chunks: readonly Chunk[],
  at: number,
  alone: boolean,
): { facet: LevelFacet; to: number } | null => {
  const token = chunks[at]?.token;
  if (token?.kind !== 'number' || token.value < 0 || token.value > 5) {
    return null;
  }
  const scale = isNorm(chunks[at + 1], 'of', '/') && isNorm(chunks[at + 2], '5', 'five', '5.0') ? at + 2 : null;
  const outOf =
    isNorm(chunks[at + 1], 'out') && isNorm(chunks[at + 2], 'of') && isNorm(chunks[at + 3], '5', 'five')
      ? at + 3
      : null;
  const approximate = isOneOf(chunks[at - 1], ROUGHLY);
  const before = chunks[approximate ? at - 2 : at - 1];
  const named =
    isNorm(before, 'intensity', 'strength', '=', 'level', 'score', 'value', 'scores', 'intensities', 'scored') ||
    (isNorm(before, 'of', 'at', 'is', ':') &&
      isNorm(chunks[at - (approximate ? 3 : 2)], 'intensity', 'strength', 'level', 'score', 'value'));
  const ofCode = before?.token.kind === 'unit-code' && token.decimals > 0;
  const atCode =
    isNorm(before, 'at') &&
    token.decimals > 0 &&
    chunks.slice(0, at).some((each) => each.token.kind === 'unit-code' || has(each, 'units')) &&
    !chunks.some((each) => has(each, 'event') && !isNorm(each, 'stays', 'remains', 'stay', 'remain'));
  const plain = token.decimals > 0 && alone && !isOneOf(chunks[at + 1], UNIT_AFTER);
  if (
    scale === null &&
    outOf === null &&
    !((named || ofCode || atCode || plain) && !isOneOf(chunks[at + 1], UNIT_AFTER))
  ) {
    return null;
  }
  return {
    facet: { kind: 'number', value: token.value, decimals: token.decimals, approximate },
    to: outOf ?? scale ?? at,
  };
};
