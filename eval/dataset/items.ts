import { z } from 'zod';

const attempt = z.object({ label: z.string(), agrees: z.boolean(), how: z.enum(['reasoned', 'reconsidered']) });

/** What is kept of each labelled face: one line of `items.jsonl`, from which everything else is made. */
export const datasetItem = z.object({
  name: z.string(),
  key: z.string().describe('What makes this result still good: content, options and version'),
  humanLabel: z.string(),
  label: z.string().nullable(),
  identity: z.string().nullable(),
  split: z.enum(['train', 'validation', 'test']),
  status: z.enum(['accepted', 'rejected']),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  attempts: z.array(attempt),
  ranking: z.array(z.string()).describe('Expressions by score, the likeliest first'),
  observations: z.array(z.string()).describe('The emotion-free description'),
  units: z.array(z.object({ code: z.string(), left: z.number(), right: z.number(), both: z.number() })),
  chain: z.object({ keyObservations: z.string(), interpretation: z.string(), conclusion: z.string() }).nullable(),
  grounding: z.number().nullable(),
  provenance: z.object({
    analysisId: z.string().nullable(),
    reasoner: z.string(),
    model: z.string().nullable(),
    promptSha256: z.string().nullable(),
    models: z.array(z.object({ id: z.string(), version: z.string(), digest: z.string() })),
    version: z.string(),
  }),
});
export type DatasetItem = z.infer<typeof datasetItem>;
