import { describe, expect, it } from 'vitest';
import check from '../../../models/training/check.json' with { type: 'json' };
import { readActionUnitSidecar } from '../../../src/perceive/face/action-units.ts';
import { APPEARANCE_SIDE, alignedFace } from '../../../src/perceive/face/au-appearance.ts';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { LANDMARK_COUNT } from '../../../src/perceive/face/landmarks.ts';
import { createPixelKernel } from '../../../src/perceive/face/pixel-kernel.ts';

const kernel = await createPixelKernel();
const { grid } = await readActionUnitSidecar();

/** The mean face drawn into a picture of this size, and the picture's grey values by place. */
const setting = (
  size: number,
  grey: (x: number, y: number) => number,
): { image: RgbImage; landmarks: Float32Array } => {
  const data = new Uint8Array(size * size * 3);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    data.fill(grey((pixel % size) / size, Math.floor(pixel / size) / size), pixel * 3, pixel * 3 + 3);
  }
  const landmarks = new Float32Array(LANDMARK_COUNT * 3);
  for (let at = 0; at < landmarks.length; at += 3) {
    landmarks[at] = size * (0.5 + (check.points[at] ?? 0) / 24);
    landmarks[at + 1] = size * (0.5 - (check.points[at + 1] ?? 0) / 24);
  }
  return { image: { data, width: size, height: size }, landmarks };
};

const crop = (size: number, grey: (x: number, y: number) => number): Float32Array => {
  const { image, landmarks } = setting(size, grey);
  const target = new Float32Array(APPEARANCE_SIDE * APPEARANCE_SIDE);
  alignedFace(kernel, image, landmarks, grid, target);
  return target;
};

const at = (values: Float32Array, x: number, y: number): number => values[y * APPEARANCE_SIDE + x] ?? Number.NaN;

describe('alignedFace', () => {
  it('keeps up up and the left of the person at the right', () => {
    const across = crop(256, (x) => 255 * x);
    const down = crop(256, (_, y) => 255 * y);
    expect(at(across, 110, 64)).toBeGreaterThan(at(across, 20, 64) + 80);
    expect(at(down, 64, 110)).toBeGreaterThan(at(down, 64, 20) + 80);
  });

  it('shows the same face alike in a small and in a large picture', () => {
    const pattern = (x: number, y: number): number => 128 + 60 * Math.sin(x * 40) + 50 * Math.cos(y * 30);
    const [small, large] = [crop(240, pattern), crop(960, pattern)];
    const difference = small.map((value, index) => Math.abs(value - (large[index] ?? 0)));
    expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(4);
  });

  it('follows the landmarks: a raised mouth corner is laid out where mouth corners lie', () => {
    const { image, landmarks } = setting(480, () => 40);
    const corner = [Math.round(landmarks[291 * 3] ?? 0), Math.round((landmarks[291 * 3 + 1] ?? 0) - 20)] as const;
    for (let row = -4; row <= 4; row += 1) {
      const start = ((corner[1] + row) * 480 + corner[0] - 4) * 3;
      image.data.fill(255, start, start + 27);
    }
    const brightest = (points: Float32Array): number => {
      const target = new Float32Array(APPEARANCE_SIDE * APPEARANCE_SIDE);
      alignedFace(kernel, image, points, grid, target);
      return target.indexOf(Math.max(...target));
    };
    const before = brightest(landmarks);
    const raised = landmarks.slice();
    for (const landmark of [291, 306, 292, 308, 375, 409, 410, 287, 432, 436, 426, 322, 391, 423, 273, 335, 422, 424]) {
      raised[landmark * 3 + 1] = (raised[landmark * 3 + 1] ?? 0) - 20;
    }
    expect(Math.floor(brightest(raised) / APPEARANCE_SIDE)).toBeGreaterThan(Math.floor(before / APPEARANCE_SIDE) + 2);
  });

  it('stays inside the picture when the face does not', () => {
    const { image, landmarks } = setting(200, () => 90);
    const target = new Float32Array(APPEARANCE_SIDE * APPEARANCE_SIDE);
    alignedFace(
      kernel,
      image,
      landmarks.map((value) => value - 150),
      grid,
      target,
    );
    expect(target.every((value) => value === 90)).toBe(true);
  });
});
