import { invalidInput } from '../invalid-input.ts';
import { type NumpyType, numberAt, numpyType, unicodeAt } from './numpy-type.ts';

/**
 * What a pickled array of plain data can hold. Dictionaries become maps: their order matters to sums, and keys such as
 * `__proto__` stay data.
 */
export type PickleValue = null | boolean | number | string | Uint8Array | PickleValue[] | Map<PickleValue, PickleValue>;

/** The only names a pickle may use, each a stand-in that is interpreted here; nothing of the file is ever run. */
const KNOWN_NAMES = {
  'numpy.core.multiarray _reconstruct': 'reconstruct',
  'numpy._core.multiarray _reconstruct': 'reconstruct',
  'numpy ndarray': 'ndarray',
  'numpy dtype': 'dtype',
  'numpy.core.multiarray scalar': 'scalar',
  'numpy._core.multiarray scalar': 'scalar',
  '_codecs encode': 'encode',
} as const;

type KnownName = (typeof KNOWN_NAMES)[keyof typeof KNOWN_NAMES];

class Name {
  readonly name: KnownName;
  constructor(name: KnownName) {
    this.name = name;
  }
}

/** An array under construction: made empty, filled by the state that follows. */
class PickledArray {
  values: PickleValue[] = [];
}

/** An element type under construction: made from "f4", its byte order set by the state that follows. */
class PickledType {
  type: NumpyType;
  constructor(type: NumpyType) {
    this.type = type;
  }
}

const MARK = Symbol('mark');

type Item = PickleValue | Name | PickledArray | PickledType | typeof MARK;

const NAMES: ReadonlyMap<string, KnownName> = new Map(Object.entries(KNOWN_NAMES));

/**
 * Reads a Python pickle (protocols 0 to 5) that holds plain data: None, bool, int, float, str, bytes, list, tuple,
 * dict, and NumPy arrays and scalars of them. Any other name in it is refused; no code of the pickle is run.
 *
 * @throws WhyfaceError `input-invalid`
 */
