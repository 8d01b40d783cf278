import { describe, expect, it } from 'vitest';
import { importTflite } from '../../../../src/perceive/models/import/convert.ts';
import { at, type Picture } from './picture-reference.ts';
import { largestDifference, numbers, runOnnx } from './run-onnx.ts';
import { buildTflite, type TestOperator } from './tflite-builder.ts';

const SIZE = 4;
const POINTS = 9;
const CROP = {
  left_rotation_idx: 1,
  right_rotation_idx: 4,
  output_width: SIZE,
  output_height: SIZE,
  scale_x: 1.5,
  scale_y: 1.25,
  subset_idxs: [0, 1, 2, 3, 5, 7, 8],
};

type Point = readonly [number, number];

/** MediaPipe's landmarks_to_transform_matrix.cc, version 2: the two rows that move x and y. */
const cropMatrix = (points: readonly Point[], target: number): [number, number, number][] => {
  const [left, right] = [points[CROP.left_rotation_idx] ?? [0, 0], points[CROP.right_rotation_idx] ?? [0, 0]];
  const r = target - Math.atan2(right[1] - left[1], right[0] - left[0]);
  const turned = CROP.subset_idxs.map((index): Point => {
    const [x, y] = points[index] ?? [0, 0];
    return [x * Math.cos(r) - y * Math.sin(r), x * Math.sin(r) + y * Math.cos(r)];
  });
  const [xs, ys] = [turned.map(([x]) => x), turned.map(([, y]) => y)];
  const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  const [mx, my] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const [cx, cy] = [mx * Math.cos(-r) - my * Math.sin(-r), mx * Math.sin(-r) + my * Math.cos(-r)];
  const sx = (CROP.scale_x * (box.right - box.left)) / SIZE;
  const sy = (CROP.scale_y * (box.bottom - box.top)) / SIZE;
  const rows: [number, number][] = [
    [Math.cos(-r) * sx, -Math.sin(-r) * sy],
    [Math.sin(-r) * sx, Math.cos(-r) * sy],
  ];
  return rows.map(([a, b], axis) => [a, b, (axis === 0 ? cx : cy) - (a * SIZE) / 2 - (b * SIZE) / 2]);
};

/** MediaPipe's transform_tensor_bilinear.cc, version 2. */
const sample = (picture: Picture, rows: [number, number, number][]): number[] => {
  const values: number[] = [];
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const [u = 0, v = 0] = rows.map(([a, b, c]) => a * (x + 0.5) + b * (y + 0.5) + c - 0.5);
      const outside = u < 0 || v < 0 || u > picture.width - 1 || v > picture.height - 1;
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [fx, fy] = [u - left, v - top];
      for (let channel = 0; channel < picture.channels; channel += 1) {
        const upper = (1 - fx) * at(picture, top, left, channel) + fx * at(picture, top, left + 1, channel);
        const lower = (1 - fx) * at(picture, top + 1, left, channel) + fx * at(picture, top + 1, left + 1, channel);
        values.push(outside ? 0 : (1 - fy) * upper + fy * lower);
      }
    }
  }
  return values;
};

const picture: Picture = { height: 10, width: 12, channels: 3, data: numbers(360, 5) };

const SAMPLING: TestOperator = {
  name: 'TransformTensorBilinear',
  custom: true,
  version: 2,
  inputs: ['picture', 'matrix'],
  outputs: ['crop'],
  customOptions: { output_width: SIZE, output_height: SIZE },
};

const graph = (target: number | null, hasPicture = true): Uint8Array =>
  buildTflite({
    tensors: [
      { name: 'points', shape: [1, POINTS, 3] },
      { name: 'picture', shape: [1, 10, 12, 3], data: picture.data },
      { name: 'matrix', shape: [1, 4, 4] },
      { name: 'crop', shape: [1, SIZE, SIZE, 3] },
      { name: 'moved', shape: [1, POINTS, 3] },
    ],
    operators: [
      {
        name: 'Landmarks2TransformMatrix',
        custom: true,
        version: 2,
        inputs: ['points'],
        outputs: ['matrix'],
        customOptions: { ...CROP, target_rotation_radians: target },
      },
      ...(hasPicture ? [SAMPLING] : []),
      { name: 'TransformLandmarks', custom: true, version: 2, inputs: ['points', 'matrix'], outputs: ['moved'] },
    ],
    inputs: ['points'],
    outputs: hasPicture ? ['matrix', 'crop', 'moved'] : ['matrix', 'moved'],
  });

describe("the attention mesh's own operators", () => {
  // Seeds chosen so that crops lie inside, across the border and turned by more than a right angle.
  it.each([
    [1, null],
    [2, null],
    [3, 0.5],
    [4, -2.5],
  ])('agree with MediaPipe (points %i, target rotation %s)', async (seed, target) => {
    const data = numbers(POINTS * 3, seed, 1, 9);
    const { matrix, crop, moved } = await runOnnx(importTflite(graph(target)), { dims: [1, POINTS, 3], data });
    const points = Array.from(
      { length: POINTS },
      (_, index): Point => [data[index * 3] ?? 0, data[index * 3 + 1] ?? 0],
    );
    const rows = cropMatrix(points, target ?? 0);
    const four = [...rows.map(([a, b, c]) => [a, b, 0, c]), [0, 0, 1, 0], [0, 0, 0, 1]].flat();
    expect(largestDifference(matrix?.data ?? [], four)).toBeLessThan(1e-4);
    expect(largestDifference(crop?.data ?? [], sample(picture, rows))).toBeLessThan(1e-4);
    const expected = points.flatMap(([x, y], index) => [
      ...rows.map(([a, b, c]) => a * x + b * y + c),
      data[index * 3 + 2] ?? 0,
    ]);
    expect(largestDifference(moved?.data ?? [], expected)).toBeLessThan(1e-4);
  });

  it('moves several faces at once, each by its own matrix', async () => {
    const [first, second] = [numbers(POINTS * 3, 8, 1, 9), numbers(POINTS * 3, 9, 1, 9)];
    const model = importTflite(graph(null, false));
    const both = await runOnnx(model, { dims: [2, POINTS, 3], data: Float32Array.of(...first, ...second) });
    const alone = await runOnnx(model, { dims: [1, POINTS, 3], data: second });
    expect(both.moved?.dims).toEqual([2, POINTS, 3]);
    expect(largestDifference(both.moved?.data.subarray(POINTS * 3) ?? [], alone.moved?.data ?? [])).toBeLessThan(1e-5);
  });
});
