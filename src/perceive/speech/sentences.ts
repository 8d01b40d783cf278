import type { RecognisedCue } from './recogniser.ts';

/** Text as transformers.js gives it; times in seconds. */
export type TimedText = {
  text: string;
  chunks?: ReadonlyArray<{ text: string; timestamp: readonly [number | null, number | null] }> | undefined;
};

/** The last word of a stretch is given an end of 0, or none: as long as a long word lasts, and no longer than the sound. */
const LAST_WORD_MS = 600;

/**
 * Words joined to sentences, or sentences as they are; the text alone spans the stretch.
 *
 * @param words whether the chunks are words
 */
export const sentencesOf = ({ text, chunks = [] }: TimedText, durationMs: number, words = true): RecognisedCue[] => {
  const parts = chunks.flatMap(({ text: part, timestamp: [start, end] }, index) => {
    if (start === null) {
      return [];
    }
    const startMs = Math.min(durationMs, start * 1000);
    const next = chunks[index + 1]?.timestamp[0] ?? null;
    const fallback = next !== null && next >= start ? next * 1000 : words ? startMs + LAST_WORD_MS : durationMs;
    const endMs = end === null || end < start ? fallback : end * 1000;
    return [{ text: part, startMs, endMs: Math.max(startMs, Math.min(durationMs, endMs)), confidence: null }];
  });
  if (parts.length === 0) {
    return text.trim() === '' ? [] : [{ startMs: 0, endMs: durationMs, text, speaker: null, words: [] }];
  }
  if (!words) {
    return parts.map(({ startMs, endMs, text: sentence }) => ({
      startMs,
      endMs,
      text: sentence,
      speaker: null,
      words: [],
    }));
  }
  const sentences: (typeof parts)[] = [[]];
  for (const word of parts) {
    sentences.at(-1)?.push(word);
    if (/[.!?…。！？]["'”’)]*\s*$/u.test(word.text)) {
      sentences.push([]);
    }
  }
  return sentences.flatMap((sentence): RecognisedCue[] => {
    const [first, last] = [sentence[0], sentence.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [
          {
            startMs: first.startMs,
            endMs: Math.max(first.startMs, last.endMs),
            text: sentence.map((word) => word.text).join(''),
            speaker: null,
            words: sentence,
          },
        ];
  });
};
