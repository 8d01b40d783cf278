import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openInputFile } from '../../src/kit/safe-path.ts';
import type { FrameReadOptions, MediaDecoder, Probe } from '../../src/media/decoder.ts';
import { openMediaDecoder } from '../../src/media/open-decoder.ts';
import { requireMedia, type SniffedStream, sniffFile } from '../../src/media/sniff.ts';
import { encodeClip } from '../fixtures/encode-clip.ts';
import { makeSmallClips, SMALL_CLIPS } from '../fixtures/hostile-media.ts';
import { isUpright, readPictureNumber } from '../fixtures/picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('decode');
/** A developer's ffmpeg, to hold the second decoder to the same results; nothing needs it. */
const FFMPEG = process.env.WHYFACE_FFMPEG ?? ['/usr/bin/ffmpeg', '/usr/local/bin/ffmpeg'].find(existsSync);

const openClip = async (name: string) => {
  const file = await openInputFile(join(folder, name));
  const sniffed = requireMedia(await sniffFile(file), name);
  if (sniffed.kind === 'image') {
    throw new TypeError('a clip was expected');
  }
  return { file, sniffed };
};

type Seen = { frame: number; ms: number; number: number; digest: string };

const readAll = async (
  decoder: MediaDecoder,
  clip: { file: Awaited<ReturnType<typeof openInputFile>>; sniffed: SniffedStream },
  probe: Probe,
  options?: FrameReadOptions,
): Promise<Seen[]> => {
  const seen: Seen[] = [];
  for await (const picture of decoder.readFrames(clip.file, clip.sniffed, probe, options)) {
    expect(isUpright(picture)).toBe(true);
    const digest = createHash('md5').update(picture.data).digest('hex');
    seen.push({ frame: picture.frame, ms: picture.ms, number: readPictureNumber(picture), digest });
  }
  return seen;
};

const ONE = 65_536;
const PLAIN = { codec: 'libx264', width: 160, height: 96, fps: 25, frames: 20 } as const;
const UNEVEN = [0, 40, 80, 200, 240, 500, 533, 566, 600, 900];

beforeAll(() => {
  makeSmallClips(folder);
  encodeClip(join(folder, 'wide-pixels.mp4'), {
    muxer: 'mp4',
    video: { ...PLAIN, sampleAspect: { num: 2, den: 1 } },
  });
  encodeClip(join(folder, 'odd.mkv'), {
    muxer: 'matroska',
    video: { ...PLAIN, codec: 'ffv1', width: 161, height: 97 },
  });
  encodeClip(join(folder, 'uneven.mp4'), {
    muxer: 'mp4',
    video: { ...PLAIN, frames: UNEVEN.length, timesMs: UNEVEN },
  });
  encodeClip(join(folder, 'fast.mp4'), { muxer: 'mp4', video: { ...PLAIN, fps: 60, frames: 120 } });
  encodeClip(join(folder, 'one.mp4'), { muxer: 'mp4', video: { ...PLAIN, frames: 1 } });
  encodeClip(join(folder, 'turned.mp4'), {
    muxer: 'mp4',
    video: { ...PLAIN, matrix: [0, ONE, 0, -ONE, 0, 0, PLAIN.height * ONE, 0, 1 << 30] },
  });
  encodeClip(join(folder, 'mirrored.mp4'), {
    muxer: 'mp4',
    video: { ...PLAIN, matrix: [-ONE, 0, 0, 0, ONE, 0, PLAIN.width * ONE, 0, 1 << 30] },
  });
});

const videos = Object.entries(SMALL_CLIPS).flatMap(([name, spec]) => ('video' in spec ? [name] : []));

