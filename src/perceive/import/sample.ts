import { importInvalid } from './import-invalid.ts';
import type { Row } from './read-rows.ts';
import type { TableLayout } from './table-layout.ts';

/** One face in one frame, as the table gives it. */
export type Sample = {
  /** Value of the `input` column; empty where there is none. */
  part: string;
  frame: number;
  /** From the start of the clip; `NaN` where the table does not say. */
  seconds: number;
  /** py-feat's clock, in whole seconds; `NaN` where there is none. */
  clock: number;
  /** What the table calls this face; `null` where it does not. */
  face: string | null;
  line: number;
  /** One for each field of the layout, in our scales; `NaN` where the cell is empty. `null`: no face in this frame. */
  values: Float32Array | null;
  /** Of the 68 points, where the layout asks for one. */
  box: { x: number; y: number; width: number; height: number } | null;
};

/** What empty means in these tables (pandas writes `nan`, R writes `NA`). */
const EMPTY = new Set(['', 'nan', 'na', 'n/a', 'null', 'none', '-nan', '-nan(ind)']);

/** The columns of a sample in the order in which `sampleOf` expects their cells. */
export const sampleColumns = ({ fields, columns, points }: TableLayout): string[] => [
  ...fields.map(({ column }) => column),
  ...[columns.input, columns.frame, columns.seconds, columns.clock, columns.face, columns.success].map(
    (column) => column ?? '',
  ),
  ...points.flat(),
];

/** @throws WhyfaceError `input-invalid` naming line and column of a cell that is no number */
export const sampleOf = (row: Row, layout: TableLayout, name: string, previousFrame: number | null): Sample => {
  const { fields, columns, points } = layout;
  const number = (place: number, column: string): number => {
    const text = row.cells[place]?.trim() ?? '';
    if (EMPTY.has(text.toLowerCase())) {
      return Number.NaN;
    }
    const value = Number(text);
    if (!Number.isFinite(value)) {
      throw importInvalid(
        `${name}, line ${row.line}, column ${column}: "${printable(text)}" is not a number; leave the cell empty where nothing was measured.`,
        { line: row.line, column },
      );
    }
    return value;
  };
  const other = fields.length;
  const text = (place: number): string => row.cells[place]?.trim() ?? '';
  const frame = columns.frame === null ? Number.NaN : number(other + 1, columns.frame);
  if (columns.frame !== null && !(Number.isSafeInteger(frame) && frame >= 0)) {
    throw importInvalid(
      `${name}, line ${row.line}, column ${columns.frame}: "${printable(text(other + 1))}" is no frame number (0, 1, 2 …).`,
      { line: row.line, column: columns.frame },
    );
  }
  const seconds = columns.seconds === null ? Number.NaN : number(other + 2, columns.seconds);
  if (seconds < 0 || seconds > 1e7) {
    throw importInvalid(
      `${name}, line ${row.line}, column ${columns.seconds}: "${printable(text(other + 2))}" is no time in seconds.`,
      { line: row.line, column: columns.seconds },
    );
  }
  const values = Float32Array.from(fields, ({ column, gain }, place) => number(place, column) * gain);
  const seen =
    (columns.success === null || number(other + 5, columns.success) !== 0) &&
    fields.some((field, place) => field.name.startsWith('AU') && !Number.isNaN(values[place] ?? Number.NaN));
  return {
    part: text(other),
    frame: columns.frame === null ? uncounted(layout, previousFrame) : frame,
    seconds,
    clock: clockOf(text(other + 3)),
    face: columns.face === null || text(other + 4) === '' ? null : text(other + 4),
    line: row.line,
    values: seen ? values : null,
    box: seen && points.length > 0 ? boxOf(row, points.length, other + 6) : null,
  };
};

/** OpenFace numbers the faces of one picture and no frames; without either every row is the next frame. */
const uncounted = ({ columns }: TableLayout, previous: number | null): number =>
  columns.seconds === null && columns.face !== null ? 0 : (previous ?? -1) + 1;

const boxOf = (row: Row, count: number, from: number): Sample['box'] => {
  const along = (axis: 0 | 1): number[] =>
    Array.from({ length: count }, (_, point) => Number(row.cells[from + 2 * point + axis]));
  const [xs, ys] = [along(0), along(1)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  return Object.values(box).every(Number.isFinite) ? box : null;
};

/** `01:05` or `1:01:05` in seconds. */
const clockOf = (text: string): number => {
  const match = /^(?:(\d+):)?(\d{1,3}):(\d{1,2})$/.exec(text);
  const [, hours = '0', minutes, seconds] = match ?? [];
  return match === null ? Number.NaN : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
};

/** A cell made fit for one line of a terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(0, 40);
