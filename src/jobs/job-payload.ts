import { z } from 'zod';
import { analysisOptions } from '../contracts/index.ts';

/** `JobPayload`, as it is stored or crosses machines. */
export const jobPayload = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  source: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('clip'),
      clip: z.string(),
      transcript: z.object({ key: z.string(), name: z.string() }).nullable(),
    }),
    z.object({ kind: z.literal('percepts'), percepts: z.string() }),
    z.object({ kind: z.literal('analysis'), analysis: z.string() }),
  ]),
  options: analysisOptions,
});
