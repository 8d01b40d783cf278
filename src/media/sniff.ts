import { open } from 'node:fs/promises';
import type { Warning } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { InputFile } from '../kit/safe-path.ts';
import { MEDIA_FORMATS, type MediaFormat, REFUSED_FORMATS, type RefusedFormat } from './formats.ts';
import { sniffIsoMedia } from './sniff-iso.ts';
import { sniffText } from './sniff-text.ts';
import { mediaWarning } from './warnings.ts';

/**
 * What the first bytes say a file is. The name and any declared type are never asked.
 *
 * - `image`, `video`, `audio`: `format` names it, `demuxer` is the FFmpeg demuxer to force (`null` for images).
 *   `video` is what the container may hold; whether it does is the probe's to say.
 * - `table` (CSV or TSV) and `json`: not media, but what imports may read (percepts, OpenFace, py-feat).
 * - `refused`: known or unknown, and not for us.
 * - `empty`: no bytes at all.
 */
export type Sniffed =
  | { kind: 'image'; format: MediaFormat; demuxer: null }
  | { kind: 'video' | 'audio'; format: MediaFormat; demuxer: string }
  | { kind: 'table'; format: 'csv' | 'tsv' }
  | { kind: 'json'; format: 'json' }
  | { kind: 'refused'; format: RefusedFormat }
  | { kind: 'empty' };

/** A file that the decoders may be given. */
export type SniffedMedia = Extract<Sniffed, { kind: 'image' | 'video' | 'audio' }>;
/** A file with a time line. */
export type SniffedStream = Extract<Sniffed, { kind: 'video' | 'audio' }>;

const mediaOf = (format: MediaFormat): Sniffed => {
  const facts = MEDIA_FORMATS[format];
  return facts.kind === 'image'
    ? { kind: 'image', format, demuxer: null }
    : { kind: facts.kind, format, demuxer: facts.demuxer };
};

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** Signatures at a fixed offset, first match wins. Sources: the formats' own specifications. */
const SIGNATURES: readonly { at: number; bytes: readonly number[]; format: MediaFormat | RefusedFormat }[] = [
  { at: 0, bytes: [0xff, 0xd8, 0xff], format: 'jpeg' },
  { at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], format: 'png' },
  { at: 0, bytes: [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], format: 'asf' },
  { at: 0, bytes: [0x4f, 0x67, 0x67, 0x53], format: 'ogg' },
  { at: 0, bytes: [0x66, 0x4c, 0x61, 0x43], format: 'flac' },
  { at: 0, bytes: [0x47, 0x49, 0x46, 0x38], format: 'gif' },
  { at: 0, bytes: [0x49, 0x49, 0x2a, 0x00], format: 'tiff' },
  { at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a], format: 'tiff' },
  { at: 0, bytes: [0xff, 0x0a], format: 'jpeg-xl' },
  { at: 4, bytes: [0x4a, 0x58, 0x4c, 0x20], format: 'jpeg-xl' },
  { at: 4, bytes: [0x6a, 0x50, 0x20, 0x20], format: 'jpeg-2000' },
  { at: 0, bytes: [0x38, 0x42, 0x50, 0x53], format: 'photoshop' },
  { at: 0, bytes: [0x46, 0x4c, 0x56, 0x01], format: 'flv' },
  { at: 0, bytes: [0x00, 0x00, 0x01, 0xba], format: 'mpeg-ps' },
  { at: 0, bytes: [0x00, 0x00, 0x01, 0xb3], format: 'mpeg-ps' },
  { at: 0, bytes: [0x2e, 0x52, 0x4d, 0x46], format: 'real-media' },
  { at: 0, bytes: [0x63, 0x61, 0x66, 0x66], format: 'caf' },
  { at: 0, bytes: [0x23, 0x21, 0x41, 0x4d, 0x52], format: 'amr' },
  { at: 0, bytes: [0x4d, 0x54, 0x68, 0x64], format: 'midi' },
  { at: 0, bytes: [0x25, 0x50, 0x44, 0x46], format: 'pdf' },
  { at: 0, bytes: [0x25, 0x21, 0x50, 0x53], format: 'postscript' },
  { at: 0, bytes: [0x50, 0x4b, 0x03, 0x04], format: 'zip' },
  { at: 0, bytes: [0x50, 0x4b, 0x05, 0x06], format: 'zip' },
  { at: 0, bytes: [0x1f, 0x8b], format: 'gzip' },
  { at: 0, bytes: [0x42, 0x5a, 0x68], format: 'bzip2' },
  { at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], format: 'xz' },
  { at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd], format: 'zstd' },
  { at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf], format: '7z' },
  { at: 0, bytes: [0x52, 0x61, 0x72, 0x21], format: 'rar' },
  { at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46], format: 'executable' },
  { at: 0, bytes: [0x4d, 0x5a, 0x90, 0x00], format: 'executable' },
  { at: 0, bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], format: 'sqlite' },
];

