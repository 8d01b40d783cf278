import { z } from 'zod';
import { subjectId } from './observation.ts';
import { milliseconds } from './time.ts';

/** Purposes a caller may state. Workplace and education refuse emotion inference (EU AI Act Art. 5(1)(f)). */
export const purpose = z.enum([
  'unspecified',
  'research',
  'media-analysis',
  'workplace',
  'education',
  'medical-or-safety',
]);
export type Purpose = z.infer<typeof purpose>;

/** What changes the measurements; part of `analysis.id`. Defaults are here and nowhere else. */
export const observeOptions = z.object({
  fps: z
    .union([z.number().positive().max(30), z.literal('all')])
    .default('all')
    .describe('Analysed frames a second; all: every frame up to 30'),
  purpose: purpose.default('unspecified'),
  landmarks: z.boolean().optional().describe('Whether percepts carry the points of each face, to draw a mesh from'),
});
export type ObserveOptions = z.infer<typeof observeOptions>;

/** What changes the explanation of an analysis. */
export const explainOptions = z.object({
  reasoner: z.enum(['facs', 'llm', 'clip', 'vlm', 'ensemble']).default('facs'),
  subject: z.union([subjectId, z.literal('all')]).default('all'),
  fromMs: milliseconds.optional(),
  toMs: milliseconds.optional(),
  language: z.string().default('en').describe('BCP 47; anything but English needs a reasoner that can translate'),
  question: z.string().max(2000).optional().describe('What the viewer wants to know; chooses what to dwell on'),
  samples: z.int().min(1).max(16).default(1).describe('How many answers a language model gives, to be compared'),
  strategy: z.enum(['single', 'two-stage']).default('two-stage').describe('How a language model is asked'),
  fallback: z
    .boolean()
    .default(true)
    .describe('Whether the FACS reasoner may stand in, labelled, for one that is not available or answers unusably'),
  allowRemoteFrames: z
    .boolean()
    .default(false)
    .describe('Whether stills of the face may be sent to a picture model on another machine'),
  purpose: purpose.default('unspecified'),
});
export type ExplainOptions = z.infer<typeof explainOptions>;
