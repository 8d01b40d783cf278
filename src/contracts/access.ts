import { z } from 'zod';
import { purpose } from './options.ts';

/** What a key may do. `read`: see results; `analyse`: also make and delete them; `admin`: also those of other keys. */
export const accessScope = z.enum(['read', 'analyse', 'admin']);
export type AccessScope = z.infer<typeof accessScope>;

/** What is stored of an API key; the key itself is shown once, when it is made. */
export const apiKeyFacts = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe('Public part of the key; stands in the audit log'),
  name: z.string().min(1).max(80),
  scopes: z.array(accessScope).min(1),
  purpose: purpose.nullable().describe('Every request of this key has this purpose; null: that of the server'),
  concurrency: z.int().positive().nullable().describe('Analyses at once; null: that of the server'),
  requestsPerMinute: z.int().positive().nullable().describe('null: that of the server'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});
export type ApiKeyFacts = z.infer<typeof apiKeyFacts>;

/** Who asks, as every handler knows them. Results belong to the client that made them. */
export const client = z.object({
  id: z.string().describe('Id of the API key; "local" where no key is asked for'),
  scopes: z.array(accessScope),
  purpose: purpose.describe('The one that applies to what this client asks for'),
});
export type Client = z.infer<typeof client>;
