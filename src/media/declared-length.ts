import { open } from 'node:fs/promises';
import type { InputFile } from '../kit/safe-path.ts';
import type { SniffedStream } from './sniff.ts';

/** Chunks before the sound (tags, cue points) are looked through up to here. */
const HEADER_BYTES = 65_536;

/** RIFF: chunks of a four-letter name, a length, and that many bytes, padded to even. */
const wavMs = (bytes: Buffer): number | null => {
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ' && at + 20 <= bytes.length) {
      bytesPerSecond = bytes.readUInt32LE(at + 16);
    }
    if (name === 'data') {
      // Streams written to a pipe leave the length open.
      const known = length !== 0 && length !== 0xffffffff && bytesPerSecond > 0;
      return known ? (length / bytesPerSecond) * 1000 : null;
    }
    at += 8 + length + (length % 2);
  }
  return null;
};

const ASF_FILE_PROPERTIES = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');

/** ASF specification §3.2: play duration in 100 ns, preroll in ms, flag 1 for broadcasts (whose length is void). */
const asfMs = (bytes: Buffer): number | null => {
  const at = bytes.indexOf(ASF_FILE_PROPERTIES);
  if (at < 0 || at + 92 > bytes.length || (bytes.readUInt32LE(at + 88) & 1) === 1) {
    return null;
  }
  const ms = Number(bytes.readBigUInt64LE(at + 64)) / 10_000 - Number(bytes.readBigUInt64LE(at + 80));
  return ms > 0 ? ms : null;
};

/**
 * How long a WAV or ASF file's own header says it is, in milliseconds. FFmpeg tells the length of what is there instead, so a
 * cut file would pass for a whole one. `null` where the header does not say, and for all other formats.
 */
export const declaredLengthMs = async (file: InputFile, sniffed: SniffedStream): Promise<number | null> => {
  if (sniffed.format !== 'wav' && sniffed.format !== 'asf') {
    return null;
  }
  const handle = await open(file.path, 'r');
  const bytes = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await handle.read(bytes, 0, HEADER_BYTES, 0).finally(() => handle.close());
  const head = bytes.subarray(0, bytesRead);
  return sniffed.format === 'wav' ? wavMs(head) : asfMs(head);
};
