import { type Analysis, isTimeless, type TimeRange } from '../../../contracts/index.ts';
import type { Token } from '../../../verify/text/token.ts';

/** A time that a question names. */
export type AskedTime = {
  range: TimeRange;
  /** point: "at 0:12", looked at with some room; range: "from 2 to 4 s"; both ends of a `between` can also be two moments. */
  shape: 'point' | 'range';
  /** "between A and B", "from A to B": where the ends may be what is compared. */
  ends: readonly [number, number] | null;
  /** Indices of the tokens that say it. */
  from: number;
  to: number;
};

const NUMBER_WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['s', 1000], ['second', 1000], ['seconds', 1000], ['sec', 1000], ['secs', 1000], ['ms', 1], ['milliseconds', 1], ['millisecond', 1],
  ['m', 60_000], ['min', 60_000], ['mins', 60_000], ['minute', 60_000], ['minutes', 60_000],
]); // biome-ignore format: one table

type Moment = { ms: number; from: number; to: number; unit: number | null };

const numberOf = (token: Token | undefined): number | null => {
  if (token?.kind === 'number') {
    return token.value;
  }
  if (token?.kind !== 'word') {
    return null;
  }
  const value = NUMBER_WORDS.indexOf(token.norm);
  return value > 0 ? value : null;
};

const unitOf = (token: Token | undefined): number | null =>
  token?.kind === 'word' ? (UNIT_MS.get(token.norm) ?? null) : null;

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token !== undefined && (token.kind === 'word' || token.kind === 'mark') && words.includes(token.norm);

/** "0:12", "12 s", "1 minute 5 seconds", "second 12"; a bare number counts where a unit follows later (`shared`). */
const momentAt = (tokens: readonly Token[], at: number, shared: number | null): Moment | null => {
  const token = tokens[at];
  if (token?.kind === 'clock') {
    return { ms: token.ms, from: at, to: at, unit: null };
  }
  if (
    isWord(token, 'second', 'minute', 'sec') &&
    numberOf(tokens[at + 1]) !== null &&
    unitOf(tokens[at + 2]) === null
  ) {
    const unit = isWord(token, 'minute') ? 60_000 : 1000;
    return { ms: Math.round((numberOf(tokens[at + 1]) ?? 0) * unit), from: at, to: at + 1, unit };
  }
  const value = numberOf(token);
  if (value === null || value < 0) {
    return null;
  }
  const unit = unitOf(tokens[at + 1]);
  if (unit === 60_000) {
    const more = numberOf(tokens[isWord(tokens[at + 2], 'and') ? at + 3 : at + 2]);
    const where = isWord(tokens[at + 2], 'and') ? at + 4 : at + 3;
    if (more !== null && unitOf(tokens[where]) === 1000) {
      return { ms: Math.round(value * 60_000 + more * 1000), from: at, to: where, unit };
    }
  }
  if (unit !== null) {
    return { ms: Math.round(value * unit), from: at, to: at + 1, unit };
  }
  return shared === null ? null : { ms: Math.round(value * shared), from: at, to: at, unit: null };
};

const JOINERS = ['to', 'and', 'until', 'till', '-', '–', '—', 'through', 'or', 'versus', 'vs', 'with'] as const;

/** Words after which a bare number is a time: "at 12", "between 2 and 4". */
const TIME_BEFORE = ['at', 'from', 'between', 'until', 'till', 'around', 'about', 'near', '@', 'second', 'by'] as const;

/** How far to either side of a named moment one looks. */
const AROUND_MS = 600;

/** The times that the tokens of a question name, in their order, each within the clip. */
export const readAskedTimes = (tokens: readonly Token[], analysis: Analysis): AskedTime[] => {
  if (isTimeless(analysis.clip)) {
    return [];
  }
  const duration = analysis.clip.durationMs;
  const found: AskedTime[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const time = relativeAt(tokens, index, duration) ?? absoluteAt(tokens, index, duration);
    if (time !== null) {
      found.push(time);
      index = time.to;
    }
  }
  return found;
};

const within = (startMs: number, endMs: number): TimeRange => ({
  startMs: Math.max(0, Math.round(startMs)),
  endMs: Math.max(Math.round(startMs) + 1, Math.round(endMs)),
});

const absoluteAt = (tokens: readonly Token[], at: number, duration: number): AskedTime | null => {
  const before = tokens[at - 1];
  const joined = joinedAt(tokens, at);
  if (joined !== null) {
    const [first, second] = joined;
    const [low, high] = first.ms <= second.ms ? [first, second] : [second, first];
    return {
      range: within(low.ms, high.ms),
      shape: 'range',
      ends: [first.ms, second.ms],
      from: first.from,
      to: second.to,
    };
  }
  const bare = isWord(before, ...TIME_BEFORE) && tokens[at]?.kind === 'number' ? 1000 : null;
  const moment = momentAt(tokens, at, bare);
  if (moment === null) {
    return null;
  }
  const { ms, from, to } = moment;
  if (isWord(tokens[to + 1], 'later', 'earlier', 'before', 'after', 'long') && moment.unit !== null) {
    return null;
  }
  if (isWord(before, 'before', 'until', 'till')) {
    return { range: within(0, ms), shape: 'range', ends: null, from, to };
  }
  if (
    isWord(before, 'after', 'since', 'past') ||
    (isWord(before, 'from') && isWord(tokens[to + 1], 'on', 'onwards', 'onward'))
  ) {
    return { range: within(ms, duration), shape: 'range', ends: null, from, to };
  }
  return { range: within(ms - AROUND_MS, ms + AROUND_MS), shape: 'point', ends: [ms, ms], from, to };
};

