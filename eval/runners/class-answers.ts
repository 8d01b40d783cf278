import { explainRecord } from '../../src/contracts/index.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { readInput, stem } from '../readers/input-file.ts';
import { ID_COLUMNS, type Row, rowsOf, textAt } from '../readers/rows.ts';
import { className } from './class-name.ts';
import { summaryOfRecord } from './record-summary.ts';

type Table = { rows: Map<string, Row>; problems: Problem[]; source: { path: string; sha256: string } };

/** The rows of a table or of explanation records, by clip; the last row of a clip counts. */
export const tableOf = async (path: string): Promise<Table> => {
  const input = await readInput(path);
  const { rows, malformed } = rowsOf(input);
  const byClip = new Map<string, Row>();
  const [odd, twice]: [string[], string[]] = [[], []];
  for (const [index, raw] of rows.entries()) {
    const record = explainRecord.safeParse(raw);
    const row = record.success ? summaryOfRecord(record.data) : raw;
    const named = textAt(row, ID_COLUMNS);
    if (named === null) {
      odd.push(`row ${index + 1}`);
      continue;
    }
    const clip = stem(named);
    if (byClip.has(clip)) {
      twice.push(clip);
    }
    byClip.set(clip, row);
  }
  return {
    rows: byClip,
    source: { path, sha256: input.sha256 },
    problems: problemsOf([
      problemOf('malformed-row', input.name, [...malformed, ...odd], 'Rows without a clip are left out.'),
      problemOf('duplicate-id', input.name, twice, 'The last row of a clip counts.'),
    ]),
  };
};

/** A finite number in a column, or `null`. */
export const numberAt = (row: Row, column: string): number | null => {
  const value = row[column];
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
};

/** Columns `expression_anger` … or `p_anger` … as class probabilities. */
export const probabilitiesOf = (row: Row): Record<string, number> | null => {
  const entries = Object.keys(row).flatMap((column): Array<[string, number]> => {
    const name = /^(?:expression|p|prob)_(.+)$/.exec(column)?.[1];
    const value = numberAt(row, column);
    return name === undefined || value === null ? [] : [[className(name), value]];
  });
  return entries.length < 2 ? null : Object.fromEntries(entries);
};
