import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  claimLength,
  claimSize,
  makeHugePng,
  makeImage,
  makeMutants,
  makeSmallClips,
  SMALL_CLIPS,
} from '../fixtures/hostile-media.ts';
import type { ChildResult } from '../fixtures/media-child.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('hostile');
const at = (name: string): string => join(folder, name);
const put = (name: string, content: Uint8Array | string): string => {
  writeFileSync(at(name), content);
  return at(name);
};

type Finished = { results: ChildResult[]; signal: string | null; stderr: string };

/** Reads files in a process of its own, as a perception worker does; hostile bytes never touch the tests' process. */
const readInChild = (paths: readonly string[]): Promise<Finished> =>
  new Promise((resolve) => {
    const script = join(ROOT, 'test/fixtures/media-child.ts');
    const options = { cwd: ROOT, timeout: 120_000, maxBuffer: 1e8 };
    execFile(process.execPath, ['--import', 'tsx', script, ...paths], options, (error, stdout, stderr) => {
      const results: ChildResult[] = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      resolve({ results, signal: error?.signal ?? null, stderr });
    });
  });

beforeAll(() => {
  makeSmallClips(folder);
});

describe('files that are not what they seem', () => {
  it('gives each a typed answer that names the file, and touches nothing else', async () => {
    const canary = put('canary.ts', readFileSync(at('b-frames.mp4')));
    let visits = 0;
    const server = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const list = `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${canary}\n#EXTINF:3,\nhttp://127.0.0.1:${port}/a.ts\n`;
    const { results, stderr } = await readInChild([
      put('playlist.mp4', list),
      put('concat.avi', `ffconcat version 1.0\nfile '${canary}'\n`),
      put('words.mp4', 'This is not a film.\n'),
      put('drawing.png', `<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:${port}/x"/></svg>`),
      put('empty.mp4', ''),
      put('one-byte.mp4', '\0'),
      at('missing.mp4'),
      put('bomb.png', makeHugePng(20_000, 20_000)),
      // A playlist behind the first bytes of a real container must still be read by that container's demuxer.
      put('masked.mp4', Buffer.concat([Buffer.from('\0\0\0\x14ftypisom\0\0\0\0isom', 'latin1'), Buffer.from(list)])),
    ]);
    server.close();
    expect(stderr).toBe('');
    expect(results.map(({ code }) => code)).toEqual([
      'media-unsupported',
      'media-unsupported',
      'media-unsupported',
      'media-unsupported',
      'media-empty',
      'media-unsupported',
      'input-not-found',
      'media-too-large',
      'media-damaged',
    ]);
    for (const { path, message } of results) {
      expect(message).toContain(path.slice(folder.length + 1));
    }
    expect(visits).toBe(0);
  });

  it('takes a file name for a name, whatever protocol it looks like', async () => {
    const clip = readFileSync(at('vp9.webm'));
    const names = ['concat:b-frames.mp4|b-frames.mp4', 'http:x.webm', '%2e%2e%2fx.webm', '-i.webm', '\u202egpm.webm'];
    const { results } = await readInChild(names.map((name) => put(name, clip)));
    expect(results.map(({ frames }) => frames)).toEqual(names.map(() => 60));
  });

  it('reads the first kind of a polyglot', async () => {
    const tail = Buffer.from('<html><script>alert(1)</script>PK\x03\x04', 'latin1');
    const { results } = await readInChild([
      put('film.html.mp4', Buffer.concat([readFileSync(at('b-frames.mp4')), tail])),
      put('picture.zip.jpg', Buffer.concat([await makeImage('jpeg'), tail])),
    ]);
    expect(results).toMatchObject([
      { code: null, frames: 60 },
      { code: null, frames: 1, width: 120, height: 80 },
    ]);
  });
});