/** "2 to 4 seconds", "0:02–0:05", "between 0:02 and 0:05". */
const joinedAt = (tokens: readonly Token[], at: number): readonly [Moment, Moment] | null => {
  for (const shared of [null, 1000]) {
    const first = momentAt(tokens, at, shared);
    if (first === null || !isWord(tokens[first.to + 1], ...JOINERS)) {
      continue;
    }
    const skip = isWord(tokens[first.to + 2], 'at', 'second', 'around') && shared === null ? 1 : 0;
    const second =
      momentAt(tokens, first.to + 2 + skip, null) ??
      momentAt(tokens, first.to + 2 + skip, first.unit ?? (isWord(tokens[at - 1], 'between', 'from') ? 1000 : null));
    const bareFirst = tokens[at]?.kind !== 'clock' && first.unit === null;
    if (second === null || (bareFirst && second.unit === null && !isWord(tokens[at - 1], 'between', 'from'))) {
      continue;
    }
    const ms = bareFirst && second.unit !== null ? (first.ms / 1000) * second.unit : first.ms;
    return [{ ...first, ms }, second];
  }
  return null;
};

type Part = { words: readonly string[]; from: number; to: number };

/** Parts of the clip by name, as shares of its length. */
const PARTS: readonly Part[] = [
  { words: ['first', 'half'], from: 0, to: 0.5 },
  { words: ['second', 'half'], from: 0.5, to: 1 },
  { words: ['first', 'third'], from: 0, to: 1 / 3 },
  { words: ['last', 'third'], from: 2 / 3, to: 1 },
  ...['at start', 'in beginning', 'at beginning', 'at first', 'initially', 'at outset', 'from start', 'from beginning', 'start of clip', 'beginning of clip', 'start of video', 'beginning of video', 'at very start', 'at very beginning', 'in opening', 'early on', 'first moments', 'start of it', 'start'].map(
    (phrase): Part => ({ words: phrase.split(' '), from: 0, to: 0.25 }),
  ),
  ...['at end', 'in end', 'by end', 'towards end', 'toward end', 'at very end', 'end of clip', 'end of video', 'near end', 'last moments', 'late in clip', 'end'].map(
    (phrase): Part => ({ words: phrase.split(' '), from: 0.75, to: 1 }),
  ),
  ...['in middle', 'middle of clip', 'middle of video', 'halfway through', 'half way through', 'midway', 'in between', 'middle', 'halfway'].map(
    (phrase): Part => ({ words: phrase.split(' '), from: 0.375, to: 0.625 }),
  ),
]; // biome-ignore format: one table

/** By themselves these are verbs more often than places: only after a preposition. */
const VERBLIKE: ReadonlySet<string> = new Set(['start', 'end', 'middle']);

const relativeAt = (tokens: readonly Token[], at: number, duration: number): AskedTime | null => {
  const counted = countedAt(tokens, at, duration);
  if (counted !== null) {
    return counted;
  }
  for (const part of PARTS) {
    const [only] = part.words;
    if (part.words.length === 1 && only !== undefined && VERBLIKE.has(only)) {
      const article =
        isWord(tokens[at - 1], 'the') &&
        isWord(
          tokens[at - 2],
          'at',
          'to',
          'from',
          'and',
          'with',
          'by',
          'near',
          'between',
          'vs',
          'versus',
          'in',
          'until',
          'compare',
          'compare',
        );
      if (!article && !(isWord(tokens[at - 1], 'to', 'and') && isWord(tokens[at - 2], 'start', 'beginning'))) {
        continue;
      }
    }
    const to = matchedTo(tokens, at, part.words);
    if (to !== null) {
      return { range: within(part.from * duration, part.to * duration), shape: 'range', ends: null, from: at, to };
    }
  }
  return null;
};

/** The words in order, articles between them skipped; the index of the last. */
const matchedTo = (tokens: readonly Token[], at: number, words: readonly string[]): number | null => {
  let index = at;
  for (const [position, word] of words.entries()) {
    while (position > 0 && isWord(tokens[index], 'the', 'this', 'that')) {
      index += 1;
    }
    if (!isWord(tokens[index], word)) {
      return null;
    }
    index += 1;
  }
  return index - 1;
};

/** "the first three seconds", "the last 2 s", "the first second". */
const countedAt = (tokens: readonly Token[], at: number, duration: number): AskedTime | null => {
  if (!isWord(tokens[at], 'first', 'last', 'final', 'opening', 'closing')) {
    return null;
  }
  const fromStart = isWord(tokens[at], 'first', 'opening');
  const skip = isWord(tokens[at + 1], 'few', 'couple') ? 1 : 0;
  const value = skip > 0 ? 3 : (numberOf(tokens[at + 1]) ?? (unitOf(tokens[at + 1]) === null ? null : 1));
  const where =
    skip > 0 ? (isWord(tokens[at + 2], 'of') ? at + 3 : at + 2) : numberOf(tokens[at + 1]) === null ? at + 1 : at + 2;
  const unit = unitOf(tokens[where]);
  if (value === null || unit === null || unit < 1000) {
    return null;
  }
  const span = Math.min(duration, value * unit);
  const range = fromStart ? within(0, span) : within(duration - span, duration);
  return { range, shape: 'range', ends: null, from: at, to: where };
};
