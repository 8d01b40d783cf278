import type { Analysis, Percepts } from '../../../contracts/index.ts';
import { type Chunk, chunk } from '../../../verify/read/chunk.ts';
import { isMark } from '../../../verify/text/token.ts';
import { tokenise } from '../../../verify/text/tokenise.ts';
import { type Cue, type FoundCue, findCues } from './cues.ts';
import { type Intent, intentOf } from './intents.ts';
import { type AskedPerson, peopleOf, readPersons } from './persons.ts';
import { type RefusedTopic, refusalOf } from './refusals.ts';
import { correctSpelling } from './spelling.ts';
import { type AskedTime, readAskedTimes } from './times.ts';
import { readTopics, type Topic } from './topics.ts';

/** A question, read by its own words; what it leaves to the conversation is filled in by `followUp`. */
export type Question = {
  /** As it was asked. */
  asked: string;
  /** With slips of the pen put right. */
  text: string;
  intent: Intent;
  topics: readonly Topic[];
  person: AskedPerson;
  times: readonly AskedTime[];
  /** "before that", "and then?": before or after what was last talked about. */
  shift: 'before' | 'after' | null;
  cues: ReadonlySet<Cue>;
  refusal: { topic: RefusedTopic; answer: string } | null;
  /** Begins like something that goes on: "and …", "what about …". */
  goesOn: boolean;
  words: number;
};

/** Reads one question. Deterministic, a few milliseconds. */
export const readQuestion = (asked: string, analysis: Analysis, percepts: Percepts | null): Question => {
  const people = peopleOf(analysis, percepts);
  const { text } = correctSpelling(asked.normalize('NFC').replace(/\s+/g, ' ').trim());
  const tokens = tokenise(text);
  const times = readAskedTimes(tokens, analysis);
  const isTime = (index: number): boolean => times.some(({ from, to }) => index >= from && index <= to);
  const words = tokens.map((token, index) => (token.kind === 'mark' || isTime(index) ? ',' : token.norm));
  const found = findCues(words);
  const cues = new Set(found.map(({ cue }) => cue));
  // The words of a time ("at the start", "first") must not be read as something else.
  const said = tokens.filter((_, index) => !isTime(index));
  const chunks: Chunk[] = chunk(said.filter((token) => !isMark(token, '?')));
  const topics = withObservations(tokens, readTopics(withoutTimes(text, tokens, times), chunksOf(text, tokens, times)));
  const first = words.find((word) => word !== ',');
  const person = readPersons(text, chunks, found, people);
  return {
    asked,
    text,
    intent: intentOf({ words: words.filter((word) => word !== ','), cues, found, topics, times, person }),
    topics,
    person,
    times,
    shift: shiftOf(cues, times),
    cues,
    refusal: refusalOf(text),
    goesOn:
      startsWith(found, 'andMore') &&
      (first === 'and' ||
        first === 'what' ||
        first === 'how' ||
        first === 'as' ||
        first === 'then' ||
        first === 'also' ||
        first === 'so'),
    words: words.filter((word) => word !== ',').length,
  };
};

/** "first" and "start" are topics of nothing, and a clock is no level: blanks stand where times were. */
const withoutTimes = (text: string, tokens: ReturnType<typeof tokenise>, times: readonly AskedTime[]): string => {
  let rest = text;
  for (const { from, to } of times) {
    const [start, end] = [tokens[from]?.start ?? 0, tokens[to]?.end ?? 0];
    rest = rest.slice(0, start) + ' '.repeat(Math.max(0, end - start)) + rest.slice(end);
  }
  return rest;
};

const chunksOf = (text: string, tokens: ReturnType<typeof tokenise>, times: readonly AskedTime[]): Chunk[] =>
  chunk(tokenise(withoutTimes(text, tokens, times)).filter((token) => !isMark(token, '?')));

/** "what is o12?" */
const withObservations = (tokens: ReturnType<typeof tokenise>, topics: readonly Topic[]): Topic[] => [
  ...tokens.flatMap((token): Topic[] =>
    token.kind === 'citation' ? [{ kind: 'observation', id: token.norm, words: token.norm }] : [],
  ),
  ...topics,
];

const startsWith = (found: readonly FoundCue[], cue: Cue): boolean =>
  found.some((each) => each.cue === cue && each.from === 0);

const shiftOf = (cues: ReadonlySet<Cue>, times: readonly AskedTime[]): Question['shift'] => {
  if (times.length > 0) {
    return null;
  }
  if (cues.has('beforeThat')) {
    return 'before';
  }
  return cues.has('afterThat') ? 'after' : null;
};
