import type { Observation, ObservationOf } from '../../contracts/index.ts';
import { ACTION_UNITS } from '../../facs/index.ts';
import { longestPhrase } from '../lexicon/phrase-index.ts';
import type { QuoteReading } from '../read/reading.ts';
import { wordSet } from '../word-set.ts';
import { type Evidence, isKind } from './evidence.ts';
import { contradicted, type Outcome, supported, unsupported, untestable } from './outcome.ts';
import { timeProblem } from './time.ts';

const FILLERS = wordSet('um, uh, er, erm, ah, mm, hm, hmm');
const SAME: Readonly<Record<string, string>> = {
  okay: 'ok', gonna: 'going to', wanna: 'want to', gotta: 'got to', yeah: 'yes', yep: 'yes', "i'm": 'i am', "it's": 'it is', "that's": 'that is', "you're": 'you are', "we're": 'we are', "they're": 'they are', "don't": 'do not',
  "can't": 'can not', cannot: 'can not', "won't": 'will not', "isn't": 'is not', "i've": 'i have', "i'll": 'i will', "didn't": 'did not', "doesn't": 'does not', "he's": 'he is', "she's": 'she is', "there's": 'there is', "what's": 'what is', "let's": 'let us', "you've": 'you have', "we've": 'we have', "wasn't": 'was not', "aren't": 'are not', "couldn't": 'could not', "wouldn't": 'would not', "i'd": 'i would',
}; // biome-ignore format: one table

const bare = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[^\p{L}\p{N}']+/u)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
const loose = (text: string): string[] =>
  bare(text)
    .flatMap((word) => (SAME[word] ?? word).split(' '))
    .filter((word) => !FILLERS.has(word));

const findRun = (words: readonly string[], run: readonly string[]): number => {
  for (let start = 0; start + run.length <= words.length; start += 1) {
    if (run.every((word, index) => words[start + index] === word)) {
      return start;
    }
  }
  return -1;
};

/** "I … so happy": each stretch between the dots must follow the last. */
const holds = (words: readonly string[], parts: readonly (readonly string[])[]): boolean => {
  let rest = words;
  for (const part of parts) {
    const at = findRun(rest, part);
    if (at < 0) {
      return false;
    }
    rest = rest.slice(at + part.length);
  }
  return true;
};

const partsOf = (quote: string, read: (text: string) => string[]): string[][] =>
  quote
    .split(/\.{3}|…|\[[^\]]*\]/)
    .map(read)
    .filter((part) => part.length > 0);

