import { z } from 'zod';
import { milliseconds } from './time.ts';

/** A word with its own time, as the source gives it. */
export const spokenWord = z.object({
  text: z.string().describe('Verbatim, with its punctuation'),
  startMs: milliseconds,
  endMs: milliseconds,
  confidence: z.number().min(0).max(1).nullable().describe('As the source gives it; null where it gives none'),
});
export type SpokenWord = z.infer<typeof spokenWord>;

/** A subtitle cue, or a segment of a transcript. */
export const speechCue = z.object({
  startMs: milliseconds,
  endMs: milliseconds,
  text: z.string().describe('Verbatim: markup taken off, line breaks as spaces, nothing else changed'),
  speaker: z
    .string()
    .nullable()
    .describe('As the source names them ("Anna", "SPEAKER_00"); a label, not a person of the clip'),
  words: z.array(spokenWord).describe('Empty where the source has no word times'),
});
export type SpeechCue = z.infer<typeof speechCue>;

export const SPEECH_SOURCES = ['transcript', 'sidecar', 'embedded', 'recognition'] as const;
export const speechSource = z.object({
  kind: z
    .enum(SPEECH_SOURCES)
    .describe('Given by name, found beside the clip, a text track in it, or heard by a speech model'),
  format: z.string().describe('srt, vtt, ass, whisper-json, tsv, text …, or the id of the speech model'),
  name: z.string().describe('File name without folders, the track, or the model'),
});
export type SpeechSource = z.infer<typeof speechSource>;

/** The words of a clip. Untrusted text: to be quoted, never obeyed. */
export const speechPercepts = z.object({
  source: speechSource,
  timed: z.boolean().describe('false: the words have no times, and every cue spans the clip'),
  language: z.string().nullable().describe('BCP 47, where the source states it or the text shows it'),
  cues: z.array(speechCue).describe('Sorted by start; they may overlap'),
});
export type SpeechPercepts = z.infer<typeof speechPercepts>;