export const readPickle = (bytes: Uint8Array, file: string): PickleValue => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf8 = new TextDecoder();
  const latin1 = new TextDecoder('latin1');
  const stack: Item[] = [];
  const memo = new Map<number, Item>();
  let at = 0;

  const refuse = (why: string): never => {
    throw invalidInput(`${file} cannot be read as pickled data: ${why}.`);
  };
  const take = (count: number): number => {
    if (count < 0 || at + count > bytes.length) {
      refuse('it ends early');
    }
    const start = at;
    at += count;
    return start;
  };
  const slice = (count: number): Uint8Array => {
    const start = take(count);
    return bytes.subarray(start, start + count);
  };
  const text = (count: number): string => utf8.decode(slice(count));
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) {
      refuse('a line does not end');
    }
    // Lines are ASCII, or "raw unicode escapes": Latin-1 with \uXXXX.
    const found = latin1.decode(slice(end - at));
    at = end + 1;
    return found;
  };
  const long = (count: number): number => {
    let value = 0n;
    const raw = slice(count);
    for (const [index, byte] of raw.entries()) {
      value |= BigInt(byte) << BigInt(8 * index);
    }
    return Number(BigInt.asIntN(8 * count, value));
  };
  const length64 = (): number => Number(view.getBigUint64(take(8), true));
  const pop = (): Item => {
    const item = stack.pop();
    return item === undefined ? refuse('its stack is empty') : item;
  };
  const plain = (item: Item): PickleValue => {
    if (item instanceof PickledArray) {
      return item.values;
    }
    return item instanceof Name || item instanceof PickledType || item === MARK
      ? refuse('it holds something that is not plain data')
      : item;
  };
  const toMark = (): PickleValue[] => {
    const start = stack.lastIndexOf(MARK);
    if (start < 0) {
      refuse('a mark is missing');
    }
    const items = stack.splice(start).slice(1);
    return items.map(plain);
  };
  const rawToMark = (): Item[] => {
    const start = stack.lastIndexOf(MARK);
    return start < 0 ? refuse('a mark is missing') : stack.splice(start).slice(1);
  };
  // Tuples may carry the stand-ins (`(ndarray, (0,), b'b')`): kept aside, so that plain data stay plain.
  const tuples = new WeakMap<PickleValue[], Item[]>();
  const tuple = (items: Item[]): void => {
    const value: PickleValue[] = items.map((item) =>
      item instanceof Name || item instanceof PickledType || item === MARK ? null : plain(item),
    );
    tuples.set(value, items);
    stack.push(value);
  };
  const named = (module: string, name: string): void => {
    const known = NAMES.get(`${module} ${name}`);
    stack.push(
      known === undefined ? refuse(`it names ${module}.${name}, and only plain data are read`) : new Name(known),
    );
  };
  const fill = (target: Item, pairs: PickleValue[]): void => {
    if (!(target instanceof Map)) {
      refuse('it sets items of something that is no dictionary');
      return;
    }
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      target.set(pairs[index] ?? null, pairs[index + 1] ?? null);
    }
  };
  const append = (target: Item, values: PickleValue[]): void => {
    if (!Array.isArray(target)) {
      refuse('it appends to something that is no list');
      return;
    }
    for (const value of values) {
      target.push(value);
    }
  };
  const call = (callable: Item, packed: Item): Item => {
    const args = Array.isArray(packed) ? (tuples.get(packed) ?? packed) : [];
    const [first, second] = args;
    if (!(callable instanceof Name)) {
      return refuse('it calls something');
    }
    switch (callable.name) {
      case 'reconstruct':
        return new PickledArray();
      case 'dtype':
        return new PickledType(numpyType(typeof first === 'string' ? first : '', file));
      case 'scalar':
        return first instanceof PickledType ? scalarOf(first.type, second, file) : refuse('a number has no type');
      case 'encode':
        return typeof first === 'string'
          ? Uint8Array.from(first, (letter) => letter.charCodeAt(0))
          : refuse('odd bytes');
      default:
        return refuse(`it calls ${callable.name}`);
    }
  };
  const build = (target: Item, packed: Item): void => {
    const state = Array.isArray(packed) ? (tuples.get(packed) ?? packed) : [];
    if (target instanceof PickledType && typeof state[1] === 'string') {
      target.type = { ...target.type, littleEndian: state[1] !== '>' };
    } else if (target instanceof PickledArray) {
      const [, , type, , data] = state;
      target.values =
        type instanceof PickledType && data instanceof Uint8Array
          ? elementsOf(type.type, data, file)
          : Array.isArray(data)
            ? data
            : refuse('an array has no content');
    } else {
      refuse('it sets the state of something that is no array');
    }
  };

  while (at < bytes.length) {
    const opcode = String.fromCharCode(bytes[take(1)] ?? 0);
    switch (opcode) {
      case '\x80':
        take(1);
        break;
      case '\x95':
        take(8);
        break;
      case '.':
        return plain(pop());
      case '(':
        stack.push(MARK);
        break;
      case '0':
        pop();
        break;
      case '1':
        rawToMark();
        break;
      case '2':
        stack.push(stack.at(-1) ?? refuse('its stack is empty'));
        break;
      case 'N':
        stack.push(null);
        break;
      case '\x88':
        stack.push(true);
        break;
      case '\x89':
        stack.push(false);
        break;
      case 'K':
        stack.push(view.getUint8(take(1)));
        break;
      case 'M':
        stack.push(view.getUint16(take(2), true));
        break;
      case 'J':
        stack.push(view.getInt32(take(4), true));
        break;
      case 'I': {
        const digits = line();
        stack.push(digits === '01' ? true : digits === '00' ? false : Number(digits));
        break;
      }
      case 'L':
        stack.push(Number(line().replace(/L$/, '')));
        break;
      case 'F':
        stack.push(Number(line()));
        break;
      case '\x8a':
        stack.push(long(view.getUint8(take(1))));
        break;
      case 'G':
        stack.push(view.getFloat64(take(8), false));
        break;
      case '\x8c':
        stack.push(text(view.getUint8(take(1))));
        break;
      case 'X':
        stack.push(text(view.getUint32(take(4), true)));
        break;
      case '\x8d':
        stack.push(text(length64()));
        break;
      case 'V':
        stack.push(
          line().replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        );
        break;
      case 'U':
        stack.push(text(view.getUint8(take(1))));
        break;
      case 'T':
        stack.push(text(view.getInt32(take(4), true)));
        break;
      case 'C':
        stack.push(slice(view.getUint8(take(1))));
        break;
      case 'B':
        stack.push(slice(view.getUint32(take(4), true)));
        break;
      case '\x8e':
        stack.push(slice(length64()));
        break;
      case ']':
        stack.push([]);
        break;
      case '}':
        stack.push(new Map());
        break;
      case ')':
        stack.push([]);
        break;
      case 'l':
        stack.push(toMark());
        break;
      case 'd': {
        const pairs = toMark();
        const made = new Map<PickleValue, PickleValue>();
        fill(made, pairs);
        stack.push(made);
        break;
      }
      case 't':
        tuple(rawToMark());
        break;
      case '\x85':
      case '\x86':
      case '\x87': {
        const count = opcode.charCodeAt(0) - 0x84;
        tuple(Array.from({ length: count }, pop).reverse());
        break;
      }
      case 'a': {
        const value = plain(pop());
        append(stack.at(-1) ?? null, [value]);
        break;
      }
      case 'e': {
        const values = toMark();
        append(stack.at(-1) ?? null, values);
        break;
      }
      case 's': {
        const value = plain(pop());
        const key = plain(pop());
        fill(stack.at(-1) ?? null, [key, value]);
        break;
      }
      case 'u': {
        const pairs = toMark();
        fill(stack.at(-1) ?? null, pairs);
        break;
      }
      case 'q':
        memo.set(view.getUint8(take(1)), stack.at(-1) ?? null);
        break;
      case 'r':
        memo.set(view.getUint32(take(4), true), stack.at(-1) ?? null);
        break;
      case 'p':
        memo.set(Number(line()), stack.at(-1) ?? null);
        break;
      case '\x94':
        memo.set(memo.size, stack.at(-1) ?? null);
        break;
      case 'h':
        stack.push(recalled(memo, view.getUint8(take(1)), refuse));
        break;
      case 'j':
        stack.push(recalled(memo, view.getUint32(take(4), true), refuse));
        break;
      case 'g':
        stack.push(recalled(memo, Number(line()), refuse));
        break;
      case 'c': {
        const module = line();
        named(module, line());
        break;
      }
      case '\x93': {
        const [name, module] = [pop(), pop()];
        named(String(module), String(name));
        break;
      }
      case 'R': {
        const packed = pop();
        stack.push(call(pop(), packed));
        break;
      }
      case 'b': {
        const state = pop();
        build(stack.at(-1) ?? null, state);
        break;
      }
      default:
        refuse(`it uses the instruction 0x${opcode.charCodeAt(0).toString(16)}, which plain data do not need`);
    }
  }
  return refuse('it has no end');
};

const recalled = (memo: ReadonlyMap<number, Item>, key: number, refuse: (why: string) => never): Item =>
  memo.get(key) ?? (memo.has(key) ? null : refuse('it recalls what it never kept'));

const scalarOf = (type: NumpyType, data: Item | undefined, file: string): PickleValue =>
  data instanceof Uint8Array ? (elementsOf(type, data, file)[0] ?? null) : null;

const elementsOf = (type: NumpyType, data: Uint8Array, file: string): PickleValue[] => {
  if (type.size === 0) {
    throw invalidInput(`${file} holds an array whose elements have no size.`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: Math.floor(data.length / type.size) }, (_, index) =>
    type.kind === 'unicode' ? unicodeAt(view, index * type.size, type) : numberAt(view, index * type.size, type),
  );
};
