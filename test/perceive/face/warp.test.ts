import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { projectBack } from '../../../src/perceive/face/mesh.ts';
import { createPixelKernel } from '../../../src/perceive/face/pixel-kernel.ts';
import { type WarpOptions, warp } from '../../../src/perceive/face/warp.ts';

const kernel = await createPixelKernel();

const picture = (width: number, height: number, value: (x: number, y: number, channel: number) => number): RgbImage => {
  const data = new Uint8Array(width * height * 3);
  for (let index = 0; index < data.length; index += 1) {
    const pixel = Math.floor(index / 3);
    data[index] = value(pixel % width, Math.floor(pixel / width), index % 3);
  }
  return { data, width, height };
};

const options: WarpOptions = {
  side: 16,
  low: 0,
  high: 255,
  border: 'replicate',
  layout: 'interleaved',
  sampling: 'centres',
  smooth: true,
};

const crop = (
  image: RgbImage,
  region: Parameters<typeof warp>[2],
  changes: Partial<WarpOptions> = {},
): Float32Array => {
  const tensor = new Float32Array(16 * 16 * 3);
  warp(kernel, image, region, { ...options, ...changes }, tensor);
  return tensor;
};

const anyRegion = fc.record({
  centreX: fc.double({ min: -50, max: 150, noNaN: true }),
  centreY: fc.double({ min: -50, max: 150, noNaN: true }),
  size: fc.double({ min: 1, max: 400, noNaN: true }),
  rotation: fc.double({ min: -4, max: 4, noNaN: true }),
});

describe('crops', () => {
  it('keeps one colour, wherever the region lies, when the border goes on', () => {
    const image = picture(90, 70, (_x, _y, channel) => 40 + channel * 50);
    fc.assert(
      fc.property(anyRegion, fc.boolean(), (region, smooth) => {
        const tensor = crop(image, region, { smooth });
        for (const [index, value] of tensor.entries()) {
          expect(value).toBeCloseTo(40 + (index % 3) * 50, 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads a slope at the place each cell stands for, turned or not', () => {
    const image = picture(100, 100, (x, y) => x + y);
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 8, max: 40, noNaN: true }),
        (rotation, size) => {
          const tensor = crop(image, { centreX: 50, centreY: 50, size, rotation });
          // Taken back by the rule that takes landmarks back.
          const places = Float32Array.from(
            Array.from({ length: 256 }, (_, cell) => [(cell % 16) + 0.5, Math.floor(cell / 16) + 0.5, 0]).flat(),
          );
          projectBack(places, { centreX: 50, centreY: 50, size, rotation }, 16);
          for (let cell = 0; cell < 256; cell += 1) {
            const expected = (places[cell * 3] ?? 0) + (places[cell * 3 + 1] ?? 0) - 1;
            expect(Math.abs((tensor[cell * 3] ?? 0) - expected)).toBeLessThan(0.6);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is black outside when asked, and maps bytes to the range', () => {
    const image = picture(20, 20, () => 255);
    const tensor = crop(
      image,
      { centreX: 0, centreY: 10, size: 20, rotation: 0 },
      { border: 'zero', low: -1, high: 1 },
    );
    expect(tensor[0]).toBeCloseTo(-1);
    expect(tensor[(8 * 16 + 15) * 3]).toBeCloseTo(1);
  });

  it('lays out planes with the same values', () => {
    const image = picture(60, 60, (x, y, channel) => (x * 3 + y * 5 + channel * 70) % 256);
    const region = { centreX: 30, centreY: 25, size: 33, rotation: 0.3 };
    const interleaved = crop(image, region);
    const planar = crop(image, region, { layout: 'planar' });
    for (let index = 0; index < planar.length; index += 1) {
      expect(planar[index]).toBe(interleaved[(index % 256) * 3 + Math.floor(index / 256)]);
    }
  });

  it('averages fine texture away when it shrinks', () => {
    const stripes = picture(256, 256, (x) => (x % 2) * 200);
    const values = crop(stripes, { centreX: 128, centreY: 128, size: 200, rotation: 0.2 });
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(120);
  });
});
