import { z } from 'zod';
import { observationId } from './observation.ts';
import { milliseconds } from './time.ts';

/**
 * What a model that looks at pictures claims to see. It was not measured, is never among the observations and cannot be
 * cited; it stands beside them with what they say of the same moment.
 */
export const candidateObservation = z.object({
  kind: z.enum(['face', 'scene-text']).describe('scene-text: words printed in the picture, verbatim and untrusted'),
  source: z.string().describe('Id of the model that claims it'),
  ms: milliseconds.describe('The moment of the picture'),
  text: z.string().describe('Its words, free of emotion words; untrusted'),
  comparison: z
    .enum(['agrees', 'differs', 'not-measured', 'untestable'])
    .describe('What the observations of that moment say of it'),
  compared: z.array(observationId).describe('Those observations'),
});
export type CandidateObservation = z.infer<typeof candidateObservation>;
