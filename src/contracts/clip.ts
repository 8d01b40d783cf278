import { z } from 'zod';
import { milliseconds } from './time.ts';

export const clipKind = z.enum(['image', 'video', 'audio', 'percepts']);
export type ClipKind = z.infer<typeof clipKind>;

/** What the container says of the media. `null` where the kind has no such thing. */
export const clipFacts = z.object({
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('sha256 of the file, hex'),
  kind: clipKind,
  durationMs: milliseconds.describe('0 for an image'),
  width: z.int().positive().nullable().describe('Pixels, upright'),
  height: z.int().positive().nullable().describe('Pixels, upright'),
  fps: z.number().positive().nullable().describe('Mean frames a second of the stream'),
  hasAudio: z.boolean(),
  hasSpeech: z.boolean().nullable().describe('null where it was not measured'),
});
export type ClipFacts = z.infer<typeof clipFacts>;

export { isTimeless } from './timeless.ts';

/** A model that had a part in the result. */
export const modelReference = z.object({
  id: z.string(),
  version: z.string(),
  digest: z.string().describe('sha256 of the model file as run, hex; empty where others ran it'),
});
export type ModelReference = z.infer<typeof modelReference>;

export const sampling = z.object({
  fps: z.number().nonnegative().describe('Analysed frames a second; 0 for an image'),
  frames: z.int().nonnegative().describe('Frames analysed'),
});
export type Sampling = z.infer<typeof sampling>;

/** Something whyface could not measure, and why; the reader must not take it for an absence. */
export const notMeasured = z.object({ what: z.string(), why: z.string() });
export type NotMeasured = z.infer<typeof notMeasured>;

export const warning = z.object({ code: z.string(), message: z.string().describe('One sentence for a person') });
export type Warning = z.infer<typeof warning>;
