import type { z } from 'zod';
import { WhyfaceError } from '../kit/error.ts';

/**
 * JSON that this or an earlier version stored, read by its schema.
 *
 * @throws WhyfaceError `store-damaged` naming what could not be read
 */
export const storedJson = <Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new WhyfaceError({
      code: 'store-damaged',
      stage: 'jobs',
      message: `What is stored of ${what} cannot be read; delete it and analyse the clip again.`,
      cause,
    });
  }
};
