import type { D1Database, DurableObjectNamespace, ExecutionContext } from '@cloudflare/workers-types';
import { z } from 'zod';
import { purpose } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';

/** What `wrangler.toml` binds. */
export type Bindings = {
  DB: D1Database;
  RATE: DurableObjectNamespace;
};

export type EdgeContext = ExecutionContext;

/** Variables and secrets; settings of the language model are read by its own schema. */
const edgeSettings = z.object({
  WHYFACE_PURPOSE: purpose
    .exclude(['unspecified'])
    .describe('A server for others says what its readings are for (DESIGN §7.9)'),
  WHYFACE_REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(120),
  WHYFACE_IDLE_MINUTES: z.coerce.number().positive().default(60),
});
export type EdgeSettings = z.infer<typeof edgeSettings>;

/** @throws WhyfaceError `config-invalid` with all problems at once */
export const readEdgeSettings = (variables: Readonly<Record<string, unknown>>): EdgeSettings => {
  const result = edgeSettings.safeParse(variables);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new WhyfaceError({
    code: 'config-invalid',
    stage: 'config',
    message: `The Worker is not configured: ${problems.join('; ')}.`,
  });
};

/** The text variables among the bindings. */
export const variablesOf = (bindings: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(bindings).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
