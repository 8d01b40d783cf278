import {
  type ActionUnitCode,
  actionUnitCode,
  COMPOUND_LABELS,
  type CompoundLabel,
  type ExpressionLabel,
  expressionLabel,
  type Side,
} from '../../../contracts/index.ts';
import { findEmotionWords } from '../../../facs/emotion-words.ts';
import { COMPOUND_WORDS, EXPRESSION_WORDS } from '../../../facs/index.ts';
import { UNITS_OF } from '../../../verify/lexicon/movement.ts';
import type { Body, GazeDirection, HeadMovement, VoiceFamily } from '../../../verify/lexicon/sense.ts';
import { type Chunk, has, senseOf, sensesOf } from '../../../verify/read/chunk.ts';
import { readSentence } from '../../../verify/read/sentence.ts';

/** What a question is about. `words` is how the person said it. */
export type Topic =
  | { kind: 'unit'; codes: readonly ActionUnitCode[]; side: Side | null; words: string }
  /** A FACS number that whyface does not measure. */
  | { kind: 'unmeasured-unit'; number: number; words: string }
  /** A part of the face without a movement. */
  | { kind: 'region'; codes: readonly ActionUnitCode[]; words: string }
  | { kind: 'label'; label: ExpressionLabel | CompoundLabel; words: string; exact: boolean }
  /** A word for a feeling that is none of the labels. */
  | { kind: 'feeling'; words: string }
  | { kind: 'voice'; family: VoiceFamily | null; sign: 1 | -1 | 0; words: string }
  | { kind: 'head'; movement: HeadMovement | null; words: string }
  | { kind: 'gaze'; direction: GazeDirection | null; words: string }
  | { kind: 'blink'; words: string }
  | { kind: 'affect'; dimension: 'valence' | 'arousal'; words: string }
  | { kind: 'quote'; words: string }
  | { kind: 'observation'; id: string; words: string };

export type TopicKind = Topic['kind'];

/** The topics of a question, in the order of its words. */
export const readTopics = (text: string, chunks: readonly Chunk[]): Topic[] => {
  const units = unitTopics(text, chunks);
  const direct = chunks.flatMap((chunk, index) => directTopics(text, chunks, chunk, index));
  const labels = labelTopics(text, chunks);
  const topics = [...units, ...direct, ...labels];
  const headOrGaze = headAndGaze(text, chunks, units.length > 0);
  return unique([...topics, ...headOrGaze, ...regionTopics(text, chunks, units)]);
};

const wordsOf = (text: string, chunk: Chunk): string => text.slice(chunk.start, chunk.end);

/** Whether a unit is one of whyface's, by its FACS number. */
const codeOf = (number: number): ActionUnitCode | null => actionUnitCode.safeParse(`AU${number}`).data ?? null;

/** "her right brow", "the left one". */
const sideNear = (chunks: readonly Chunk[], start: number, end: number): Side | null => {
  const near = chunks.filter((chunk) => chunk.end >= start - 12 && chunk.start <= end + 2);
  const side = near.map((chunk) => senseOf(chunk, 'side')?.side ?? null).find((found) => found !== null);
  return side === 'left' || side === 'right' || side === 'both' ? side : null;
};

const unitTopics = (text: string, chunks: readonly Chunk[]): Topic[] => {
  const named = chunks.flatMap((chunk): Topic[] => {
    if (chunk.token.kind !== 'unit-code') {
      return [];
    }
    const { number, side } = chunk.token;
    const code = codeOf(number);
    const words = wordsOf(text, chunk);
    return code === null
      ? [{ kind: 'unmeasured-unit', number, words }]
      : [{ kind: 'unit', codes: [code], side, words }];
  });
  if (named.length > 0) {
    return named;
  }
  // A question mark would make the verifier's reader find no claim in it, and rightly.
  const plain = text.replaceAll('?', ' ');
  const read = readSentence(plain).readings.flatMap((reading): Topic[] => {
    if (reading.kind !== 'unit' || reading.codes.length === 0) {
      return [];
    }
    const words = plain.slice(reading.start, reading.end).trim();
    if (reading.codes.every((code) => code === 'AU45') && /blink/i.test(words)) {
      return [{ kind: 'blink', words }];
    }
    if (reading.region !== null) {
      return [{ kind: 'region', codes: reading.codes, words }];
    }
    return [{ kind: 'unit', codes: reading.codes, side: sideNear(chunks, reading.start, reading.end), words }];
  });
  if (read.length > 0) {
    return read;
  }
  return chunks.flatMap((chunk): Topic[] => {
    const sense = senseOf(chunk, 'units');
    return sense === null
      ? []
      : [
          {
            kind: 'unit',
            codes: sense.codes,
            side: sideNear(chunks, chunk.start, chunk.end),
            words: wordsOf(text, chunk),
          },
        ];
  });
};

