import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openInputFile } from '../../src/kit/safe-path.ts';
import { readImage } from '../../src/media/image.ts';
import { requireMedia, sniffFile } from '../../src/media/sniff.ts';
import { makeHugePng, makeImage } from '../fixtures/hostile-media.ts';
import { drawPicture, isUpright, readPictureNumber } from '../fixtures/picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('image');

const read = async (name: string, content: Uint8Array) => {
  writeFileSync(join(folder, name), content);
  const file = await openInputFile(join(folder, name));
  const sniffed = requireMedia(await sniffFile(file), file.name);
  expect(sniffed.kind).toBe('image');
  return sniffed.kind === 'image' ? readImage(file, sniffed) : Promise.reject(new TypeError('not an image'));
};

const raw = () => sharp(drawPicture(5, 120, 80), { raw: { width: 120, height: 80, channels: 3 } });

/** Where a camera of an EXIF orientation (CIPA DC-008 §4.6.4) stores the upright pixel (x, y) of a picture of 120 × 80. */
const STORED_AT: Record<number, (x: number, y: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y) => [119 - x, y],
  3: (x, y) => [119 - x, 79 - y],
  4: (x, y) => [x, 79 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [y, 119 - x],
  7: (x, y) => [79 - y, 119 - x],
  8: (x, y) => [79 - y, x],
};

const storedAs = (orientation: number): Uint8Array => {
  const upright = drawPicture(5, 120, 80);
  const stored = new Uint8Array(upright.length);
  for (let y = 0; y < 80; y += 1) {
    for (let x = 0; x < 120; x += 1) {
      const [column, row] = STORED_AT[orientation]?.(x, y) ?? [0, 0];
      const from = (y * 120 + x) * 3;
      stored.set(upright.subarray(from, from + 3), (row * (orientation < 5 ? 120 : 80) + column) * 3);
    }
  }
  return stored;
};

describe('readImage', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('decodes %s to packed upright RGB', async (format) => {
    const image = await read(`a.${format}`, await makeImage(format));
    expect(image).toMatchObject({ width: 120, height: 80, warnings: [] });
    expect(image.data.length).toBe(120 * 80 * 3);
    expect(readPictureNumber(image)).toBe(5);
    expect(isUpright(image)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    const plain = await sharp(storedAs(orientation), {
      raw: orientation < 5 ? { width: 120, height: 80, channels: 3 } : { width: 80, height: 120, channels: 3 },
    })
      .png()
      .toBuffer();
    const image = await read(`o${orientation}.jpg`, await sharp(plain).withMetadata({ orientation }).jpeg().toBuffer());
    expect([image.width, image.height]).toEqual([120, 80]);
    expect(readPictureNumber(image)).toBe(5);
    expect(isUpright(image)).toBe(true);
  });

  it('gives three channels for grey, transparent, 16-bit and CMYK pictures', async () => {
    const grey = await read('grey.png', await raw().greyscale().png().toBuffer());
    expect(grey.data.length).toBe(120 * 80 * 3);
    const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#ff000000' } })
      .png()
      .toBuffer();
    expect([...(await read('clear.png', clear)).data.subarray(0, 3)]).toEqual([255, 255, 255]);
    const deep = await read('deep.png', await raw().toColourspace('rgb16').png().toBuffer());
    expect(isUpright(deep)).toBe(true);
    const inks = await read('inks.jpg', await raw().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer());
    expect(inks.data.length).toBe(120 * 80 * 3);
    expect(isUpright(inks)).toBe(true);
  });

  it('refuses a picture by the size in its header, before decoding', async () => {
    const before = process.memoryUsage.rss();
    await expect(read('bomb.png', makeHugePng(20_000, 20_000))).rejects.toMatchObject({
      code: 'media-too-large',
      message: expect.stringMatching(/^bomb\.png is 20000 × 20000 pixels; .* scale it down/),
    });
    // Decoded it would be 1.2 GB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
    await expect(read('long.png', makeHugePng(13_000, 10))).rejects.toMatchObject({ code: 'media-too-large' });
  });

  it.each(['jpeg', 'png', 'webp'] as const)('says that a %s is cut short, and shows what there is', async (format) => {
    const whole = await makeImage(format, 640, 480);
    const image = await read(`cut.${format}`, whole.subarray(0, Math.floor(whole.length * 0.7))).catch(
      (error) => error,
    );
    if (image instanceof Error) {
      expect(image).toMatchObject({ code: 'media-damaged' });
    } else {
      expect(image.warnings).toMatchObject([{ code: 'truncated' }]);
      expect(image.data.length).toBe(640 * 480 * 3);
    }
  });

  it('refuses what is only a header', async () => {
    const whole = await makeImage('png');
    await expect(read('head.png', whole.subarray(0, 20))).rejects.toMatchObject({ code: 'media-damaged' });
  });

  it('reads the first kind of a polyglot and leaves the rest alone', async () => {
    const zip = Buffer.from('PK\x03\x04<script>alert(1)</script>', 'latin1');
    expect(await read('a.zip.jpg', Buffer.concat([await makeImage('jpeg'), zip]))).toMatchObject({ width: 120 });
    const html = Buffer.from('<html><script>alert(1)</script></html>');
    expect(await read('a.html', Buffer.concat([await makeImage('png'), html]))).toMatchObject({ width: 120 });
  });

  it('never loads a format that is not on the list, even when asked to', async () => {
    await read('any.png', await makeImage('png'));
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
    await expect(sharp(drawing).metadata()).rejects.toThrow();
  });
});
