import type { z } from 'zod';
import { apiError } from '../../../contracts/index.ts';

/** A JSON answer of the OpenAPI document. */
export const jsonAnswer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** Every route may answer with an error. */
export const failures = {
  '4XX': jsonAnswer(apiError, 'The request cannot be met; `error.code` says why'),
  '5XX': jsonAnswer(apiError, 'The service failed'),
} as const;
