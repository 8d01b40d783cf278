/** Reads one member of a small zip archive: MediaPipe's `.task` bundles are archives of two or three files. */
import { inflateRawSync } from 'node:zlib';
import { modelInvalid } from './import/model-invalid.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** The end record is 22 bytes and may be followed by a comment of at most this length. */
const LONGEST_COMMENT = 0xffff;
/** No model inside a bundle is larger unpacked; a bomb stops here. */
const LARGEST_MEMBER = 256 * 1024 * 1024;

const damaged = (cause?: unknown) => modelInvalid('The model bundle is damaged or not a zip archive.', {}, cause);

const findDirectory = (view: DataView): { start: number; count: number } => {
  const lowest = Math.max(0, view.byteLength - 22 - LONGEST_COMMENT);
  for (let offset = view.byteLength - 22; offset >= lowest; offset -= 1) {
    if (view.getUint32(offset, true) === END_OF_DIRECTORY) {
      return { start: view.getUint32(offset + 16, true), count: view.getUint16(offset + 10, true) };
    }
  }
  throw damaged();
};

const unpack = (packed: Uint8Array, method: number, size: number): Uint8Array => {
  if (method === 0) {
    return packed;
  }
  if (method === 8 && size <= LARGEST_MEMBER) {
    return inflateRawSync(packed, { maxOutputLength: LARGEST_MEMBER });
  }
  throw damaged();
};

/** @throws WhyfaceError `model-invalid` when the archive is damaged or has no such member */
export const readZipMember = (archive: Uint8Array, name: string): Uint8Array => {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    const directory = findDirectory(view);
    let offset = directory.start;
    for (let index = 0; index < directory.count && view.getUint32(offset, true) === DIRECTORY_ENTRY; index += 1) {
      const nameLength = view.getUint16(offset + 28, true);
      const entryName = new TextDecoder().decode(archive.subarray(offset + 46, offset + 46 + nameLength));
      if (entryName === name) {
        const local = view.getUint32(offset + 42, true);
        if (view.getUint32(local, true) !== LOCAL_HEADER) {
          throw damaged();
        }
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        const packedSize = view.getUint32(offset + 20, true);
        if (start + packedSize > archive.byteLength) {
          throw damaged();
        }
        const packed = archive.subarray(start, start + packedSize);
        return unpack(packed, view.getUint16(offset + 10, true), view.getUint32(offset + 24, true));
      }
      offset += 46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
    }
  } catch (cause) {
    throw cause instanceof RangeError || (cause instanceof Error && 'code' in cause && cause.code !== 'model-invalid')
      ? damaged(cause)
      : cause;
  }
  throw modelInvalid(`The model bundle has no member "${name}".`, { name });
};