const isMediaFormat = (format: string): format is MediaFormat => Object.hasOwn(MEDIA_FORMATS, format);

const sniffRiff = (head: Uint8Array): Sniffed | undefined => {
  const outer = ascii(head, 0, 4);
  const inner = ascii(head, 8, 4);
  if (outer === 'RIFF' || outer === 'RF64') {
    if (inner === 'AVI ') {
      return mediaOf('avi');
    }
    if (inner === 'WAVE') {
      return mediaOf('wav');
    }
    if (inner === 'WEBP') {
      return mediaOf('webp');
    }
    return { kind: 'refused', format: 'riff' };
  }
  if (outer === 'FORM' && (inner === 'AIFF' || inner === 'AIFC')) {
    return { kind: 'refused', format: 'aiff' };
  }
  return undefined;
};

/** EBML: the document type is near the front, and is what tells WebM from Matroska (RFC 8794 §11.2.4, element 0x4282). */
const sniffEbml = (head: Uint8Array): Sniffed | undefined => {
  if (head[0] !== 0x1a || head[1] !== 0x45 || head[2] !== 0xdf || head[3] !== 0xa3) {
    return undefined;
  }
  const header = ascii(head, 4, Math.min(60, head.length - 4));
  if (header.includes('webm')) {
    return mediaOf('webm');
  }
  return header.includes('matroska') ? mediaOf('matroska') : { kind: 'refused', format: 'unknown' };
};

/** Length of an ID3v2 tag including its header, from its sync-safe size (id3v2.4.0-structure §3.1). */
const id3Length = (head: Uint8Array): number => {
  if (ascii(head, 0, 3) !== 'ID3' || head.length < 10) {
    return 0;
  }
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);
  return 10 + size + (((head[5] ?? 0) & 0x10) === 0 ? 0 : 10);
};

/** MPEG audio and ADTS both start with twelve set bits; the layer bits tell them apart (ISO 11172-3 §2.4.1.3, 13818-7 §6.2). */
const sniffMpegAudio = (head: Uint8Array): Sniffed | undefined => {
  const first = head[0] ?? 0;
  const second = head[1] ?? 0;
  const third = head[2] ?? 0;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) {
    return undefined;
  }
  const layer = (second >> 1) & 3;
  if (layer === 0) {
    // ADTS: sampling frequency indices 13–15 are reserved.
    return (second & 0xf0) === 0xf0 && ((third >> 2) & 15) < 13 ? mediaOf('adts') : undefined;
  }
  // Version 1, bit rate 15 and sample rate 3 are reserved values. Layer I is extinct, and looks like UTF-16's mark.
  const reserved = layer === 3 || ((second >> 3) & 3) === 1 || third >> 4 === 15 || ((third >> 2) & 3) === 3;
  return reserved ? undefined : mediaOf('mp3');
};

/** Bytes needed from the start of a file, and after its ID3 tag. */
export const SNIFF_BYTES = 4096;