describe.each([
  ['node-av', undefined],
  ['an ffmpeg binary', FFMPEG],
] as const)('a clip through %s', (label, ffmpegPath) => {
  const runs = label === 'node-av' || ffmpegPath !== undefined;
  let decoder: MediaDecoder;
  beforeAll(async () => {
    decoder = await openMediaDecoder({ ffmpegPath });
  });

  // Every reading by the binary is a process of its own: a format each of the demuxers is enough there.
  const names = label === 'node-av' ? videos : ['b-frames.mp4', 'vp8.webm', 'untimed.avi', 'wmv2.wmv'];

  it.runIf(runs).each(names)('%s: every picture, with its own number and time', async (name) => {
    const clip = await openClip(name);
    const probe = await decoder.probe(clip.file, clip.sniffed);
    expect(probe).toMatchObject({ warnings: [], video: { width: 160, height: 96, rotation: 0 } });
    expect(probe.video?.fps).toBeCloseTo(25, 1);
    expect(Math.abs(probe.durationMs - 2400)).toBeLessThan(50);
    const seen = await readAll(decoder, clip, probe);
    expect(seen.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, index) => index));
    expect(seen.map(({ frame }) => frame)).toEqual(seen.map(({ number }) => number));
    const late = seen.filter(({ frame, ms }) => Math.abs(ms - frame * 40) > 1);
    expect(late).toEqual([]);
  });

  it.runIf(runs).each(label === 'node-av' ? videos : ['b-frames.mp4', 'untimed.avi'])(
    '%s: the same pictures in chunks as in one pass',
    async (name) => {
      const clip = await openClip(name);
      const probe = await decoder.probe(clip.file, clip.sniffed);
      const whole = await readAll(decoder, clip, probe);
      const cuts = label === 'node-av' ? [0, 510, 1003, 1960, 1999, 60_000] : [0, 1003, 60_000];
      const chunks: Seen[] = [];
      for (const [index, fromMs] of cuts.slice(0, -1).entries()) {
        chunks.push(...(await readAll(decoder, clip, probe, { fromMs, toMs: cuts[index + 1] })));
      }
      expect(chunks).toEqual(whole);
    },
  );

  it.runIf(runs)('says when a container cannot be cut', async () => {
    const timed = await openClip('b-frames.mp4');
    const untimed = await openClip('untimed.avi');
    expect((await decoder.probe(timed.file, timed.sniffed)).video).toMatchObject({ seekable: true, timed: true });
    expect((await decoder.probe(untimed.file, untimed.sniffed)).video).toMatchObject({ seekable: false, timed: false });
  });

  it.runIf(runs)('makes pixels square', async () => {
    const clip = await openClip('wide-pixels.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    expect(probe.video).toMatchObject({ width: 320, height: 96 });
    expect((await readAll(decoder, clip, probe)).map(({ number }) => number)).toEqual([...Array(20).keys()]);
  });

  it.runIf(runs)('delivers rows without padding at odd sizes', async () => {
    const clip = await openClip('odd.mkv');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    for await (const { width, height, data } of decoder.readFrames(clip.file, clip.sniffed, probe)) {
      expect([width, height, data.length]).toEqual([161, 97, 161 * 97 * 3]);
      // Blue on the right edge of every row: a stride mistaken for a width would shear the picture.
      const edge = Array.from({ length: 60 }, (_, y) => data[((y + 36) * width + width - 2) * 3 + 2] ?? 0);
      expect(Math.min(...edge)).toBeGreaterThan(150);
    }
  });

  it.runIf(runs)('keeps the times of a variable rate', async () => {
    const clip = await openClip('uneven.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    const seen = await readAll(decoder, clip, probe);
    expect(seen.map(({ ms }) => ms)).toEqual(UNEVEN);
    expect(seen.map(({ number }) => number)).toEqual([...UNEVEN.keys()]);
  });

  it.runIf(runs)(
    'thins fast clips to the limit unless told otherwise, and keeps the stream’s own numbers',
    async () => {
      const clip = await openClip('fast.mp4');
      const probe = await decoder.probe(clip.file, clip.sniffed);
      const numbers = async (options: FrameReadOptions): Promise<number[]> => {
        const seen = await readAll(decoder, clip, probe, options);
        expect(seen.map(({ frame }) => frame)).toEqual(seen.map(({ number }) => number));
        return seen.map(({ number }) => number);
      };
      expect(await numbers({})).toEqual(Array.from({ length: 60 }, (_, index) => index * 2));
      if (label !== 'node-av') {
        return;
      }
      expect(await numbers({ fps: 'all', fromMs: 1000 })).toEqual(Array.from({ length: 30 }, (_, n) => 60 + n * 2));
      expect(await numbers({ fps: Number.POSITIVE_INFINITY })).toHaveLength(120);
      expect(await numbers({ fps: 5 })).toHaveLength(10);
    },
  );

  it.runIf(runs)('scales large pictures down while decoding', async () => {
    const clip = await openClip('b-frames.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    const sizes = new Set<string>();
    for await (const picture of decoder.readFrames(clip.file, clip.sniffed, probe, { maxSide: 80 })) {
      sizes.add(`${picture.width}×${picture.height}×${picture.data.length}`);
      expect(readPictureNumber(picture)).toBe(picture.frame);
    }
    expect([...sizes]).toEqual([`80×48×${80 * 48 * 3}`]);
  });

  it.runIf(runs)('reads a clip of one picture', async () => {
    const clip = await openClip('one.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    expect(probe.video).toMatchObject({ fps: null, frameTimes: [0] });
    expect(await readAll(decoder, clip, probe)).toMatchObject([{ frame: 0, ms: 0, number: 0 }]);
  });

  it.runIf(runs)('stops between two pictures when told to', async () => {
    const clip = await openClip('b-frames.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    const controller = new AbortController();
    let seen = 0;
    const reading = (async () => {
      for await (const _ of decoder.readFrames(clip.file, clip.sniffed, probe, { signal: controller.signal })) {
        seen += 1;
        if (seen === 3) {
          controller.abort();
        }
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toBe(3);
    await expect(decoder.probe(clip.file, clip.sniffed, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it.runIf(runs)('survives being left half-way', async () => {
    const clip = await openClip('b-frames.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    for (let round = 0; round < (label === 'node-av' ? 5 : 1); round += 1) {
      for await (const { frame } of decoder.readFrames(clip.file, clip.sniffed, probe)) {
        if (frame === round) {
          break;
        }
      }
    }
    expect(await readAll(decoder, clip, probe)).toHaveLength(60);
  });

  it.runIf(runs)('turns a phone’s clip clockwise, as its container says', async () => {
    // The picture is stored as drawn and declared turned by 90°: turned back it must be as drawn.
    const clip = await openClip('turned.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    expect(probe.video).toMatchObject({ width: 96, height: 160, rotation: 90 });
    for await (const { frame, width, height, data } of decoder.readFrames(clip.file, clip.sniffed, probe)) {
      expect([width, height]).toEqual([96, 160]);
      const back = new Uint8Array(data.length);
      for (let y = 0; y < 96; y += 1) {
        for (let x = 0; x < 160; x += 1) {
          const from = (x * width + (95 - y)) * 3;
          back.set(data.subarray(from, from + 3), (y * 160 + x) * 3);
        }
      }
      const picture = { width: 160, height: 96, data: back };
      expect(readPictureNumber(picture)).toBe(frame);
      expect(isUpright(picture)).toBe(true);
    }
  });

  it.runIf(runs)('mirrors what the container says is mirrored, and no more', async () => {
    // The picture is stored as drawn and declared mirrored, so upright it is the other way round.
    const clip = await openClip('mirrored.mp4');
    const probe = await decoder.probe(clip.file, clip.sniffed);
    for await (const picture of decoder.readFrames(clip.file, clip.sniffed, probe)) {
      expect(isUpright(picture)).toBe(false);
    }
  });
});