/** Whether two words differ by a slip of the pen: one letter in a long word. */
const isSlip = (one: string, other: string): boolean => {
  if (one === other) {
    return true;
  }
  if (Math.min(one.length, other.length) < 7 || Math.abs(one.length - other.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < one.length && one[start] === other[start]) {
    start += 1;
  }
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return long.length === short.length
    ? long.slice(start + 1) === short.slice(start + 1)
    : long.slice(start + 1) === short.slice(start);
};

const nearly = (words: readonly string[], run: readonly string[]): boolean =>
  run.length > 0 &&
  words.some(
    (_, start) =>
      start + run.length <= words.length && run.every((word, index) => isSlip(words[start + index] ?? '', word)),
  );

/** Quotation marks around a term, not around speech: "so-called 'lip corner puller'". */
const isTerm = (quote: string): boolean => {
  const words = bare(quote);
  const name = words.join(' ');
  if (Object.values(ACTION_UNITS).some((entry) => entry.name === name) || words.length === 0) {
    return true;
  }
  let at = 0;
  while (at < words.length) {
    const phrase = longestPhrase(words, at);
    if (phrase === null) {
      return false;
    }
    at += phrase.length;
  }
  return words.length <= 3;
};

/** Whether the words of a quotation were said in that stretch of speech. */
export const holdsWords = ({ speech }: ObservationOf<'speech'>, quote: string): boolean =>
  holds(loose(speech.quote), partsOf(quote, loose));

type Spoken = { observation: Observation; text: string };

const spokenAmong = (observations: readonly Observation[]): Spoken[] => [
  ...observations.filter(isKind('speech')).map((observation) => ({ observation, text: observation.speech.quote })),
  ...observations
    .filter(isKind('scene-text'))
    .map((observation) => ({ observation, text: observation.sceneText.quote })),
];

const speakerProblem = (reading: QuoteReading, { observation }: Spoken, evidence: Evidence): string | null => {
  const speaker = observation.kind === 'speech' ? observation.speech.speaker : null;
  if (reading.person === null || speaker === null) {
    return null;
  }
  const wrong = reading.person === 'other' ? speaker === evidence.scope.subject : speaker !== reading.person;
  return wrong
    ? `${observation.id} was said by ${speaker}, not by ${reading.person === 'other' ? 'another person' : reading.person}`
    : null;
};

/** Words of the observation with their times, for a quotation of a part of it. */
const timed = (observation: Observation, quote: string): Observation => {
  if (observation.kind !== 'speech' || observation.speech.words.length === 0) {
    return observation;
  }
  const words = observation.speech.words;
  const run = bare(quote);
  const at = findRun(
    words.map((word) => bare(word.text)[0] ?? ''),
    run,
  );
  const first = words[at];
  const last = words[at + run.length - 1];
  return at < 0 || first === undefined || last === undefined
    ? observation
    : { ...observation, range: { startMs: first.startMs, endMs: last.endMs } };
};

const timesFit = (reading: QuoteReading, observation: Observation, evidence: Evidence): string | null => {
  const part = timed(observation, reading.quote);
  for (const facet of reading.times) {
    const inPart = timeProblem(facet, part, evidence, facet.kind === 'point');
    const inWhole = timeProblem(facet, observation, evidence, facet.kind === 'point');
    if (inPart !== null && inWhole !== null) {
      return inPart;
    }
  }
  return null;
};

/** Checks words in quotation marks against what was said or shown as text: exact, repaired, or not said. */
export const checkQuote = (reading: QuoteReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const near = spokenAmong(cited);
  const all = spokenAmong(evidence.analysis.observations);
  const found = (spoken: readonly Spoken[], fits: (text: string) => boolean): Spoken | undefined =>
    spoken.find(({ text }) => fits(text));
  const exact = (text: string): boolean => holds(bare(text), partsOf(reading.quote, bare));
  const tolerant = (text: string): boolean =>
    holds(loose(text), partsOf(reading.quote, loose)) || nearly(loose(text), loose(reading.quote));
  const hit = found(near, exact) ?? found(near, tolerant);
  if (hit !== undefined) {
    const problem = speakerProblem(reading, hit, evidence) ?? timesFit(reading, hit.observation, evidence);
    if (problem !== null) {
      return contradicted([hit.observation], `About the quotation: ${problem}.`);
    }
    return supported(
      [hit.observation],
      exact(hit.text) ? `${hit.observation.id} has these words.` : `${hit.observation.id} has it as "${hit.text}".`,
    );
  }
  if (near.length === 0 && (isTerm(reading.quote) || !reading.speech)) {
    const spoken = found(all, exact);
    return spoken === undefined
      ? untestable('The quotation marks are not about what was said.')
      : unsupported(
          [spoken.observation],
          `${spoken.observation.id} has these words, but the sentence does not cite it.`,
        );
  }
  if (isTerm(reading.quote) && !reading.speech) {
    return untestable('The quotation marks are not about what was said.');
  }
  const elsewhere = found(all, exact);
  if (elsewhere !== undefined) {
    return unsupported(
      [elsewhere.observation],
      `${elsewhere.observation.id} has these words, but the sentence does not cite it.`,
    );
  }
  return near.length > 0
    ? contradicted(
        near.map(({ observation }) => observation),
        `${near[0]?.observation.id ?? ''} has "${near[0]?.text ?? ''}", not "${reading.quote}".`,
      )
    : unsupported([], 'Nothing that was measured has these words.');
};
