import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { createCutDetector } from '../../../src/perceive/face/scene-cut.ts';

/** Bars that move to the right, lit by `light`; 'other' is another place. */
const frame = (shift: number, light = 1, other = false): RgbImage => {
  const [width, height] = [64, 36];
  const data = new Uint8Array(width * height * 3);
  for (let index = 0; index < data.length; index += 1) {
    const x = Math.floor(index / 3) % width;
    const y = Math.floor(index / 3 / width);
    data[index] = light * (other ? (y > 12 ? 220 : 20) : 90 + 60 * Math.sin((x - shift) / 9));
  }
  return { data, width, height };
};

const cutsOf = (frames: RgbImage[], stepMs: number): number[] => {
  const isCut = createCutDetector();
  return frames.flatMap((image, index) => (isCut(image, index * stepMs) ? [index] : []));
};

describe('cuts', () => {
  it('are where another picture begins', () => {
    const frames = [...Array(10).keys()].map((shift) => frame(shift, 1, shift >= 6));
    expect(cutsOf(frames, 40)).toEqual([6]);
  });

  it('are not seen in movement, fading light, or the first frame', () => {
    expect(
      cutsOf(
        [...Array(30).keys()].map((shift) => frame(shift)),
        40,
      ),
    ).toEqual([]);
    expect(
      cutsOf(
        [...Array(30).keys()].map((step) => frame(0, 1 - step / 40)),
        40,
      ),
    ).toEqual([]);
  });

  it('take more change where frames lie far apart', () => {
    const moved = [frame(0), frame(1), frame(2), frame(14), frame(15)];
    expect(cutsOf(moved, 333)).toEqual([]);
  });
});
