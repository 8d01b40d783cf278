import { z } from 'zod';
import { clipFacts, modelReference, notMeasured, sampling, warning } from './clip.ts';
import { observation, subjectId } from './observation.ts';
import { milliseconds } from './time.ts';

export const subject = z.object({
  id: subjectId,
  firstMs: milliseconds,
  lastMs: milliseconds,
  frames: z.int().nonnegative().describe('Frames in which the face was measured'),
  speaks: z.boolean().nullable().describe('null where it was not measured'),
});
export type Subject = z.infer<typeof subject>;

/** The measurements of one clip as numbered observations. Same input, options and versions give the same bytes, `timings` apart. */
export const analysis = z.object({
  schema: z.literal('whyface/analysis@1'),
  id: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('First 16 hex digits of sha256(clip digest, options, versions)'),
  clip: clipFacts,
  subjects: z.array(subject),
  observations: z.array(observation),
  notMeasured: z.array(notMeasured),
  warnings: z.array(warning),
  models: z.array(modelReference),
  sampling,
  timings: z.record(z.string(), z.number()).describe('Milliseconds by stage; the only part that differs between runs'),
});
export type Analysis = z.infer<typeof analysis>;
