import { z } from 'zod';
import { milliseconds, timeRange } from './time.ts';

/** A column: one entry a step; `null` where the step has no value (no pitch in noise or silence). */
const column = z.array(z.number().nullable());

/**
 * What is measured of one utterance. Units and definitions are part of the name's meaning: docs/voice.md
 * holds them. `null`: too little voice to measure it.
 */
export const VOICE_FEATURE_NAMES = [
  'pitchMedian', 'pitchRange', 'pitchSlope', 'pitchFinal', 'pitchMovement', 'loudness', 'loudnessRange', 'spectralTilt', 'highEnergy',
  'rate', 'pauseShare', 'longestPause', 'jitter', 'shimmer', 'harmonicity', 'breaks', 'creak', 'tremor',
] as const; // biome-ignore format: one table
export const voiceFeatureName = z.enum(VOICE_FEATURE_NAMES);
export type VoiceFeatureName = z.infer<typeof voiceFeatureName>;

/** One stretch of speech between two pauses, with what was measured of the voice in it. */
export const utterancePercepts = z.object({
  startMs: milliseconds,
  endMs: milliseconds,
  voicedMs: milliseconds.describe('Of it, the time in which there is a pitch'),
  features: z.record(voiceFeatureName, z.number().nullable()),
});
export type UtterancePercepts = z.infer<typeof utterancePercepts>;

/** A short sound that is voice but not speech, by its rhythm and colour alone. */
export const vocalBurst = timeRange.extend({
  kind: z.enum(['laughter-like', 'sigh-like']),
  confidence: z.number().min(0).max(1),
});
export type VocalBurst = z.infer<typeof vocalBurst>;

const score = z.number().min(-1).max(1);

/** What a speech-emotion model makes of one stretch of speech, −1 to 1 each. */
export const vocalAffect = timeRange.extend({
  arousal: score,
  valence: score.describe('Worth little from a voice alone'),
  dominance: score.nullable().describe('Worth little from a voice alone; null where the model gives none'),
});
export type VocalAffect = z.infer<typeof vocalAffect>;

/** How well the sound can be read. Levels are decibels relative to full scale (dBFS). */
export const soundQuality = z.object({
  channels: z.int().positive().describe('Of the file; everything is measured on the mean of those that hold sound'),
  sampleRate: z.int().positive().describe('Of the file, Hz; everything is measured at 16 000'),
  noiseLevel: z.number().nullable().describe('Level of the background, dBFS; null in digital silence'),
  speechToNoise: z.number().nullable().describe('Level of the speech over the background, dB; null without speech'),
  bandwidth: z.number().nullable().describe('Frequency below which 99.9 % of the energy lies, Hz'),
  clippedShare: z.number().min(0).max(1).describe('Share of the speech frames with clipped peaks'),
  silentShare: z.number().min(0).max(1).describe('Share of the time at digital silence (below −80 dBFS)'),
  unvoicedShare: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Share of the speech without a pitch; high in whispering'),
  unclearShare: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .optional()
    .describe('Share of the loud, voice-like time without one clear pitch; high where voices overlap'),
  heldShare: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .optional()
    .describe('Share of the voiced time in which the pitch stays on a note; high in singing'),
  deadChannels: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Channels that are silent while others are not; null: not measured'),
});
export type SoundQuality = z.infer<typeof soundQuality>;

/** The sound of a clip: columns of equal length, one entry a step, and what they add up to. */
export const voicePercepts = z.object({
  stepMs: z.number().positive().describe('Distance of two entries'),
  t: z.array(milliseconds).describe('Milliseconds, middle of each step, rising'),
  pitch: column.describe('Fundamental frequency, Hz; null where unvoiced'),
  loudness: column.describe('Level, dBFS after a 60 Hz high-pass; null in digital silence'),
  voicing: column.describe('Clarity of the pitch, 0–1 (normalised square difference, McLeod & Wyvill 2005)'),
  speech: column.describe('Probability that somebody speaks, 0–1'),
  detector: z.string().describe('What told speech from the rest: voice-activity (no weights) or a graph'),
  segments: z.array(timeRange).describe('Where somebody speaks'),
  utterances: z.array(utterancePercepts).describe('Stretches of speech between pauses'),
  bursts: z.array(vocalBurst),
  affect: z
    .object({ model: z.string().describe('Repository of the model'), stretches: z.array(vocalAffect) })
    .optional()
    .describe('Left out without such a model (WHYFACE_VOICE_MODEL)'),
  quality: soundQuality,
});
export type VoicePercepts = z.infer<typeof voicePercepts>;
