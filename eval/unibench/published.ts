import { z } from 'zod';
import { jsonOf, readInput } from '../readers/input-file.ts';

/** A published table: numbers by row and column, in percent or points as printed. */
export type PublishedTable = {
  columns: readonly string[];
  rows: ReadonlyMap<string, readonly number[]>;
  source: string;
};

const table = z.object({
  columns: z.array(z.string()),
  rows: z.record(z.string(), z.array(z.number())),
  source: z.string().optional(),
});

export const readPublishedTable = async (path: string): Promise<PublishedTable> => {
  const { columns, rows, source } = table.parse(jsonOf(await readInput(path)));
  return { columns, rows: new Map(Object.entries(rows)), source: source ?? '' };
};

/** One number of a table; `null` where it has no such row or column. */
export const publishedAt = ({ columns, rows }: PublishedTable, row: string, column: string): number | null =>
  rows.get(row)?.[columns.indexOf(column)] ?? null;
