import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInputFile } from '../../src/kit/safe-path.ts';
import { createNodeAvDecoder } from '../../src/media/node-av/decoder.ts';
import { requireMedia, sniffFile } from '../../src/media/sniff.ts';
import { containerLanguage, packetText } from '../../src/media/text-track.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('text-tracks');

/** One EBML element: id, length (one to four bytes of it, RFC 8794 §4), content. */
const element = (id: string, ...content: (Buffer | number | string)[]): Buffer => {
  const body = Buffer.concat(content.map((part) => (typeof part === 'number' ? number(part) : Buffer.from(part))));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(0x1000_0000 + body.length);
  return Buffer.concat([Buffer.from(id, 'hex'), length, body]);
};

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** Matroska with one text track: S_TEXT/UTF8 is SubRip without its times. */
const matroska = (cues: readonly { ms: number; lastsMs: number; text: string }[]): Buffer =>
  Buffer.concat([
    element('1a45dfa3', element('4282', 'matroska'), element('4287', 4), element('4285', 2)),
    element(
      '18538067',
      element('1549a966', element('2ad7b1', 1_000_000), element('4d80', 'test'), element('5741', 'test')),
      element(
        '1654ae6b',
        element(
          'ae',
          element('d7', 1),
          element('73c5', 1),
          element('83', 17),
          element('86', 'S_TEXT/UTF8'),
          element('22b59c', 'ger'),
        ),
      ),
      element(
        '1f43b675',
        element('e7', 0),
        ...cues.map(({ ms, lastsMs, text }) => {
          const header = Buffer.alloc(4);
          header.writeUInt8(0x81, 0);
          header.writeInt16BE(ms, 1);
          return element('a0', element('a1', header, text), element('9b', lastsMs));
        }),
      ),
    ),
  ]);

const tracksOf = async (name: string, bytes: Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const file = await openInputFile(path);
  const sniffed = requireMedia(await sniffFile(file), file.name);
  return sniffed.kind === 'image' ? null : createNodeAvDecoder().readTextTracks(file, sniffed);
};

describe('text tracks', () => {
  it('are read from Matroska, with their language and times', async () => {
    const bytes = matroska([
      { ms: 900, lastsMs: 1600, text: 'Das habe ich <i>nicht</i> erwartet.' },
      { ms: 3000, lastsMs: 500, text: 'Nein.' },
    ]);
    expect(await tracksOf('clip.mkv', bytes)).toEqual({
      soundLanguage: null,
      track: {
        format: 'subrip',
        language: 'de',
        cues: [
          { startMs: 900, endMs: 2500, text: 'Das habe ich nicht erwartet.', speaker: null, words: [] },
          { startMs: 3000, endMs: 3500, text: 'Nein.', speaker: null, words: [] },
        ],
      },
    });
  });

  it('survive being cut short', async () => {
    const bytes = matroska([
      { ms: 900, lastsMs: 1600, text: 'Whole.' },
      { ms: 3000, lastsMs: 500, text: 'Cut off' },
    ]);
    const tracks = await tracksOf('cut.mkv', bytes.subarray(0, bytes.length - 30));
    expect(tracks?.track?.cues.map(({ text }) => text)).toContain('Whole.');
  });

  it.each([
    ['mov_text', Uint8Array.from([0, 3, ...Buffer.from('Hi!extra')]), 'Hi!'],
    ['mov_text', Uint8Array.from([]), ''],
    ['mov_text', Uint8Array.from([255, 255, 72, 105]), 'Hi'],
    ['ass', Buffer.from('1,0,Default,Ann,0,0,0,,{\\an8}Hi,\\Nyou'), 'Hi, you'],
    ['webvtt', Buffer.from('<v Ann>Hi &amp; bye'), 'Hi & bye'],
  ])('coded as %s give their words (%#)', (format, data, text) => {
    expect(packetText(format, data)).toBe(text);
  });

  it.each([
    ['eng', 'en'],
    ['deu', 'de'],
    ['pt-BR', 'pt-br'],
    ['und', null],
    ['', null],
    ["x'; drop", null],
  ])('marked as %s are in %s', (mark, language) => {
    expect(containerLanguage(mark)).toBe(language);
  });
});
