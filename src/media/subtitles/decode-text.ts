/** Byte-order marks, longest first. */
const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

export type DecodedText = {
  text: string;
  /** WHATWG name of the encoding. `windows-1252` (which Latin-1 is read as) is the guess where nothing else fits. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
};

/** UTF-16 without a mark: in Western text nearly every second byte is 0. */
const unmarkedUtf16 = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const head = bytes.subarray(0, 512 - (512 % 2));
  let even = 0;
  let odd = 0;
  for (const [index, byte] of head.entries()) {
    if (byte === 0) {
      even += index % 2 === 0 ? 1 : 0;
      odd += index % 2;
    }
  }
  const half = head.length / 2;
  if (head.length < 8 || even + odd < half / 2) {
    return null;
  }
  return odd > even ? 'utf-16le' : 'utf-16be';
};

/** Text from bytes whose encoding nobody states: by its mark, by its zero bytes, UTF-8 where it is valid, else Windows-1252. */
export const decodeText = (bytes: Uint8Array): DecodedText => {
  const mark = MARKS.find(({ bytes: wanted }) => wanted.every((byte, index) => bytes[index] === byte));
  const encoding = mark?.encoding ?? unmarkedUtf16(bytes);
  if (encoding !== null) {
    return { text: new TextDecoder(encoding).decode(bytes), encoding };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
};