describe('headers that claim too much or too little', () => {
  it('are refused by what they claim, and not believed when pictures are larger', async () => {
    const small = readFileSync(at('moov-last.mp4'));
    const jpeg = await sharp({ create: { width: 8192, height: 4320, channels: 3, background: '#444' } })
      .jpeg()
      .toBuffer();
    // One Motion JPEG picture of 8192 × 4320 in a container that says 160 × 96.
    const avi = readFileSync(at('motion.avi'));
    const chunk = Buffer.alloc(8);
    chunk.write('00dc', 0, 'latin1');
    chunk.writeUInt32LE(jpeg.length, 4);
    const before = avi.subarray(0, avi.indexOf('00dc', avi.indexOf('movi'), 'latin1'));
    const { results, stderr } = await readInChild([
      put('large.mp4', claimSize(small, 8192, 4320)),
      put('long.mp4', claimLength(small, 150_000)),
      put('lying.avi', Buffer.concat([before, chunk, jpeg])),
    ]);
    expect(stderr).toBe('');
    expect(results).toMatchObject([
      { code: 'media-too-large', message: expect.stringContaining('8192 × 4320') },
      { code: 'media-too-long', message: expect.stringMatching(/ \d+ h /) },
      { code: 'media-too-large' },
    ]);
    // Without a decoder: one picture of 8192 × 4320 alone is 53 MB, and a decoder keeps several.
    expect((results[0]?.residentGrowth ?? Infinity) + (results[1]?.residentGrowth ?? 0)).toBeLessThan(80e6);
  });
});

describe('files that end too soon', () => {
  it('are read as far as they go, with a warning', async () => {
    const cuts = ['b-frames.mp4', 'h264.mkv', 'vp8.webm', 'wmv2.wmv', 'mpeg4.avi', 'sound.wav', 'sound.flac'];
    const { results } = await readInChild(
      cuts.map((name) => {
        const whole = readFileSync(at(name));
        return put(`cut-${name}`, whole.subarray(0, Math.floor(whole.length * 0.55)));
      }),
    );
    expect(results.map(({ code, warnings }) => [code, warnings.includes('truncated')])).toEqual(
      cuts.map(() => [null, true]),
    );
    expect(Math.min(...results.map(({ frames, samples }) => frames + samples))).toBeGreaterThan(10);
    expect(Math.max(...results.map(({ durationMs }) => durationMs))).toBeLessThan(2300);
  });

  it('are an error, and not an empty result, without their index or with nothing behind it', async () => {
    const last = readFileSync(at('moov-last.mp4'));
    const webm = readFileSync(at('vp9.webm'));
    const { results } = await readInChild([
      put('no-moov.mp4', last.subarray(0, Math.floor(last.length * 0.6))),
      put('head.webm', webm.subarray(0, webm.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75])))),
      put('head.wav', readFileSync(at('sound.wav')).subarray(0, 44)),
      put('head.mp3', readFileSync(at('sound.mp3')).subarray(0, 60)),
      put('head.avi', readFileSync(at('mpeg4.avi')).subarray(0, 400)),
    ]);
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 'media-damaged'));
  });
});

describe('damaged copies', () => {
  it('end in a typed result each, and leave the process alive', async () => {
    const sources = Object.keys(SMALL_CLIPS).map(at);
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      sources.push(put(`picture.${format}`, await makeImage(format)));
    }
    const mutants = makeMutants(sources, at('mutants'), 20, 20_261_123);
    const { results, signal, stderr } = await readInChild(mutants);
    expect({ signal, stderr }).toEqual({ signal: null, stderr: '' });
    expect(results.map(({ path }) => path)).toEqual(mutants);
    const codes = new Set(results.map(({ code }) => code));
    codes.delete(null);
    const allowed = ['media-damaged', 'media-unsupported', 'media-too-long', 'media-too-large', 'nothing-to-read'];
    expect([...codes].filter((code) => !allowed.some((known) => known === code))).toEqual([]);
    // Silence is the worst answer: a clip that lost many pictures must say so.
    const silent = results.filter(
      ({ code, warnings, frames, path }) =>
        code === null && warnings.length === 0 && frames < 45 && !/sound|picture/.test(path),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});
