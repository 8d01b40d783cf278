import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import { isCopula, isGlue } from './grammar.ts';
import { lettersAt, numberAt } from './notation.ts';
import type { LevelFacet } from './reading.ts';

/** A level, with the chunks that say it. */
export type LevelMention = { facet: LevelFacet; from: number; to: number };

/** What a degree word may be about other than a movement: "clearly suggests", "strong evidence". */
const NOT_A_MOVEMENT =
  /^(?:evidence|support|sign|signal|case|reading|impression|match|argument|confidence|fit|contrast|doubt|indicator|marker|cue|cues|clue|reaction|response|emotion|feeling|expression|candidate|contender|tell|part|lead|margin|difference|pattern|picture|conflict|alternative|reason|match|say|see|number|amount|share|delay|lag|gap|hand|weight|statement|step|role|link|face|frame|picture|figure|suggestion|later|earlier|thing|question|confidence|hour|while|time)s?$/;

/** Whether a degree word is about a movement at all, by what follows it. */
const isOfMovement = (chunks: readonly Chunk[], at: number): boolean => {
  const next = chunks[at + 1];
  if (next === undefined || isNorm(next, 'level', 'intensity', 'degree', 'grade', 'strength')) {
    return true;
  }
  const other = (
    [
      'label',
      'compound',
      'points-to',
      'points-away',
      'order',
      'more',
      'less',
      'event',
      'absent',
      'hidden',
      'voice-topic',
      'duration-word',
      'negator',
      'speech-verb',
      'affect',
      'quality',
      'gaze-word',
    ] as const
  ).some((kind) => has(next, kind) && !has(next, 'action') && !has(next, 'units') && !has(next, 'body'));
  return !other && !NOT_A_MOVEMENT.test(next.norm);
};

/** The levels of a clause. `alone`: the clause is an aside, where "(C)" and "(2.6)" need no other word. */
export const readLevels = (chunks: readonly Chunk[], alone: boolean, taken: ReadonlySet<number>): LevelMention[] => {
  const levels: LevelMention[] = [];
  const single = alone || chunks.length === 1;
  for (let index = 0; index < chunks.length; index += 1) {
    if (taken.has(index)) {
      continue;
    }
    const letters = lettersAt(chunks, index, single);
    const number = numberAt(chunks, index, single);
    const sense = senseOf(chunks[index], 'level');
    if (letters !== null) {
      levels.push({ facet: { kind: 'letter', letters: letters.letters }, from: index, to: letters.to });
      index = letters.to;
    } else if (number !== null) {
      levels.push({ facet: number.facet, from: index, to: number.to });
      index = number.to;
    } else if (
      sense !== null &&
      !isNorm(chunks[index - 1], 'most', 'least', 'more', 'less') &&
      isOfMovement(chunks, index) &&
      senseOf(chunks[index - 1], 'negator')?.reach !== 'phrase' &&
      !has(chunks[index], 'units')
    ) {
      levels.push({
        facet: {
          kind: 'word',
          word: chunks[index]?.norm ?? '',
          from: sense.from,
          to: sense.to,
          denied: has(chunks[index - 1], 'negator'),
        },
        from: index,
        to: index,
      });
    }
  }
  return levels;
};

const TIES = wordSet(
  'at, to, a, only, of, about, just, now, intensity, level, reaching, reach, degree, measured, present, coded, scored, rated, seen, strength, which, it, they, here, with, an, remains, through, again, together, outright, and, up, back, active, visible, reached, letter, grade, =, measuring, around, though, by, so, contracted, engaged',
);

/** Whether only such words stand between as tie a level to what it is said of: "AU12 *is at* C". */
export const isTie = (chunk: Chunk | undefined): boolean =>
  isGlue(chunk) ||
  isCopula(chunk) ||
  has(chunk, 'event') ||
  isOneOf(chunk, TIES) ||
  chunk?.token.kind === 'number' ||
  chunk?.token.kind === 'clock' ||
  isNorm(chunk, 's', 'ms', 'sec', 'seconds', '–', 'from', 'between', 'then');
