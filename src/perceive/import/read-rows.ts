import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import { importInvalid } from './import-invalid.ts';

export type Row = {
  /** The cells that were asked for, in that order; `undefined` where the table has no such column. */
  cells: ReadonlyArray<string | undefined>;
  /** Line of the file on which the row ends, from 1. */
  line: number;
};

/** `columns` picks, from the header, the columns to keep. */
export type ReadRows = {
  file: InputFile;
  delimiter: ',' | '\t';
  pick: (header: readonly string[]) => readonly string[];
  onRow: (row: Row) => void;
  signal?: AbortSignal | undefined;
};

/**
 * Reads a table row by row, so that hundreds of columns that nobody needs cost no memory.
 *
 * @throws WhyfaceError `input-invalid` naming the line for what is no table, `media-too-large`, `aborted`
 */
export const readRows = async ({ file, delimiter, pick, onRow, signal }: ReadRows): Promise<void> => {
  if (file.bytes > LIMITS.tableBytes) {
    throw tooLarge(`${file.name} is larger than ${LIMITS.tableBytes / 2 ** 20} MiB`);
  }
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    trim: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.tableRecordBytes,
  });
  const source = createReadStream(file.path, { signal });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let places: readonly number[] | null = null;
  let rows = 0;
  try {
    for await (const { record, info } of parser) {
      const cells: string[] = record;
      if (places === null) {
        places = placesOf(cells, pick, file.name);
        continue;
      }
      rows += 1;
      if (rows > LIMITS.tableRows) {
        throw tooLarge(`${file.name} has more than ${LIMITS.tableRows} rows`);
      }
      onRow({ cells: places.map((place) => cells[place]), line: info.lines });
    }
  } catch (thrown) {
    source.destroy();
    throw toWhyfaceError(rowError(thrown, file.name), 'input');
  }
  if (rows === 0) {
    throw importInvalid(`${file.name} has a header line, but no rows; name a table with at least one face.`);
  }
};

const placesOf = (header: readonly string[], pick: ReadRows['pick'], name: string): number[] => {
  const names = header.map((cell) => cell.trim());
  const twice = names.find((cell, index) => /^AU\d/.test(cell) && names.indexOf(cell) !== index);
  if (twice !== undefined) {
    throw importInvalid(`${name}, line 1: the column ${twice} is there twice; keep one of them.`, { line: 1 });
  }
  return pick(names).map((wanted) => names.indexOf(wanted));
};

const tooLarge = (what: string): WhyfaceError =>
  new WhyfaceError({ code: 'media-too-large', stage: 'input', message: `${what}; split it into several tables.` });

const rowError = (thrown: unknown, name: string): unknown => {
  if (!(thrown instanceof CsvError)) {
    return thrown;
  }
  const line = typeof thrown.lines === 'number' ? thrown.lines : null;
  const where = line === null ? name : `${name}, line ${line}`;
  const details = { ...(line === null ? {} : { line }), csv: thrown.code };
  switch (thrown.code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return importInvalid(
        `${where}: the row has more or fewer columns than the header; the file may be cut off.`,
        details,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return importInvalid(`${where}: the row is too long for a table of measurements.`, details);
    case 'CSV_QUOTE_NOT_CLOSED':
      return importInvalid(`${where}: a quotation mark is not closed; the file may be cut off.`, details);
    default:
      return importInvalid(`${where}: this is not a table whyface can read (${thrown.code}).`, details);
  }
};
