import { invalidInput } from '../invalid-input.ts';

/** A NumPy element type as its description string tells it: `<f4`, `|O`, `<U96`. */
export type NumpyType = {
  kind: 'float' | 'int' | 'uint' | 'bool' | 'unicode' | 'bytes' | 'object';
  /** Bytes of one element; 0 for objects. */
  size: number;
  littleEndian: boolean;
};

const KINDS: Record<string, NumpyType['kind']> = {
  f: 'float',
  i: 'int',
  u: 'uint',
  b: 'bool',
  U: 'unicode',
  S: 'bytes',
  O: 'object',
};

/** @throws WhyfaceError `input-invalid` for a type that is no plain number, text or object. */
export const numpyType = (description: string, name: string): NumpyType => {
  const match = /^([<>|=]?)([fiubUSO])(\d*)$/.exec(description);
  const kind = KINDS[match?.[2] ?? ''];
  if (match === null || kind === undefined) {
    throw invalidInput(`${name} holds values of the NumPy type "${description}", which is not read.`);
  }
  const count = Number(match[3] === '' ? 0 : match[3]);
  return { kind, size: kind === 'unicode' ? count * 4 : kind === 'object' ? 0 : count, littleEndian: match[1] !== '>' };
};

/** The number at a place, by its type; `null` for types and sizes that are no numbers. */
export const numberAt = (view: DataView, offset: number, { kind, size, littleEndian }: NumpyType): number | null => {
  if (kind === 'float') {
    return size === 8
      ? view.getFloat64(offset, littleEndian)
      : size === 4
        ? view.getFloat32(offset, littleEndian)
        : null;
  }
  if (kind === 'bool') {
    return view.getUint8(offset) === 0 ? 0 : 1;
  }
  if (kind !== 'int' && kind !== 'uint') {
    return null;
  }
  const signed = kind === 'int';
  switch (size) {
    case 1:
      return signed ? view.getInt8(offset) : view.getUint8(offset);
    case 2:
      return signed ? view.getInt16(offset, littleEndian) : view.getUint16(offset, littleEndian);
    case 4:
      return signed ? view.getInt32(offset, littleEndian) : view.getUint32(offset, littleEndian);
    case 8:
      return Number(signed ? view.getBigInt64(offset, littleEndian) : view.getBigUint64(offset, littleEndian));
    default:
      return null;
  }
};

/** A fixed-width text of code points (UTF-32, padded with zeros). */
export const unicodeAt = (view: DataView, offset: number, { size, littleEndian }: NumpyType): string => {
  const points: number[] = [];
  for (let at = offset; at < offset + size; at += 4) {
    const point = view.getUint32(at, littleEndian);
    if (point === 0) {
      break;
    }
    points.push(point > 0x10ffff ? 0xfffd : point);
  }
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let start = 0; start < points.length; start += 4096) {
    text += String.fromCodePoint(...points.slice(start, start + 4096));
  }
  return text;
};
