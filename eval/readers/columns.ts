/** By which columns tables name clips and answers. No node imports: the page reads the same files. */

/** One row of a table: plain values by column. */
export type Row = Readonly<Record<string, unknown>>;

export const ID_COLUMNS = ['name', 'names', 'id', 'clip', 'video', 'video_id', 'sample', 'sample_id', 'filename', 'file_name', 'file', 'input', 'image'] as const; // biome-ignore format: one list

/** Columns that may hold the answer, in the order they are looked for. */
export const ANSWER_COLUMNS = [
  'openset', 'labels', 'label_list', 'prediction', 'predictions', 'pred', 'answer', 'response', 'output', 'emotions', 'emotion', 'label', 'sentiment',
  'explanation', 'description', 'reason', 'reasons', 'chi_reasons', 'english', 'text',
] as const; // biome-ignore format: one list

/** The first of these columns that a row has, as text; lists are written `[a, b]`. `null` where it has none. */
export const textAt = (row: Row, columns: readonly string[]): string | null => {
  for (const column of columns) {
    const value = row[column];
    if (typeof value === 'string') {
      return value;
    }
    if (typeof value === 'number' || typeof value === 'boolean') {
      return String(value);
    }
    if (Array.isArray(value)) {
      return `[${value.map(String).join(', ')}]`;
    }
  }
  return null;
};
