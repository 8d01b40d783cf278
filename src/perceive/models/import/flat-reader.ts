/**
 * A bounds-checked reader of FlatBuffers tables.
 * The generated accessors of the flatbuffers package read past the end without a word (`undefined | 0`), so a damaged
 * file would become a wrong network; here every read outside the file is a `model-invalid` error.
 */
import { modelInvalid } from './model-invalid.ts';

/** One table: fields are named by their index in the schema; absent fields read as the schema's default. */
export type FlatTable = {
  int8: (field: number, fallback?: number) => number;
  uint8: (field: number, fallback?: number) => number;
  int32: (field: number, fallback?: number) => number;
  uint32: (field: number, fallback?: number) => number;
  float32: (field: number, fallback?: number) => number;
  bool: (field: number) => boolean;
  text: (field: number) => string;
  bytes: (field: number) => Uint8Array;
  int32s: (field: number) => number[];
  uint16s: (field: number) => number[];
  float32s: (field: number) => number[];
  table: (field: number) => FlatTable | null;
  tables: (field: number) => FlatTable[];
};

/** No vector of tables or numbers that this project reads comes near this many entries. */
const LONGEST_VECTOR = 1 << 24;

const readTable = (view: DataView, position: number): FlatTable => {
  const within = (offset: number, length: number): number => {
    if (offset < 0 || length < 0 || offset + length > view.byteLength) {
      throw modelInvalid('The model file is damaged: it points outside itself.', { offset, length });
    }
    return offset;
  };
  const u16 = (offset: number): number => view.getUint16(within(offset, 2), true);
  const i32 = (offset: number): number => view.getInt32(within(offset, 4), true);
  const u32 = (offset: number): number => view.getUint32(within(offset, 4), true);

  const vtable = position - i32(position);
  const vtableBytes = u16(vtable);
  const slot = (field: number): number | null => {
    const entry = 4 + field * 2;
    if (entry + 2 > vtableBytes) {
      return null;
    }
    const offset = u16(vtable + entry);
    return offset === 0 ? null : position + offset;
  };
  const scalar = (field: number, fallback: number, read: (offset: number) => number): number => {
    const offset = slot(field);
    return offset === null ? fallback : read(offset);
  };
  const vector = (field: number, elementBytes: number): { start: number; length: number } => {
    const offset = slot(field);
    if (offset === null) {
      return { start: 0, length: 0 };
    }
    const header = offset + u32(offset);
    const length = u32(header);
    if (length > LONGEST_VECTOR) {
      throw modelInvalid('The model file is damaged: a list in it is impossibly long.', { length });
    }
    return { start: within(header + 4, length * elementBytes), length };
  };
  const list = (field: number, elementBytes: number, read: (offset: number) => number): number[] => {
    const { start, length } = vector(field, elementBytes);
    return Array.from({ length }, (_, index) => read(start + index * elementBytes));
  };

  return {
    int8: (field, fallback = 0) => scalar(field, fallback, (offset) => view.getInt8(within(offset, 1))),
    uint8: (field, fallback = 0) => scalar(field, fallback, (offset) => view.getUint8(within(offset, 1))),
    int32: (field, fallback = 0) => scalar(field, fallback, i32),
    uint32: (field, fallback = 0) => scalar(field, fallback, u32),
    float32: (field, fallback = 0) => scalar(field, fallback, (offset) => view.getFloat32(within(offset, 4), true)),
    bool: (field) => scalar(field, 0, (offset) => view.getUint8(within(offset, 1))) !== 0,
    text: (field) => {
      const { start, length } = vector(field, 1);
      return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, length));
    },
    bytes: (field) => {
      const { start, length } = vector(field, 1);
      return new Uint8Array(view.buffer, view.byteOffset + start, length);
    },
    int32s: (field) => list(field, 4, i32),
    uint16s: (field) => list(field, 2, u16),
    float32s: (field) => list(field, 4, (offset) => view.getFloat32(offset, true)),
    table: (field) => {
      const offset = slot(field);
      return offset === null ? null : readTable(view, offset + u32(offset));
    },
    tables: (field) => {
      const { start, length } = vector(field, 4);
      return Array.from({ length }, (_, index) => {
        const offset = start + index * 4;
        return readTable(view, offset + u32(offset));
      });
    },
  };
};

/** The root table of a FlatBuffers file with this four-letter identifier. */
export const readFlatRoot = (bytes: Uint8Array, identifier: string): FlatTable => {
  const found = new TextDecoder('latin1').decode(bytes.subarray(4, 8));
  if (bytes.byteLength < 8 || found !== identifier) {
    throw modelInvalid(`The model file is not a ${identifier} file.`, { found });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readTable(view, view.getUint32(0, true));
};