const directTopics = (text: string, chunks: readonly Chunk[], chunk: Chunk, index: number): Topic[] => {
  const words = wordsOf(text, chunk);
  if (chunk.token.kind === 'quote') {
    return [{ kind: 'quote', words: chunk.token.quote }];
  }
  const affect = senseOf(chunk, 'affect');
  if (affect !== null) {
    return [{ kind: 'affect', dimension: affect.dimension, words }];
  }
  return voiceTopics(chunks, chunk, index, words);
};

const VOICE_NOUNS =
  /^(?:voice|vocal|vocally|tone|tone of voice|vocal tone|pitch|intonation|prosody|loudness|volume|melody|tempo|pace|speech rate|speaking rate|pitched|pauses?|pausing|tremor|jitter|shimmer)$/;

const voiceTopics = (chunks: readonly Chunk[], chunk: Chunk, index: number, words: string): Topic[] => {
  const topic = senseOf(chunk, 'voice-topic');
  const heard = chunks.some((each) => has(each, 'voice-topic') || has(each, 'speech-verb'));
  if (topic !== null && (VOICE_NOUNS.test(chunk.norm) || topic.family !== null)) {
    return [{ kind: 'voice', family: topic.family, sign: 0, words }];
  }
  const word = sensesOf(chunk, 'voice-word').find(({ family }) => family !== null);
  const besideFace = has(chunk, 'units') || has(chunk, 'level') || has(chunk, 'body') || has(chunk, 'action');
  if (heard && word !== undefined && !besideFace && index > 0) {
    return [{ kind: 'voice', family: word.family, sign: word.sign, words }];
  }
  return [];
};

/** Open-vocabulary words for the labels, that the lexicon of the verifier does not have. */
const NEAR_LABELS: ReadonlyMap<string, ExpressionLabel | CompoundLabel> = new Map([
  ...COMPOUND_LABELS.flatMap((label) => COMPOUND_WORDS[label].map((word): [string, CompoundLabel] => [word, label])),
  ...expressionLabel.options.flatMap((label) =>
    EXPRESSION_WORDS[label].words.flat().map((word): [string, ExpressionLabel] => [word, label]),
  ),
  ['happiest', 'happiness'], ['happier', 'happiness'], ['angriest', 'anger'], ['angrier', 'anger'], ['saddest', 'sadness'], ['sadder', 'sadness'], ['nervous', 'fear'], ['upset', 'sadness'], ['cross', 'anger'], ['frightening', 'fear'], ['positive', 'happiness'], ['smug', 'contempt'], ['neutral', 'neutral'], ['blank', 'neutral'],
  ['pissed', 'anger'], ['grossed', 'disgust'], ['grumpy', 'anger'], ['tearful', 'sadness'], ['crying', 'sadness'], ['down', 'sadness'], ['surprising', 'surprise'], ['fun', 'happiness'], ['frightful', 'fear'], ['enraged', 'anger'], ['joyous', 'happiness'],
]); // biome-ignore format: one table

const labelTopics = (text: string, chunks: readonly Chunk[]): Topic[] => {
  const found = chunks.flatMap((chunk): Topic[] => {
    const words = wordsOf(text, chunk);
    const compound = senseOf(chunk, 'compound');
    const label = COMPOUND_LABELS.find((each) => each === compound?.label);
    if (label !== undefined) {
      return [{ kind: 'label', label, words, exact: true }];
    }
    const single = senseOf(chunk, 'label');
    if (single !== null) {
      return [{ kind: 'label', label: single.label, words, exact: true }];
    }
    const near = chunk.token.kind === 'word' && !has(chunk, 'units') ? NEAR_LABELS.get(chunk.norm) : undefined;
    const directional = chunk.norm === 'down' || chunk.norm === 'cross';
    const said = !directional || /\b(?:feel|feels|feeling|look|looks|seem|seems)\s+(?:down|cross)\b/i.test(text);
    return near === undefined || !said
      ? []
      : [
          {
            kind: 'label',
            label: near,
            words,
            exact: near === chunk.norm || /^(?:happi|angri|sadd)e(?:r|st)$/.test(chunk.norm),
          },
        ];
  });
  if (found.length > 0) {
    return found;
  }
  const [feeling] = findEmotionWords(text).filter(({ word }) => !NO_FEELINGS.has(word) && !isOtherwise(chunks, word));
  return feeling === undefined ? [] : [{ kind: 'feeling', words: feeling.word }];
};

