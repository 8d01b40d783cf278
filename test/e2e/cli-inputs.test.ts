/** The program as a careless person meets it: real processes, real files, most of them wrong. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainRecord } from '../../src/contracts/index.ts';
import { makeHugePng } from '../fixtures/hostile-media.ts';
import { whyface } from '../support/cli.ts';
import { ROOT } from '../support/shared.ts';

const PHOTO = join(ROOT, 'examples', 'astronaut.png');
const CLIP = join(ROOT, 'examples', 'clip.mp4');
const CANARY = 'canary-that-must-not-be-read';
const LATEST_MS = 180_000;

let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'whyface-inputs-'));
  copyFileSync(PHOTO, at('good.png'));
  writeFileSync(at('empty.mp4'), '');
  writeFileSync(at('half.png'), readFileSync(PHOTO).subarray(0, 2000));
  writeFileSync(at('text.mp4'), 'Dear diary, this is not a film.\n');
  writeFileSync(at('playlist.mp4'), '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nnext.ts\n#EXT-X-ENDLIST\n');
  writeFileSync(at('next.ts'), CANARY);
  writeFileSync(at('huge.png'), makeHugePng(20_000, 20_000));
  await sharp({ create: { width: 320, height: 240, channels: 3, background: '#7a7a7a' } })
    .png()
    .toFile(at('wall.png'));
  mkdirSync(at('nothing'));
  mkdirSync(at('album'));
  copyFileSync(PHOTO, join(folder, 'album', 'b.png'));
  copyFileSync(at('wall.png'), join(folder, 'album', 'a.png'));
  writeFileSync(join(folder, 'album', 'notes.txt'), 'not media');
  writeFileSync(at('odd\u001b[31m.png'), 'not a picture');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recordsOf = (lines: string): Array<z.infer<typeof explainRecord>> =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => explainRecord.parse(JSON.parse(line)));

describe('inputs of every kind at once', () => {
  it(
    'gives each its own record, in order; the bad ones do not stop the good one; the worst decides the status',
    async () => {
      const names = [
        'empty.mp4',
        'half.png',
        'text.mp4',
        'playlist.mp4',
        'huge.png',
        'good.png',
        'wall.png',
        'nothing',
        'missing.png',
        'odd\u001b[31m.png',
      ];
      const { status, stdout, stderr } = await whyface(['explain', ...names.map(at), '--format', 'jsonl']);
      const records = recordsOf(stdout);
      expect(records.map(({ input }) => input)).toEqual(names.map(at));
      expect(records.map(({ error }) => error?.code ?? null)).toEqual([
        'media-empty',
        'media-damaged',
        'media-unsupported',
        'media-unsupported',
        'media-too-large',
        null,
        'nothing-to-read',
        'input-not-found',
        'input-not-found',
        'media-unsupported',
      ]);
      for (const { input, error } of records) {
        if (error !== null && !input.includes('odd')) {
          expect(error.message).toContain(input.split('/').at(-1));
          expect(error.message).not.toMatch(/undefined|\[object|Error:/);
        }
      }
      expect(records[5]?.explanations.length).toBeGreaterThan(0);
      expect(status).toBe(66);
      expect(stdout + stderr).not.toContain(CANARY);
      expect(stderr).not.toContain('\u001b');
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    LATEST_MS,
  );

  it(
    'takes a folder for the media files in it, sorted, and writes one table',
    async () => {
      const { status, stdout, stderr } = await whyface([
        'observe',
        at('album'),
        at('missing.png'),
        '--format',
        'csv',
        '--quiet',
      ]);
      const lines = stdout.trimEnd().split('\n');
      expect(lines[0]).toMatch(/^input,frame,timestamp,face_id,/);
      expect(lines.slice(1).map((line) => line.split(',').slice(0, 6).join(','))).toEqual([
        `${join(folder, 'album', 'a.png')},0,0,,0,0`,
        expect.stringMatching(/b\.png,0,0,P1,[01](?:\.\d+)?,1$/),
      ]);
      // Errors are said also when notes are not wanted: there is no other place for them in a table.
      expect(stderr).toContain('missing.png does not exist');
      expect(status).toBe(66);
    },
    LATEST_MS,
  );

  it.skipIf(process.getuid?.() === 0)(
    'says so where it may not read (root may read everything: skipped there)',
    async () => {
      writeFileSync(at('locked.png'), 'x', { mode: 0o000 });
      const { status, stderr } = await whyface(['explain', at('locked.png')]);
      expect(status).toBe(66);
      expect(stderr).toContain('locked.png may not be read by this user');
    },
  );
});

describe('output', () => {
  it(
    'goes to a file that is whole or not there, in the format that its name says',
    async () => {
      const target = at('report.html');
      const { status, stdout, stderr } = await whyface(['explain', at('good.png'), at('wall.png'), '-o', target, '-q']);
      expect({ status, stdout }).toEqual({ status: 65, stdout: '' });
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      const html = readFileSync(target, 'utf8');
      expect(html).toMatch(/^<!doctype html>/);
      expect(html.match(/<article/g)).toHaveLength(2);
      expect(html).toContain('data:image/jpeg;base64,');
      expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
    },
    LATEST_MS,
  );

  it(
    'ends quietly when nobody reads it any more',
    async () => {
      const { stderr, status } = await whyface(['observe', at('good.png'), CLIP, CLIP, CLIP, '--format', 'csv', '-q'], {
        started: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
    LATEST_MS,
  );
});

describe('Ctrl-C', () => {
  it.skipIf(process.platform !== 'linux')(
    'keeps what is done, ends with 130, and leaves no process behind (reads /proc: Linux only)',
    async () => {
      const children: number[] = [];
      const clips = Array.from({ length: 6 }, () => CLIP);
      const { status, stdout, stderr } = await whyface(['explain', at('good.png'), ...clips, '--format', 'json'], {
        started: (child) => {
          let seen = '';
          child.stdout?.on('data', (chunk: Buffer) => {
            seen += chunk.toString();
            // The first record is out: the next is being measured.
            if (children.length === 0 && seen.includes('\n  }')) {
              children.push(...childrenOf(child.pid ?? 0));
              setTimeout(() => child.kill('SIGINT'), 300);
            }
          });
        },
      });
      expect(status).toBe(130);
      expect(stderr).toMatch(/Interrupted; [1-6] of 7 done, which is kept\.\n$/);
      const records = z.array(explainRecord).parse(JSON.parse(stdout));
      expect(records[0]?.input).toBe(at('good.png'));
      expect(records.length).toBeLessThan(7);
      expect(children.length).toBeGreaterThan(0);
      expect(children.filter(isAlive)).toEqual([]);
    },
    LATEST_MS,
  );
});

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((part) => part !== '')
    .map(Number);

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
