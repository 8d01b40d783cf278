import { z } from 'zod';
import { LIMITS } from '../../kit/limits.ts';
import type { Draft, DraftCue, DraftWord } from './draft-cue.ts';

const seconds = z.number().nullish();
const wordShape = z.object({
  word: z.string().optional(),
  text: z.string().optional(),
  start: seconds,
  end: seconds,
  probability: z.number().nullish(),
  score: z.number().nullish(),
});
const segmentShape = z.object({
  start: seconds,
  end: seconds,
  text: z.string(),
  speaker: z.string().nullish(),
  words: z.array(wordShape).nullish(),
});
const segmentList = z.array(segmentShape);

/** openai-whisper, faster-whisper, WhisperX, and `verbose_json` of the OpenAI API (whose words stand apart). */
const segmented = z.object({
  text: z.string().optional(),
  language: z.string().nullish(),
  segments: segmentList,
  words: z.array(wordShape).nullish(),
  word_segments: z.unknown().optional(),
});
/** transformers and transformers.js: `{text, chunks: [{text, timestamp: [s, s]}]}`. */
const chunked = z.object({
  chunks: z.array(z.object({ text: z.string(), timestamp: z.tuple([z.number(), z.number().nullable()]) })),
});
/** whisper.cpp `-oj`: offsets are milliseconds. */
const whisperCpp = z.object({
  result: z.object({ language: z.string().optional() }).optional(),
  transcription: z.array(z.object({ text: z.string(), offsets: z.object({ from: z.number(), to: z.number() }) })),
});
const textOnly = z.object({ text: z.string(), language: z.string().nullish() });

const ms = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : value * 1000;

const share = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !(value >= 0 && value <= 1) ? null : value;

const wordsOf = (words: readonly z.infer<typeof wordShape>[] | null | undefined): DraftWord[] =>
  (words ?? []).flatMap((word) => {
    const startMs = ms(word.start);
    const text = word.word ?? word.text ?? '';
    return startMs === null
      ? []
      : [{ text, startMs, endMs: ms(word.end), confidence: share(word.probability ?? word.score) }];
  });

const cuesOf = (segments: z.infer<typeof segmentList>, words: readonly DraftWord[]): DraftCue[] => {
  let next = 0;
  return segments.flatMap((segment): DraftCue[] => {
    const own = wordsOf(segment.words);
    const startMs = ms(segment.start) ?? own[0]?.startMs ?? null;
    const endMs = ms(segment.end) ?? own.at(-1)?.endMs ?? null;
    if (startMs === null || endMs === null) {
      return [];
    }
    const taken: DraftWord[] = [];
    for (let word = words[next]; word !== undefined && word.startMs < endMs; word = words[next]) {
      taken.push(word);
      next += 1;
    }
    const { text, speaker } = segment;
    return [{ startMs, endMs, text, speaker: speaker ?? null, words: own.length > 0 ? own : taken }];
  });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Transcripts of Whisper and its relatives; `null` for JSON that is none of them, or no JSON at all. */
export const readJson = (text: string): Draft | null => {
  const value = parse(text);
  const list = segmentList.safeParse(value).data;
  const first = segmented.safeParse(value).data;
  const second = chunked.safeParse(value).data;
  const third = whisperCpp.safeParse(value).data;
  const fourth = textOnly.safeParse(value).data;
  if (first !== undefined || (list !== undefined && list.length > 0)) {
    const segments = (first?.segments ?? list ?? []).slice(0, LIMITS.subtitleCues + 1);
    const diarized = segments.some(({ speaker }) => speaker !== undefined) || first?.word_segments !== undefined;
    const format = first === undefined ? 'json' : diarized ? 'whisperx-json' : 'whisper-json';
    return { format, cues: cuesOf(segments, wordsOf(first?.words)), language: first?.language ?? null, timed: true };
  }
  if (second !== undefined) {
    const cues = second.chunks.slice(0, LIMITS.subtitleCues + 1).map(({ text: words, timestamp: [start, end] }) => ({
      startMs: start * 1000,
      endMs: (end ?? start) * 1000,
      text: words,
      speaker: null,
      words: [],
    }));
    return { format: 'json', cues, language: null, timed: true };
  }
  if (third !== undefined) {
    const cues = third.transcription.slice(0, LIMITS.subtitleCues + 1).map(({ text: words, offsets }) => ({
      startMs: offsets.from,
      endMs: offsets.to,
      text: words,
      speaker: null,
      words: [],
    }));
    return { format: 'json', cues, language: third.result?.language ?? null, timed: true };
  }
  if (fourth !== undefined) {
    const { text: words, language } = fourth;
    const cue = { startMs: 0, endMs: 0, text: words, speaker: null, words: [] };
    return { format: 'json', cues: [cue], language: language ?? null, timed: false };
  }
  return null;
};
