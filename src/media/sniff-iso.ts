import type { MediaFormat, RefusedFormat } from './formats.ts';

const boxType = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
const uint32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) * 2 ** 24 + (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))) >>>
  0;

/** Boxes a QuickTime file from before `ftyp` existed (or one written by a camera) may start with. */
const QUICKTIME_FIRST_BOXES = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

const PICTURE_BRANDS: Readonly<Record<string, RefusedFormat>> = {
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  mif1: 'heic',
  msf1: 'heic',
  avif: 'avif',
  avis: 'avif',
};

/**
 * The ISO base media family (ISO/IEC 14496-12 §4.3): `ftyp` and its brands, or the first box of an old QuickTime file.
 * HEIC and AVIF share the container and are told apart by brand; any other brand is left to the demuxer.
 */
export const sniffIsoMedia = (head: Uint8Array): MediaFormat | RefusedFormat | undefined => {
  if (head.length < 12) {
    return undefined;
  }
  const first = boxType(head, 0);
  if (first === 'ftyp') {
    const major = boxType(head, 4);
    const end = Math.min(head.length, Math.max(16, uint32(head, 0)));
    const brands = [major];
    for (let at = 16; at + 4 <= end; at += 4) {
      brands.push(boxType(head, at - 4));
    }
    if (major === 'qt  ') {
      return 'mov';
    }
    const picture = PICTURE_BRANDS[major];
    // `mif1` may also head a file whose own kind stands among the compatible brands.
    return picture === undefined ? 'mp4' : brands.includes('avif') ? 'avif' : picture;
  }
  const size = uint32(head, 0);
  return QUICKTIME_FIRST_BOXES.has(first) && (size === 0 || size === 1 || size >= 8) ? 'mov' : undefined;
};
