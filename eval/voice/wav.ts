import { readFileSync, writeFileSync } from 'node:fs';
import { WhyfaceError } from '../../src/kit/error.ts';

export type Wave = { sampleRate: number; samples: Float32Array };

/** A 16-bit PCM WAV file as mono samples, −1 to 1. */
export const readWave = (path: string): Wave => {
  const bytes = readFileSync(path);
  let [channels, sampleRate, bits] = [1, 16_000, 16];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      channels = bytes.readUInt16LE(at + 10);
      sampleRate = bytes.readUInt32LE(at + 12);
      bits = bytes.readUInt16LE(at + 22);
    } else if (name === 'data' && bits === 16) {
      const count = Math.floor(Math.min(size, bytes.length - at - 8) / (2 * channels));
      const samples = Float32Array.from({ length: count }, (_, frame) => {
        let sum = 0;
        for (let channel = 0; channel < channels; channel += 1) {
          sum += bytes.readInt16LE(at + 8 + 2 * (frame * channels + channel));
        }
        return sum / (32_768 * channels);
      });
      return { sampleRate, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new WhyfaceError({
    code: 'input-invalid',
    stage: 'eval',
    message: `${path} is not a WAV file of 16-bit samples; convert it first.`,
  });
};

const HEADER_BYTES = 44;

/** The header of a WAV file of mono 16-bit PCM. */
export const waveHeader = (sampleRate: number, samples: number): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + 2 * samples, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(2 * sampleRate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(2 * samples, 40);
  return header;
};

/** Writes mono 16-bit PCM. */
export const writeWave = (path: string, { sampleRate, samples }: Wave): void => {
  const bytes = Buffer.concat([waveHeader(sampleRate, samples.length), Buffer.alloc(2 * samples.length)]);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))), HEADER_BYTES + 2 * index);
  }
  writeFileSync(path, bytes);
};
