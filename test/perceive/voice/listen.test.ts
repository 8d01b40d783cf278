import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWave } from '../../../eval/voice/wav.ts';
import { type Percepts, percepts as schema } from '../../../src/contracts/index.ts';
import { createPerception, type Perception } from '../../../src/perceive/index.ts';
import { encodeClip } from '../../fixtures/encode-clip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { talk } from './made-sounds.ts';

const folder = temporaryFolder('listen');
const at = (name: string): string => join(folder, name);
let perception: Perception;

const listen = async (name: string): Promise<Percepts> => schema.parse(await perception.measure(at(name), { fps: 5 }));

/** A WAV file of 32-bit floats, the channels interleaved. */
const writeFloats = (path: string, samples: Float32Array, sampleRate = 16_000, channels = 1): void => {
  const bytes = Buffer.alloc(44 + 4 * samples.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + 4 * samples.length, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(3, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(4 * channels * sampleRate, 28);
  bytes.writeUInt16LE(4 * channels, 32);
  bytes.writeUInt16LE(32, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(4 * samples.length, 40);
  for (const [index, sample] of samples.entries()) {
    bytes.writeFloatLE(sample, 44 + 4 * index);
  }
  writeFileSync(path, bytes);
};

beforeAll(() => {
  const video = { codec: 'libx264', width: 160, height: 96, fps: 25, frames: 25 } as const;
  for (const [name, sampleRate, channels] of [['phone', 8000, 1], ['studio', 192_000, 2], ['cinema', 48_000, 6]] as const) {
    const samples = Float32Array.from({ length: sampleRate * channels }, (_, index) =>
      0.4 * Math.sin((2 * Math.PI * 300 * Math.floor(index / channels)) / sampleRate),
    );
    writeFloats(at(`${name}.wav`), samples, sampleRate, channels);
  } // biome-ignore format: one table
  const tone = { codec: 'aac', sampleRate: 48_000, channels: 1, hertz: 440 } as const;
  encodeClip(at('longer.mkv'), { muxer: 'matroska', video, audio: { ...tone, seconds: 3 } });
  encodeClip(at('late.mkv'), { muxer: 'matroska', video, audio: { ...tone, seconds: 1, startMs: 700 } });
  const spoken = talk(3, [[0.5, 2.2]]); // biome-ignore format: short
  writeWave(at('talk.wav'), { sampleRate: 16_000, samples: spoken });
  for (const [name, gains] of [['left.wav', [1, 0]], ['right.wav', [0, 1]], ['wrong.wav', [1, -1]]] as const) {
    writeFloats(at(name), Float32Array.from({ length: 2 * spoken.length }, (_, index) => (gains[index % 2] ?? 0) * (spoken[Math.floor(index / 2)] ?? 0)), 16_000, 2);
  } // biome-ignore format: one table
  writeFloats(
    at('nan.wav'),
    spoken.map((sample, index) => (index % 5000 === 9 ? Number.NaN : sample)),
  );
  writeWave(at('silence.wav'), { sampleRate: 16_000, samples: new Float32Array(16_000) });
  writeWave(at('nothing.wav'), { sampleRate: 16_000, samples: new Float32Array(0) });
  perception = createPerception({ env: process.env, workers: 1 });
});
afterAll(() => perception.close());

describe('a recording', () => {
  it('gives the speech in it, and says so in the facts of the clip', async () => {
    const { clip, voice, notMeasured } = await listen('talk.wav');
    expect(clip).toMatchObject({ kind: 'audio', hasAudio: true, hasSpeech: true });
    expect(voice?.segments).toHaveLength(1);
    expect(Math.abs((voice?.segments[0]?.startMs ?? 0) - 500)).toBeLessThan(80);
    expect(Math.abs((voice?.segments[0]?.endMs ?? 0) - 2200)).toBeLessThan(80);
    expect(voice?.utterances[0]?.features.pitchMedian ?? 0).toBeGreaterThan(115);
    expect(voice?.utterances[0]?.features.pitchMedian ?? 0).toBeLessThan(145);
    expect(notMeasured.map(({ what }) => what)).not.toContain('voice');
  });

  it.each([
    ['phone.wav', 8000, 1],
    ['studio.wav', 192_000, 2],
    ['cinema.wav', 48_000, 6],
  ])('of %s is heard at 16 kHz, mono', async (name, sampleRate, channels) => {
    const { voice } = await listen(name);
    expect(voice?.t).toHaveLength(50);
    expect(voice?.quality).toMatchObject({ sampleRate, channels });
    const steady = (voice?.loudness ?? []).slice(5, -5);
    expect(steady.every((level) => level !== null && level > -30 && level < 0)).toBe(true);
  });

  it.each([
    ['left.wav', 1],
    ['right.wav', 1],
    ['wrong.wav', 0],
  ])(
    'of two channels, %s, is heard as loud as the one that holds the voice, and a dead one is told',
    async (name, dead) => {
      const [alone, { voice }] = [await listen('talk.wav'), await listen(name)];
      expect(voice?.quality).toMatchObject({ channels: 2, deadChannels: dead });
      const loudness = voice?.utterances[0]?.features.loudness ?? 0;
      expect(Math.abs(loudness - (alone.voice?.utterances[0]?.features.loudness ?? -99))).toBeLessThan(0.3);
    },
  );

  it('with samples that are no numbers is read, and warned about', async () => {
    const { voice, warnings } = await listen('nan.wav');
    expect(warnings.map(({ code }) => code)).toContain('damaged');
    expect(voice?.segments.length).toBeGreaterThan(0);
  });

  it('of silence has no speech and no pitch', async () => {
    const { clip, voice } = await listen('silence.wav');
    expect(clip.hasSpeech).toBe(false);
    expect(voice?.quality.silentShare).toBe(1);
    expect(voice?.pitch.every((hertz) => hertz === null)).toBe(true);
  });

  it('of no samples is a typed error, not a crash', async () => {
    await expect(perception.measure(at('nothing.wav'), { fps: 5 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:media|nothing)-/),
    });
  });
});

describe('the sound of a clip', () => {
  it('goes on where the pictures end', async () => {
    const { voice, clip } = await listen('longer.mkv');
    expect(clip.kind).toBe('video');
    expect(voice?.t.at(-1) ?? 0).toBeGreaterThan(2900);
  });

  it('keeps its time where it starts late', async () => {
    const { voice } = await listen('late.mkv');
    const heard = (voice?.loudness ?? []).findIndex((level) => level !== null && level > -40);
    expect(Math.abs((voice?.t[heard] ?? 0) - 700)).toBeLessThan(60);
  });
});
