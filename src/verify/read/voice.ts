import type { VoiceFamily } from '../lexicon/sense.ts';
import { type Chunk, has, isDeterminer, isNorm, type SenseOf, sensesOf } from './chunk.ts';
import { isCoordinator } from './grammar.ts';
import type { VoiceMeaning, VoiceReading } from './reading.ts';

type Part = Omit<VoiceReading, 'times' | 'micro' | 'person' | 'levels' | 'sides'>;
export type Voice = { readings: Part[]; consumed: ReadonlySet<number> };

/** Words that are about pauses only where pauses are named: "long", "rare". */
const OF_PAUSES = /^(?:long|longer|short|shorter|rare|frequent)$/;

/** What a tone word may mean: of the property that is named, or else of any that it fits; "raised" alone of pitch or loudness. */
const meaningsOf = (words: readonly SenseOf<'voice-word'>[], named: VoiceFamily | null): VoiceMeaning[] => {
  const own = words.flatMap(({ family, sign }) => (family === null ? [] : [{ family, sign }]));
  const plain = words.filter((word) => word.family === null);
  if (named !== null) {
    const fitting = own.filter(({ family }) => family === named);
    const general = plain.map(({ sign }) => ({ family: named, sign }));
    return fitting.length > 0 ? fitting : general.length > 0 ? general : own;
  }
  return [
    ...own,
    ...plain.flatMap(({ sign }): VoiceMeaning[] => [
      { family: 'pitch', sign },
      { family: 'loudness', sign },
    ]),
  ];
};

const COMPARES = /^(?:above|below|over|under|from|to|as|beyond|against|of|for)$|than$/;

const before = (chunks: readonly Chunk[], at: number): Chunk | undefined =>
  isDeterminer(chunks[at - 1]) ? chunks[at - 2] : chunks[at - 1];

/** Part of the face named between the voice and the word takes the word for itself. */
const isTaken = (chunks: readonly Chunk[], topic: number, word: number): boolean =>
  chunks
    .slice(Math.min(topic, word) + 1, Math.max(topic, word))
    .some((each) => has(each, 'body') || has(each, 'units') || each.token.kind === 'unit-code');

const denials = (chunks: readonly Chunk[], word: number): number =>
  chunks.filter(
    (each, index) =>
      has(each, 'negator') &&
      // "neither … nor a loud voice": one denial in two words.
      !(isNorm(each, 'nor') && chunks.slice(0, index).some((earlier) => isNorm(earlier, 'neither'))) &&
      index < word &&
      word - index <= 6 &&
      !chunks.slice(index + 1, word).some((between) => isNorm(between, 'but')),
  ).length;

/**
 * What a clause says of the voice: each tone word with the property of the voice that it is about, its own ("shaky") or
 * the one that is named ("the *pitch* rises").
 */
export const readVoice = (chunks: readonly Chunk[], carried: boolean): Voice => {
  const named = chunks.flatMap((each, index) =>
    sensesOf(each, 'voice-topic').map((sense) => ({ index, family: sense.family })),
  );
  const topics = named.length === 0 && carried && isOfVoice(chunks) ? [{ index: 0, family: null }] : named;
  if (topics.length === 0) {
    return { readings: [], consumed: new Set() };
  }
  const consumed = new Set(topics.map((topic) => topic.index));
  const readings: Part[] = [];
  for (const [index, each] of chunks.entries()) {
    const words = sensesOf(each, 'voice-word');
    const near = topics.filter((topic) => !isTaken(chunks, topic.index, index));
    const pauses = topics.some((topic) => topic.family === 'pauses');
    if (
      words.length === 0 ||
      (OF_PAUSES.test(each.norm) && !pauses) ||
      (isNorm(each, 'level') && has(chunks[index - 1], 'voice-word')) ||
      near.length === 0 ||
      // "… with strongly lowered brows": of the part that follows.
      (words.every((word) => word.family === null) &&
        (has(chunks[index + 1], 'body') || has(chunks[index + 1], 'units'))) ||
      // "haltingly slow": how slow, and no claim of its own.
      (each.norm.endsWith('ly') && has(chunks[index + 1], 'voice-word')) ||
      (has(each, 'gaze-direction') && chunks.some((other) => has(other, 'gaze-word'))) ||
      (consumed.has(index) && words.every((word) => word.family === null))
    ) {
      continue;
    }
    const family = nearestFamily(near, index, chunks);
    // "his voice is slow, low and without melody": "low" may be said of the voice, too.
    const ofVoice = family !== null && topics.some((topic) => topic.family === null && topic.index < index);
    const meanings = [...meaningsOf(words, family), ...(ofVoice ? meaningsOf(words, null) : [])];
    // "higher than her *usual* pitch": what it is compared with.
    const compared =
      words.some((word) => word.sign === 0) &&
      (COMPARES.test(before(chunks, index)?.norm ?? '') ||
        chunks
          .slice(Math.max(0, index - 5), index)
          .some((near) => /than$|^(?:well )?(?:below|above)$|^compared/.test(near.norm)));
    // "the pitch goes up at the end".
    if (
      words.some((word) => word.family === null) &&
      chunks.some((other) => isNorm(other, 'end', 'ends', 'at the end', 'ending', 'finally'))
    ) {
      meanings.push(...words.map(({ sign }) => ({ family: 'final' as const, sign })));
    }
    if (meanings.length === 0 || compared) {
      continue;
    }
    const first = Math.min(index, near[0]?.index ?? index);
    const last = Math.max(index, near[0]?.index ?? index);
    consumed.add(index);
    readings.push({
      kind: 'voice',
      meanings,
      word: each.norm,
      polarity: denials(chunks, index) % 2 === 1 ? 'absent' : 'present',
      start: chunks[first]?.start ?? 0,
      end: chunks[last]?.end ?? 0,
    });
  }
  for (const [index, each] of chunks.entries()) {
    if (has(each, 'negator') && readings.some((reading) => reading.polarity === 'absent')) {
      consumed.add(index);
    }
  }
  return { readings, consumed };
};

/** "…, comes out quickly": goes on about the words before it. Words that suit a face as well do not count. */
const isOfVoice = (chunks: readonly Chunk[]): boolean =>
  !chunks.some(
    (each) =>
      has(each, 'body') ||
      has(each, 'units') ||
      has(each, 'gaze-word') ||
      has(each, 'label') ||
      each.token.kind === 'unit-code',
  ) &&
  chunks.some((each) =>
    sensesOf(each, 'voice-word').some(
      ({ family }) => family === 'rate' || family === 'loudness' || family === 'variation',
    ),
  );

/** The named property closest to the word, not across an "and": "pitch high and volume low". */
const nearestFamily = (
  topics: readonly { index: number; family: VoiceFamily | null }[],
  at: number,
  chunks: readonly Chunk[],
): VoiceFamily | null => {
  const named = topics
    .filter((topic) => topic.family !== null)
    .sort((one, other) => distance(chunks, one.index, at) - distance(chunks, other.index, at));
  return named[0]?.family ?? null;
};

const distance = (chunks: readonly Chunk[], one: number, other: number): number =>
  Math.abs(one - other) + (chunks.slice(Math.min(one, other), Math.max(one, other)).some(isCoordinator) ? 5 : 0);
