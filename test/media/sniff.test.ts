import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openInputFile } from '../../src/kit/safe-path.ts';
import { nameMismatch, requireMedia, sniffBytes, sniffFile } from '../../src/media/sniff.ts';
import { makeImage } from '../fixtures/hostile-media.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('sniff');

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const box = (type: string, rest: string): Uint8Array => bytes(`\0\0\0\x18${type}${rest}`.padEnd(24, '\0'));

const sniffed = async (name: string, content: Uint8Array | string) => {
  writeFileSync(join(folder, name), content);
  return sniffFile(await openInputFile(join(folder, name)));
};

describe('sniffBytes', () => {
  it.each([
    ['MP4 by its brand', box('ftyp', 'isom\0\0\0\0isommp42'), 'video', 'mp4'],
    ['QuickTime by its brand', box('ftyp', 'qt  \0\0\0\0qt  '), 'video', 'mov'],
    ['old QuickTime that starts with wide', bytes('\0\0\0\x08wide\0\0\x10\0mdat'), 'video', 'mov'],
    ['old QuickTime that starts with moov', bytes('\0\0\x10\0moov\0\0\0lmvhd'), 'video', 'mov'],
    ['WebM', bytes('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm'), 'video', 'webm'],
    ['Matroska', bytes('\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska'), 'video', 'matroska'],
    ['AVI', bytes('RIFF\x10\x20\0\0AVI LIST'), 'video', 'avi'],
    ['Windows Media', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), 'video', 'asf'],
    ['WAV', bytes('RIFF\x10\x20\0\0WAVEfmt '), 'audio', 'wav'],
    ['WAV over 4 GB', bytes('RF64\xff\xff\xff\xffWAVEds64'), 'audio', 'wav'],
    ['MP3 behind a tag', bytes('ID3\x04\0\0\0\0\0\x02\0\0\xff\xfb\x90\x64'), 'audio', 'mp3'],
    ['MP3 without a tag', bytes('\xff\xfb\x90\x64'), 'audio', 'mp3'],
    ['AAC', bytes('\xff\xf1\x50\x80\x02\x1f'), 'audio', 'adts'],
    ['AAC behind a tag', bytes('ID3\x04\0\0\0\0\0\x02\0\0\xff\xf1\x50\x80'), 'audio', 'adts'],
    ['FLAC', bytes('fLaC\0\0\0\x22'), 'audio', 'flac'],
    ['Ogg', bytes('OggS\0\x02'), 'audio', 'ogg'],
    ['JPEG', bytes('\xff\xd8\xff\xe0'), 'image', 'jpeg'],
    ['PNG', bytes('\x89PNG\r\n\x1a\n'), 'image', 'png'],
    ['WebP', bytes('RIFF\x10\x20\0\0WEBPVP8 '), 'image', 'webp'],
    ['HEIC, which shares MP4’s container', box('ftyp', 'heic\0\0\0\0mif1heic'), 'refused', 'heic'],
    ['AVIF', box('ftyp', 'avif\0\0\0\0mif1avif'), 'refused', 'avif'],
    ['GIF', bytes('GIF89a'), 'refused', 'gif'],
    ['PDF', bytes('%PDF-1.7'), 'refused', 'pdf'],
    ['ZIP', bytes('PK\x03\x04'), 'refused', 'zip'],
    ['an HLS playlist', bytes('#EXTM3U\n#EXT-X-VERSION:3\n'), 'refused', 'hls'],
    ['a DASH playlist', bytes('<?xml version="1.0"?>\n<MPD xmlns="urn">'), 'refused', 'dash'],
    ['an ffconcat list', bytes("ffconcat version 1.0\nfile 'x.mp4'\n"), 'refused', 'playlist'],
    ['an SDP description', bytes('v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n'), 'refused', 'sdp'],
    ['SVG', bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'refused', 'svg'],
    ['HTML', bytes('<!DOCTYPE html><html></html>'), 'refused', 'html'],
    ['subtitles', bytes('1\n00:00:01,000 --> 00:00:02,000\nhi\n'), 'refused', 'subtitles'],
    ['text', bytes('hello world\n'), 'refused', 'text'],
    ['UTF-16 text', Buffer.from('\ufeffhello world\n', 'utf16le'), 'refused', 'text'],
    ['zeros', new Uint8Array(600), 'refused', 'zeros'],
    ['CSV', bytes('frame,timestamp,AU01_r\n0,0.0,1.2\n'), 'table', 'csv'],
    ['TSV', bytes('frame\ttimestamp\n0\t0.0\n'), 'table', 'tsv'],
    ['JSON', bytes(' {"schema": "whyface/percepts@1"}'), 'json', 'json'],
  ])('knows %s', (_, head, kind, format) => {
    expect(sniffBytes(head)).toMatchObject({ kind, format });
  });

  it('forces a demuxer for everything with a time line, and none for pictures', () => {
    expect(sniffBytes(box('ftyp', 'isom'))).toMatchObject({ demuxer: 'mov' });
    expect(sniffBytes(bytes('\xff\xf1\x50\x80'))).toMatchObject({ demuxer: 'aac' });
    expect(sniffBytes(bytes('\x89PNG\r\n\x1a\n'))).toMatchObject({ demuxer: null });
  });

  it('answers for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (head) => {
        const { kind } = sniffBytes(head);
        expect(kind === 'empty').toBe(head.length === 0);
      }),
    );
  });
});

describe('requireMedia', () => {
  it('says what a refused file is, by its bytes and not its name', async () => {
    const playlist = await sniffed('clip.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:5\nfile:///etc/passwd\n');
    expect(() => requireMedia(playlist, 'clip.mp4')).toThrow(/clip\.mp4 is a text file \(an HLS playlist\)/);
    const empty = await sniffed('empty.mp4', '');
    expect(() => requireMedia(empty, 'empty.mp4')).toThrow(/empty\.mp4 is empty/);
    const one = await sniffed('one.mp4', '\0');
    expect(() => requireMedia(one, 'one.mp4')).toThrow(expect.objectContaining({ code: 'media-unsupported' }));
  });

  it('reads a picture with a clip’s name as a picture, and says so', async () => {
    const media = requireMedia(await sniffed('picture.mp4', await makeImage('png')), 'picture.mp4');
    expect(media).toMatchObject({ kind: 'image', format: 'png' });
    expect(nameMismatch('picture.mp4', media)).toMatchObject({ code: 'type-mismatch' });
    expect(nameMismatch('picture.PNG', media)).toBeUndefined();
  });

  it('looks behind an ID3 tag larger than the first read', async () => {
    const tag = Buffer.from('ID3\x04\0\0\0\0\x7f\x7f', 'latin1');
    const content = Buffer.concat([tag, Buffer.alloc(16_383), bytes('fLaC\0\0\0\x22')]);
    expect(await sniffed('tagged.mp3', content)).toMatchObject({ format: 'flac' });
  });
});
