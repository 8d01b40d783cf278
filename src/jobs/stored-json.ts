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

/**
 * As `storedJson`, remembering the last few: results are read far more often than written, and parsing one takes
 * milliseconds. The text itself is the key, so what is remembered is never out of date; `forget` after a deletion.
 */
export const createJsonMemory = <Schema extends z.ZodType>(
  schema: Schema,
  size: number,
): { read: (text: string, what: string) => z.output<Schema>; forget: () => void } => {
  const known = new Map<string, z.output<Schema>>();
  return {
    read: (text, what) => {
      const found = known.get(text);
      const value = found ?? storedJson(schema, text, what);
      known.delete(text);
      known.set(text, value);
      const [oldest] = known.keys();
      if (known.size > size && oldest !== undefined) {
        known.delete(oldest);
      }
      return value;
    },
    forget: () => known.clear(),
  };
};