/** Listed as emotion words, but they ask for a reading instead of naming one. */
const NO_FEELINGS: ReadonlySet<string> = new Set([
  'feel', 'feels', 'feeling', 'feelings', 'felt', 'emotion', 'emotions', 'emotional', 'emotionally', 'mood', 'moods', 'kind', 'like', 'likes', 'mean', 'confident', 'confidence', 'interesting', 'interested', 'sure', 'certain', 'affect', 'expressive', 'doubt', 'love', 'hate', 'pain', 'trust', 'surprising', 'genuine', 'sincere', 'fake', 'honest',
]); // biome-ignore format: one table

/** The word names a movement, a voice or a look here. */
const isOtherwise = (chunks: readonly Chunk[], word: string): boolean =>
  chunks.some((chunk) => chunk.norm.split(' ').includes(word) && (has(chunk, 'units') || has(chunk, 'voice-word')));

const MOVES: ReadonlySet<string> = new Set([
  'nod',
  'nods',
  'nodded',
  'nodding',
  'tilt',
  'tilts',
  'tilted',
  'tilting',
  'shake',
  'shakes',
  'shook',
  'shaking',
]);

const headAndGaze = (text: string, chunks: readonly Chunk[], hasUnit: boolean): Topic[] => {
  const head = chunks.some((chunk) => /^heads?$/.test(chunk.norm));
  const voiced = chunks.some((chunk) => has(chunk, 'voice-topic') && VOICE_NOUNS.test(chunk.norm));
  const found: Topic[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const movement = senseOf(chunk, 'head-word')?.movement ?? null;
    if (movement !== null && !voiced && (head || MOVES.has(chunk.norm)) && !(hasUnit && !head)) {
      found.push({ kind: 'head', movement, words: wordsOf(text, chunk) });
    }
    const gazes =
      /^(?:gaze|gazes|gazing|glance|glances|glanced|glancing|eye contact|look away|looks away|looked away|looking away)$/.test(
        chunk.norm,
      );
    const direction =
      senseOf(chunks[index + 1], 'gaze-direction')?.direction ??
      senseOf(chunks[index + 2], 'gaze-direction')?.direction ??
      null;
    const looks = /^(?:look|looks|looked|looking)$/.test(chunk.norm);
    if (
      gazes ||
      (looks && (direction !== null || /\bwhere\b|\blook(?:s|ed|ing)? (?:at|into|towards?)\b|\bcamera\b/i.test(text)))
    ) {
      found.push({ kind: 'gaze', direction, words: wordsOf(text, chunk) });
    }
  }
  if (head && !found.some(({ kind }) => kind === 'head') && !hasUnit) {
    found.push({ kind: 'head', movement: null, words: 'head' });
  }
  return found;
};

const ALL_OF_IT: ReadonlySet<Body> = new Set(['face', 'head', 'upper-face', 'lower-face']);

const regionTopics = (text: string, chunks: readonly Chunk[], units: readonly Topic[]): Topic[] => {
  if (units.length > 0) {
    return [];
  }
  return chunks.flatMap((chunk): Topic[] => {
    const body = senseOf(chunk, 'body')?.body;
    const part = body !== undefined && (!ALL_OF_IT.has(body) || /upper|lower/.test(body)) ? body : null;
    return part === null ? [] : [{ kind: 'region', codes: UNITS_OF[part], words: wordsOf(text, chunk) }];
  });
};

const keyOf = (topic: Topic): string => {
  switch (topic.kind) {
    case 'unit':
    case 'region':
      return `${topic.kind} ${[...topic.codes].sort().join(' ')}`;
    case 'label':
      return `label ${topic.label}`;
    case 'voice':
      return `voice ${topic.family}`;
    case 'head':
    case 'gaze':
    case 'blink':
      return topic.kind;
    default:
      return `${topic.kind} ${topic.words}`;
  }
};

const unique = (topics: readonly Topic[]): Topic[] => {
  const seen = new Set<string>();
  return topics.filter((topic) => {
    const key = keyOf(topic);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
};