/**
 * Decides what a file is from its first `SNIFF_BYTES` bytes. `after` gives bytes at a later offset (behind an ID3 tag);
 * without it such a file is taken for MP3.
 */
export const sniffBytes = (head: Uint8Array, after?: (offset: number) => Uint8Array | undefined): Sniffed => {
  if (head.length === 0) {
    return { kind: 'empty' };
  }
  const id3 = id3Length(head);
  if (id3 > 0) {
    const body = id3 < head.length ? head.subarray(id3) : after?.(id3);
    const inner = body === undefined || body.length === 0 ? undefined : sniffBytes(body);
    return inner !== undefined && inner.kind === 'audio' ? inner : mediaOf('mp3');
  }
  for (const signature of SIGNATURES) {
    if (signature.bytes.every((byte, index) => head[signature.at + index] === byte)) {
      return isMediaFormat(signature.format)
        ? mediaOf(signature.format)
        : { kind: 'refused', format: signature.format };
    }
  }
  const container = sniffRiff(head) ?? sniffEbml(head) ?? sniffMpegAudio(head);
  if (container !== undefined) {
    return container;
  }
  const iso = sniffIsoMedia(head);
  if (iso !== undefined) {
    return isMediaFormat(iso) ? mediaOf(iso) : { kind: 'refused', format: iso };
  }
  if (head[0] === 0x42 && head[1] === 0x4d && head.length >= 26 && (head[14] ?? 0) >= 12 && head[15] === 0) {
    return { kind: 'refused', format: 'bmp' };
  }
  if (head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) {
    return { kind: 'refused', format: 'mpeg-ts' };
  }
  if (head.every((byte) => byte === 0)) {
    return { kind: 'refused', format: 'zeros' };
  }
  return sniffText(head) ?? { kind: 'refused', format: 'unknown' };
};

/** Reads the first bytes of a file and decides what it is. Two reads at most, whatever the file. */
export const sniffFile = async (file: InputFile): Promise<Sniffed> => {
  const handle = await open(file.path, 'r');
  try {
    const readAt = async (offset: number): Promise<Uint8Array> => {
      const buffer = new Uint8Array(SNIFF_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, SNIFF_BYTES, offset);
      return buffer.subarray(0, bytesRead);
    };
    const head = await readAt(0);
    const id3 = id3Length(head);
    const body = id3 > 0 ? await readAt(id3) : undefined;
    return sniffBytes(head, () => body);
  } finally {
    await handle.close();
  }
};

/** A warning when a file's name promises another format than its bytes hold; the bytes decide. */
export const nameMismatch = (name: string, sniffed: SniffedMedia): Warning | undefined => {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  const { label, extensions } = MEDIA_FORMATS[sniffed.format];
  const known: readonly string[] = extensions;
  return extension === undefined || known.includes(extension)
    ? undefined
    : mediaWarning('type-mismatch', `${name} is ${label}, whatever its name says; it was read as that.`);
};

/**
 * The sentence that refuses what is not a picture, clip or recording.
 *
 * @throws WhyfaceError `media-empty`, `media-unsupported`
 */
export const requireMedia = (sniffed: Sniffed, name: string): SniffedMedia => {
  if (sniffed.kind === 'empty') {
    throw new WhyfaceError({
      code: 'media-empty',
      stage: 'media',
      message: `${name} is empty (0 bytes); fetch or copy it again.`,
    });
  }
  if (sniffed.kind === 'refused' || sniffed.kind === 'table' || sniffed.kind === 'json') {
    const { label, advice } =
      sniffed.kind === 'refused'
        ? REFUSED_FORMATS[sniffed.format]
        : {
            label: sniffed.kind === 'table' ? 'a text file (a table)' : 'a text file (JSON)',
            advice: 'name a clip, photo or recording',
          };
    throw new WhyfaceError({
      code: 'media-unsupported',
      stage: 'media',
      message: `${name} is ${label}, not a picture, clip or recording that whyface reads; ${advice}.`,
      details: { format: sniffed.format },
    });
  }
  return sniffed;
};
