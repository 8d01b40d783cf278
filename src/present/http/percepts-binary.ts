/**
 * Percepts in a compact form: `WFP1`, the length of the header (uint32, little-endian), the header (JSON, padded with
 * spaces to a multiple of 8 bytes), then the columns. In the header a long array of numbers is
 * `{"$column": [offset, length, kind]}`, offset in bytes from the start of the columns; `f64` are doubles in which NaN
 * stands for null, `i32` whole numbers.
 */
import { type Percepts, percepts as perceptsSchema } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';

export const PERCEPTS_BINARY_TYPE = 'application/vnd.whyface.percepts';

const MAGIC = 'WFP1';
const PREAMBLE = 8;
/** Shorter arrays are smaller as JSON. */
const SHORTEST_COLUMN = 8;

type Column = readonly (number | null)[];

const isColumn = (value: unknown): value is Column =>
  Array.isArray(value) &&
  value.length >= SHORTEST_COLUMN &&
  value.every((entry) => entry === null || typeof entry === 'number');

const isWhole = (column: Column): boolean =>
  column.every((entry) => entry !== null && Number.isInteger(entry) && Math.abs(entry) < 2 ** 31);

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

export const encodePercepts = (percepts: Percepts): ArrayBuffer => {
  const columns: Array<{ offset: number; values: Column; whole: boolean }> = [];
  let size = 0;
  const header = JSON.stringify(percepts, (_, value: unknown) => {
    if (!isColumn(value)) {
      return value;
    }
    const whole = isWhole(value);
    columns.push({ offset: size, values: value, whole });
    const entry = { $column: [size, value.length, whole ? 'i32' : 'f64'] };
    size += aligned(value.length * (whole ? 4 : 8));
    return entry;
  });
  const headerBytes = new TextEncoder().encode(header);
  const headerLength = aligned(headerBytes.length);
  const start = PREAMBLE + headerLength;
  const buffer = new ArrayBuffer(start + size);
  const bytes = new Uint8Array(buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  new DataView(buffer).setUint32(4, headerLength, true);
  bytes.fill(0x20, PREAMBLE, start);
  bytes.set(headerBytes, PREAMBLE);
  for (const { offset, values, whole } of columns) {
    if (whole) {
      new Int32Array(buffer, start + offset, values.length).set(values.map(Number));
    } else {
      new Float64Array(buffer, start + offset, values.length).set(values.map((entry) => entry ?? Number.NaN));
    }
  }
  return buffer;
};

const damaged = (cause?: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'input-invalid',
    stage: 'input',
    message: 'These are not percepts in the binary form.',
    cause,
  });

/** @throws WhyfaceError `input-invalid` */
export const decodePercepts = (buffer: ArrayBuffer): Percepts => {
  if (buffer.byteLength < PREAMBLE || new TextDecoder().decode(new Uint8Array(buffer, 0, 4)) !== MAGIC) {
    throw damaged();
  }
  const start = PREAMBLE + new DataView(buffer).getUint32(4, true);
  try {
    const columnOf = ([offset, length, kind]: readonly string[]): Array<number | null> =>
      kind === 'i32'
        ? Array.from(new Int32Array(buffer, start + Number(offset), Number(length)))
        : Array.from(new Float64Array(buffer, start + Number(offset), Number(length)), (entry) =>
            Number.isNaN(entry) ? null : entry,
          );
    const header: unknown = JSON.parse(
      new TextDecoder().decode(new Uint8Array(buffer, PREAMBLE, start - PREAMBLE)),
      (_, value: unknown) =>
        typeof value === 'object' && value !== null && '$column' in value && Array.isArray(value.$column)
          ? columnOf(value.$column.map(String))
          : value,
    );
    return perceptsSchema.parse(header);
  } catch (thrown) {
    throw damaged(thrown);
  }
};
