import { unzipSync } from 'fflate';
import { invalidInput } from '../invalid-input.ts';
import { numberAt, numpyType, unicodeAt } from './numpy-type.ts';
import { type PickleValue, readPickle } from './pickle.ts';

/** Largest array of an archive once unpacked: published prediction files stay below 50 MB. */
const ARRAY_BYTES = 512 * 1024 * 1024;

/**
 * The arrays of a NumPy `.npz` archive by name; an array of no dimensions is its one value. `wanted` leaves the others
 * unread.
 */
export const readNpz = (
  bytes: Uint8Array,
  file: string,
  wanted: (name: string) => boolean = () => true,
): Map<string, PickleValue> => {
  const unpacked = ((): Record<string, Uint8Array> => {
    try {
      return unzipSync(bytes, {
        filter: ({ name, originalSize }) => {
          if (originalSize > ARRAY_BYTES) {
            throw invalidInput(
              `${file} holds an array of ${originalSize} bytes (${name}); the limit is ${ARRAY_BYTES}.`,
            );
          }
          return name.endsWith('.npy') && wanted(name.replace(/\.npy$/, ''));
        },
      });
    } catch (thrown) {
      throw invalidInput(`${file} is not a whole .npz archive; fetch it again.`, thrown);
    }
  })();
  return new Map(
    Object.entries(unpacked).map(([name, content]) => [
      name.replace(/\.npy$/, ''),
      readNpy(content, `${file}:${name}`),
    ]),
  );
};

const MAGIC = '\x93NUMPY';

/** One `.npy` array. Plain numbers, texts and pickled plain data are read; anything else is refused. */
export const readNpy = (bytes: Uint8Array, file: string): PickleValue => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  if (magic !== MAGIC || bytes.length < 12) {
    throw invalidInput(`${file} is not a NumPy array.`);
  }
  const wide = view.getUint8(6) >= 2;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const description = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const dimensions = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (description === undefined || dimensions === undefined) {
    throw invalidInput(`${file} has a header that is not understood: ${header.slice(0, 80)}`);
  }
  const shape = dimensions.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  const count = shape.reduce((product, side) => product * side, 1);
  const type = numpyType(description, file);
  const body = bytes.subarray(start + length);
  if (type.kind === 'object') {
    const value = readPickle(body, file);
    // An array of no dimensions comes as a list of its one value.
    return shape.length === 0 && Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;
  }
  if (body.length < count * type.size) {
    throw invalidInput(`${file} ends early: ${count} values were announced.`);
  }
  const data = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const values = Array.from({ length: count }, (_, index): PickleValue => {
    const offset = index * type.size;
    if (type.kind === 'unicode') {
      return unicodeAt(data, offset, type);
    }
    if (type.kind === 'bytes') {
      return new TextDecoder().decode(body.subarray(offset, offset + type.size)).replace(/\0+$/, '');
    }
    return numberAt(data, offset, type);
  });
  return shape.length === 0 ? (values[0] ?? null) : values;
};

/** A dictionary with text keys; entries with other keys are left out. `null` where the value is no dictionary. */
export const textKeyed = (value: PickleValue | undefined): Map<string, PickleValue> | null =>
  value instanceof Map
    ? new Map([...value].flatMap(([key, entry]) => (typeof key === 'string' ? [[key, entry] as const] : [])))
    : null;

/** Nested maps as plain objects, for schemas. Depth-limited: a pickle may refer to itself. */
export const plainOf = (value: PickleValue, depth = 8): unknown => {
  if (depth === 0) {
    return null;
  }
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, entry]) => [String(key), plainOf(entry, depth - 1)]));
  }
  return Array.isArray(value) ? value.map((entry) => plainOf(entry, depth - 1)) : value;
};
