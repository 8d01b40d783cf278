import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../kernel/build.ts';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { createPixelKernel } from '../../../src/perceive/face/pixel-kernel.ts';
import { KERNEL_WASM } from '../../../src/perceive/face/pixel-kernel-wasm.ts';
import { plainAlign, plainCrop } from './support/plain-kernel.ts';

const anyImage = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }), seed: fc.nat() })
  .map(({ width, height, seed }): RgbImage => {
    let state = seed;
    const data = Uint8Array.from({ length: width * height * 3 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
    return { data, width, height };
  });
const fixed = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min: min * 65_536, max: max * 65_536 });
const SIDE = 6;

describe('the pixel kernel', () => {
  it('is what its source compiles to', async () => {
    expect(await compileKernel()).toBe(KERNEL_WASM);
  });

  it('crops as the plain loops do, to the bit', async () => {
    const kernel = await createPixelKernel();
    const walks = fc.record({
      starts: fc
        .array(fixed(-60, 100), { minLength: 2 * SIDE, maxLength: 2 * SIDE })
        .map((all) => Int32Array.from(all)),
      acrossX: fixed(-4, 4),
      acrossY: fixed(-4, 4),
      downX: fixed(-4, 4),
      downY: fixed(-4, 4),
    });
    const outputs = fc.record({
      side: fc.constant(SIDE),
      samples: fc.integer({ min: 1, max: 4 }),
      planar: fc.boolean(),
      black: fc.boolean(),
      scale: fc.double({ min: 1e-7, max: 1e-4, noNaN: true }),
      low: fc.constantFrom(0, -1),
    });
    fc.assert(
      fc.property(anyImage, walks, outputs, (image, walk, output) => {
        const [compiled, plain] = [new Float32Array(3 * SIDE * SIDE), new Float32Array(3 * SIDE * SIDE)];
        kernel.crop(image, walk, output, compiled);
        plainCrop(image, walk, output, plain);
        expect(compiled).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('lays a face out as the plain loops do, to the bit', async () => {
    const kernel = await createPixelKernel();
    const nodes = 5;
    const lattices = fc
      .array(fc.double({ min: -20, max: 60, noNaN: true }), { minLength: 2 * nodes ** 2, maxLength: 2 * nodes ** 2 })
      .map((places) => ({ nodes, places: Float32Array.from(places) }));
    fc.assert(
      fc.property(anyImage, lattices, fc.integer({ min: 1, max: 3 }), (image, lattice, samples) => {
        const [compiled, plain] = [new Float32Array(SIDE * SIDE), new Float32Array(SIDE * SIDE)];
        kernel.align(image, lattice, { side: SIDE, samples }, compiled);
        plainAlign(image, lattice, { side: SIDE, samples }, plain);
        expect(compiled).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
});
