import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openInputFile } from '../../src/kit/safe-path.ts';
import type { MediaDecoder, SampleReadOptions } from '../../src/media/decoder.ts';
import { openMediaDecoder } from '../../src/media/open-decoder.ts';
import { requireMedia, sniffFile } from '../../src/media/sniff.ts';
import { encodeClip } from '../fixtures/encode-clip.ts';
import { makeSmallClips, SMALL_CLIPS } from '../fixtures/hostile-media.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('sound');
const FFMPEG = process.env.WHYFACE_FFMPEG ?? ['/usr/bin/ffmpeg', '/usr/local/bin/ffmpeg'].find(existsSync);
const VIDEO = { codec: 'libx264', width: 160, height: 96, fps: 25, frames: 50 } as const;

beforeAll(() => {
  makeSmallClips(folder);
  encodeClip(join(folder, 'early.mkv'), {
    muxer: 'matroska',
    video: VIDEO,
    audio: { codec: 'aac', sampleRate: 48_000, channels: 1, seconds: 2.4, hertz: 440, startMs: -600 },
  });
  encodeClip(join(folder, 'late.mkv'), {
    muxer: 'matroska',
    video: VIDEO,
    audio: { codec: 'aac', sampleRate: 48_000, channels: 1, seconds: 1, hertz: 440, startMs: 700 },
  });
});

/** All samples; fails where blocks do not follow each other. */
const listen = async (decoder: MediaDecoder, name: string, options: SampleReadOptions = {}): Promise<Float32Array> => {
  const file = await openInputFile(join(folder, name));
  const sniffed = requireMedia(await sniffFile(file), name);
  if (sniffed.kind === 'image') {
    throw new TypeError('a recording was expected');
  }
  const probe = await decoder.probe(file, sniffed);
  const parts: number[] = [];
  const start = Math.round(((options.fromMs ?? 0) * (options.sampleRate ?? 16_000)) / 1000);
  for await (const { position, samples } of decoder.readSamples(file, sniffed, probe, options)) {
    expect(position).toBe(start + parts.length);
    parts.push(...samples);
  }
  return Float32Array.from(parts);
};

const rootMeanSquare = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** Hertz by rising zero crossings. */
const pitchOf = (samples: Float32Array, sampleRate: number): number => {
  const crossings = samples.reduce((n, value, i) => n + (i > 0 && value >= 0 && (samples[i - 1] ?? 0) < 0 ? 1 : 0), 0);
  return (crossings * sampleRate) / samples.length;
};

const sounds = Object.entries(SMALL_CLIPS).flatMap(([name, spec]) => ('audio' in spec ? [name] : []));

describe.each([
  ['node-av', undefined],
  ['an ffmpeg binary', FFMPEG],
] as const)('sound through %s', (label, ffmpegPath) => {
  const runs = label === 'node-av' || ffmpegPath !== undefined;
  const names = label === 'node-av' ? sounds : ['b-frames.mp4', 'sound.mp3'];
  let decoder: MediaDecoder;
  beforeAll(async () => {
    decoder = await openMediaDecoder({ ffmpegPath });
  });

  it.runIf(runs).each(names)('%s: the tone that was put in, at its level', async (name) => {
    const samples = await listen(decoder, name);
    // The codecs' own run-in and padding are below 50 ms.
    expect(Math.abs(samples.length / 16_000 - 2.4)).toBeLessThan(0.05);
    const middle = samples.subarray(3_200, 35_200);
    expect(pitchOf(middle, 16_000)).toBeCloseTo(440, -1);
    // Two equal channels must not add up: 0.5 / √2 either way.
    expect(rootMeanSquare(middle)).toBeCloseTo(0.354, 1);
  });

  it.runIf(runs)('delivers another rate when asked', async () => {
    const samples = await listen(decoder, 'sound.wav', { sampleRate: 8_000 });
    expect(Math.abs(samples.length - 19_200)).toBeLessThan(400);
    expect(pitchOf(samples.subarray(1_600, 17_600), 8_000)).toBeCloseTo(440, -1);
  });

  it.runIf(runs).each(['b-frames.mp4', 'sound.mp3', ...(label === 'node-av' ? ['sound.wav'] : [])])(
    '%s: a stretch from the middle',
    async (name) => {
      const whole = await listen(decoder, name);
      const part = await listen(decoder, name, { fromMs: 1100, toMs: 1900 });
      expect(part.length).toBe(12_800);
      const expected = whole.subarray(17_600, 30_400);
      // The resampler starts at another phase: up to a sample's shift, which at 440 Hz is 0.06 in the difference.
      const difference = rootMeanSquare(part.map((value, index) => value - (expected[index] ?? 0)));
      expect(difference).toBeLessThan(0.06);
    },
  );

  it.runIf(runs)('puts silence before sound that starts late', async () => {
    const samples = await listen(decoder, 'late.mkv');
    expect(rootMeanSquare(samples.subarray(0, 10_000))).toBeLessThan(0.02);
    expect(rootMeanSquare(samples.subarray(12_800, 25_600))).toBeCloseTo(0.354, 1);
  });

  it.runIf(runs)('keeps the time of sound that begins before the pictures', async () => {
    const file = await openInputFile(join(folder, 'early.mkv'));
    const sniffed = requireMedia(await sniffFile(file), file.name);
    if (sniffed.kind !== 'image') {
      const { video } = await decoder.probe(file, sniffed);
      // The first time stamp of all, 600 ms before zero, is the start of the media.
      expect(Math.abs((video?.frameTimes[0] ?? 0) - 600)).toBeLessThan(30);
    }
    const samples = await listen(decoder, 'early.mkv');
    expect(Math.abs(samples.length / 16_000 - 2.4)).toBeLessThan(0.05);
    expect(rootMeanSquare(samples.subarray(3_200, 36_000))).toBeCloseTo(0.354, 1);
  });

  it.runIf(runs)('tells a clip without sound', async () => {
    const file = await openInputFile(join(folder, 'vp9.webm'));
    const sniffed = requireMedia(await sniffFile(file), file.name);
    if (sniffed.kind !== 'image') {
      const probe = await decoder.probe(file, sniffed);
      expect(probe.audio).toBeNull();
      expect(() => decoder.readSamples(file, sniffed, probe)).toThrow(
        expect.objectContaining({ code: 'nothing-to-read' }),
      );
    }
    expect.assertions(2);
  });
});
