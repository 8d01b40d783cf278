import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { invalidInput } from '../invalid-input.ts';
import type { Row } from './columns.ts';
import { type InputBytes, jsonOf, textOf } from './input-file.ts';

export { ID_COLUMNS, type Row, textAt } from './columns.ts';

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The rows of a CSV, TSV, JSON (array of objects) or JSONL file. Lines of JSONL that are no objects are counted in
 * `malformed`, as is nothing else: a broken CSV or JSON file is refused.
 */
export const rowsOf = (input: InputBytes): { rows: Row[]; malformed: string[] } => {
  const extension = extname(input.name).toLowerCase();
  if (extension === '.jsonl' || extension === '.ndjson') {
    return linesOf(textOf(input));
  }
  if (extension === '.json') {
    const value = jsonOf(input);
    if (!Array.isArray(value)) {
      throw invalidInput(`${input.name} is not a list of rows.`);
    }
    return {
      rows: value.filter(isRow),
      malformed: value.filter((row) => !isRow(row)).map((row) => JSON.stringify(row)),
    };
  }
  try {
    const rows: unknown = parse(textOf(input), {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: extension === '.tsv' ? '\t' : ',',
    });
    return { rows: Array.isArray(rows) ? rows.filter(isRow) : [], malformed: [] };
  } catch (thrown) {
    throw invalidInput(`${input.name} is not a CSV table: ${thrown instanceof Error ? thrown.message : ''}`, thrown);
  }
};

const linesOf = (text: string): { rows: Row[]; malformed: string[] } => {
  const [rows, malformed]: [Row[], string[]] = [[], []];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') {
      continue;
    }
    const value = parsed(line);
    if (isRow(value)) {
      rows.push(value);
    } else {
      malformed.push(`line ${index + 1}`);
    }
  }
  return { rows, malformed };
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};
