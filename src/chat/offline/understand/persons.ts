import type { Analysis, Percepts } from '../../../contracts/index.ts';
import type { Chunk } from '../../../verify/read/chunk.ts';
import type { FoundCue } from './cues.ts';

/** Somebody in view, as a question may point at them. */
export type Person = {
  id: string;
  /** Frames in which the face was measured. */
  frames: number;
  speaks: boolean | null;
  /** Median horizontal place of the face, 0 left edge to 1 right edge of the picture; `null` where it is not known. */
  place: number | null;
};

/** Everybody in view, in the order of their ids. */
export const peopleOf = (analysis: Analysis, percepts: Percepts | null): Person[] =>
  analysis.subjects.map(({ id, frames, speaks }) => ({ id, frames, speaks, place: placeOf(id, analysis, percepts) }));

const placeOf = (id: string, { clip }: Analysis, percepts: Percepts | null): number | null => {
  const box = percepts?.subjects.find((subject) => subject.id === id)?.box;
  const centres = (box?.x ?? []).map((x, index) => x + (box?.width[index] ?? 0) / 2).sort((a, b) => a - b);
  const median = centres[Math.floor(centres.length / 2)];
  return median === undefined || clip.width === null ? null : median / clip.width;
};

/** Whom a question means. */
export type AskedPerson =
  /** Found by id, place, speech, or because there is only one. */
  | { kind: 'found'; ids: readonly string[] }
  | { kind: 'everybody' }
  /** "the other one": of the two last talked about. */
  | { kind: 'other' }
  /** A pronoun. */
  | { kind: 'pronoun' }
  /** "the man", "Anna": nothing that is measured tells who that is. */
  | { kind: 'untold'; words: string }
  /** P7 where there are three. */
  | { kind: 'unknown'; words: string }
  | { kind: 'none' };

const PRONOUNS = /\b(?:he|she|him|her|his|hers|himself|herself|they|them|their|theirs|it|its)\b/i;
const GENDERED =
  /\b(?:the|that|this|which)\s+(?:\w+\s+)?(man|woman|guy|girl|boy|lady|gentleman|child|kid|mother|father|host|interviewer|guest|actor|actress|teacher|baby)\b/i;

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;

/** Whom the words point at. */
export const readPersons = (
  text: string,
  chunks: readonly Chunk[],
  cues: readonly FoundCue[],
  people: readonly Person[],
): AskedPerson => {
  const named = [...new Set(chunks.flatMap(({ token }) => (token.kind === 'person' ? [token.id] : [])))];
  const lower = [...text.matchAll(/\bp(\d+)\b/g)].map((match) => `P${match[1] ?? ''}`);
  const ids = [...new Set([...named, ...lower])];
  const missing = ids.find((id) => !people.some((person) => person.id === id));
  if (missing !== undefined) {
    return { kind: 'unknown', words: missing };
  }
  if (ids.length > 0) {
    return { kind: 'found', ids };
  }
  const pointed = pointedAt(text, people);
  if (pointed !== null) {
    return { kind: 'found', ids: [pointed] };
  }
  if (cues.some(({ cue }) => cue === 'everybody')) {
    return { kind: 'everybody' };
  }
  if (
    /\b(?:the )?other (?:one|person|face|guy|man|woman|speaker|two)?\b/i.test(text) &&
    !/\bother (?:reading|interpretation|explanation|emotion|expression|words?|unit|movement|question|thing|moment)s?\b/i.test(
      text,
    )
  ) {
    return { kind: 'other' };
  }
  const gendered = GENDERED.exec(text);
  if (gendered !== null) {
    return people.length === 1 ? { kind: 'pronoun' } : { kind: 'untold', words: gendered[0] };
  }
  const name = nameIn(text);
  if (name !== null && people.length > 0) {
    return people.length === 1 ? { kind: 'pronoun' } : { kind: 'untold', words: name };
  }
  return PRONOUNS.test(text) || /\b(?:the|this|that) (?:person|speaker|face|one)\b/i.test(text)
    ? { kind: 'pronoun' }
    : { kind: 'none' };
};

/** "the one on the left", "the person speaking", "the second person". */
const pointedAt = (text: string, people: readonly Person[]): string | null => {
  const someone = '(?:person|one|face|guy|man|woman|girl|boy|lady|speaker|child|kid|somebody|someone)';
  const ordinal = new RegExp(`\\b(?:the )?(${ORDINALS.join('|')}) (?:person|face|guy|man|woman|speaker)\\b`, 'i').exec(
    text,
  )?.[1];
  if (ordinal !== undefined) {
    return people[ORDINALS.findIndex((each) => each === ordinal.toLowerCase())]?.id ?? null;
  }
  if (
    people.length > 1 &&
    new RegExp(`\\b${someone} (?:who (?:is )?)?(?:speaking|speaks|talking|talks)\\b|\\bthe speaker\\b`, 'i').test(text)
  ) {
    const speaking = people.filter(({ speaks }) => speaks === true);
    return speaking.length === 1 ? (speaking[0]?.id ?? null) : null;
  }
  const side = new RegExp(
    `\\b${someone}\\s+(?:(?:who is |standing |sitting )?(?:on|to|at|in) )(?:the )?(?:far )?(left|right|middle|centre|center)\\b|\\bthe (left|right|middle|leftmost|rightmost) ${someone}\\b`,
    'i',
  ).exec(text);
  const where = (side?.[1] ?? side?.[2])?.toLowerCase();
  if (where === undefined || people.some(({ place }) => place === null)) {
    return null;
  }
  const ordered = [...people].sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  if (where.startsWith('left')) {
    return ordered[0]?.id ?? null;
  }
  return (where.startsWith('right') ? ordered.at(-1) : ordered[Math.floor(ordered.length / 2)])?.id ?? null;
};

const NO_NAMES: ReadonlySet<string> = new Set([
  'i',
  'au',
  'aus',
  'facs',
  'english',
  'ok',
  'tldr',
  'whyface',
  'duchenne',
  'openface',
  'llm',
  'a',
  'b',
  'c',
  'd',
  'e',
]);

/** A capitalised word inside the sentence: somebody's name, perhaps. */
const nameIn = (text: string): string | null =>
  [...text.matchAll(/(?<=[\p{L},] )\p{Lu}\p{Ll}+/gu)]
    .map(([word]) => word)
    .find((word) => !NO_NAMES.has(word.toLowerCase())) ?? null;
