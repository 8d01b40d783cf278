import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, isOneOf, senseOf } from './chunk.ts';
import type { LabelReading, NumberReading } from './reading.ts';

const DENIALS = ['negator', 'points-away'] as const;
const SUPPOSED = wordSet(
  'or, between, of, runner up, second, rather, other, alternative, next, from, turns, turn, moves, shifts, changes, turning, prototype, prototypical, mix, mixed, closest, runner, leaves, leave, open, possible',
);

const stanceOf = (chunks: readonly Chunk[], at: number): LabelReading['stance'] => {
  const before = chunks.slice(0, at);
  const near = before.slice(-7);
  if (
    near.some((each) => DENIALS.some((kind) => has(each, kind))) ||
    chunks
      .slice(at + 1, at + 6)
      .some(
        (each) =>
          has(each, 'absent') ||
          isNorm(each, 'unlikely', 'less likely', 'not', 'behind', 'weaker', 'lower', 'second', 'comes'),
      )
  ) {
    return 'denied';
  }
  // "Lowered brows usually go with anger": of people in general, or of what might be.
  if (chunks.some((each) => has(each, 'hypothetical'))) {
    return 'mentioned';
  }
  if (before.some((each) => has(each, 'points-to'))) {
    return 'points-to';
  }
  return before.some((each) => isOneOf(each, SUPPOSED)) ? 'mentioned' : 'asserted';
};

/** The expressions that a clause names, and whether it argues for them. */
export const readLabels = (chunks: readonly Chunk[]): Omit<LabelReading, 'person'>[] =>
  chunks.flatMap((each, at): Omit<LabelReading, 'person'>[] => {
    const label = senseOf(each, 'compound')?.label ?? senseOf(each, 'label')?.label;
    const part = senseOf(chunks[at + 1], 'body')?.body;
    if (label === undefined || (part !== undefined && part !== 'face')) {
      return [];
    }
    return [{ kind: 'label', label, stance: stanceOf(chunks, at), start: each.start, end: each.end }];
  });

const isDenied = (chunks: readonly Chunk[], at: number): boolean =>
  chunks.slice(Math.max(0, at - 3), at).some((each) => isNorm(each, 'not', 'never'));

const COUNTS: Readonly<Record<string, number>> = {
  once: 1, twice: 2, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, twenty: 20,
}; // biome-ignore format: one table

/** "blinks twice", "three blinks", "blinks nine times". */
const wordCounts = (chunks: readonly Chunk[]): NumberReading[] =>
  chunks.flatMap((each, at): NumberReading[] => {
    const value = COUNTS[each.norm];
    if (value === undefined) {
      return [];
    }
    const blinks = chunks.slice(Math.max(0, at - 3), at + 4).some((near) => /^blink/.test(near.norm));
    const counted = isNorm(each, 'once', 'twice') || isNorm(chunks[at + 1], 'times', 'blinks', 'blink');
    if (!blinks || !counted) {
      return [];
    }
    return [
      {
        kind: 'number',
        of: 'blinks',
        label: null,
        value,
        decimals: 0,
        denied: isDenied(chunks, at),
        start: each.start,
        end: each.end,
      },
    ];
  });

/** Numbers with a meaning of their own: percentages, valence and arousal, counts of blinks. */
export const readNumbers = (chunks: readonly Chunk[]): NumberReading[] => [
  ...wordCounts(chunks),
  ...chunks.flatMap((each, at): NumberReading[] => {
    if (each.token.kind !== 'number') {
      return [];
    }
    const { value, decimals } = each.token;
    const common = {
      kind: 'number',
      value,
      decimals,
      denied: isDenied(chunks, at),
      start: each.start,
      end: chunks[at + 1]?.end ?? each.end,
    } as const;
    if (isNorm(chunks[at + 1], '%', 'percent', 'per cent')) {
      const label = [...chunks.slice(Math.max(0, at - 6), at).reverse(), ...chunks.slice(at + 2, at + 6)]
        .map((near) => senseOf(near, 'compound')?.label ?? senseOf(near, 'label')?.label)
        .find((found) => found !== undefined);
      return [{ ...common, of: 'percent', label: label ?? null }];
    }
    const dimension = chunks
      .slice(Math.max(0, at - 4), at)
      .map((near) => senseOf(near, 'affect')?.dimension)
      .findLast((found) => found !== undefined);
    if (dimension !== undefined && Math.abs(value) <= 1) {
      return [{ ...common, of: dimension, label: null }];
    }
    if (isNorm(chunks[at + 1], 'hz', 'semitones', 'semitone', 'db', 'sd', 'dbfs', 'syllables')) {
      return [{ ...common, of: 'measure', label: null }];
    }
    const rate = isNorm(chunks[at + 2], 'minute') && isNorm(chunks[at + 1], 'per', 'a', 'each', 'every');
    if (
      (rate && chunks.some((near) => /^(?:eye)?blink/.test(near.norm))) ||
      isNorm(chunks[at + 1], 'blinks', 'blink') ||
      (isNorm(chunks[at + 1], 'times') && chunks.slice(0, at).some((near) => /^blink/.test(near.norm)))
    ) {
      const perMinute = chunks
        .slice(at + 1, at + 6)
        .some((near, index, rest) => isNorm(near, 'minute') && isNorm(rest[index - 1], 'per', 'a', 'each', 'every'));
      return [{ ...common, of: perMinute ? 'blink-rate' : 'blinks', label: null }];
    }
    return [];
  }),
];
