import { describe, expect, it } from 'vitest';
import { importTflite } from '../../../../src/perceive/models/import/convert.ts';
import { convolve, growChannels, maximum, type Picture, prelu, sum } from './picture-reference.ts';
import { largestDifference, numbers, runOnnx, toPlanes } from './run-onnx.ts';
import { buildTflite, type TestField, type TestOperator, type TestTensor } from './tflite-builder.ts';

const SAME = 0;
const VALID = 1;
const conv = (padding: number, stride: number): TestField[] => [
  { field: 0, int8: padding },
  { field: 1, int32: stride },
  { field: 2, int32: stride },
];
const depthwise = (stride: number): TestField[] => [...conv(SAME, stride), { field: 3, int32: 1 }];
const pool: TestField[] = [...conv(SAME, 2), { field: 3, int32: 2 }, { field: 4, int32: 2 }];

/** A network with one 8 × 8 × 3 picture as input `in`. */
const run = async (tensors: TestTensor[], operators: TestOperator[], picture: Float32Array, size = 8) => {
  const bytes = buildTflite({
    tensors: [{ name: 'in', shape: [1, size, size, 3] }, ...tensors],
    operators,
    inputs: ['in'],
    outputs: ['out'],
  });
  const outputs = await runOnnx(importTflite(bytes), {
    dims: [1, 3, size, size],
    data: toPlanes(picture, size, size, 3),
  });
  return outputs.out ?? { dims: [], data: new Float32Array() };
};

describe('picture operators', () => {
  const picture: Picture = { height: 8, width: 8, channels: 3, data: numbers(192, 7) };

  it('pads "same" as TensorFlow does: the odd pixel to the bottom and right', async () => {
    const [kernels, bias] = [numbers(5 * 9 * 3, 2), numbers(5, 3)];
    const out = await run(
      [
        { name: 'w', shape: [5, 3, 3, 3], data: kernels },
        { name: 'b', shape: [5], data: bias },
        { name: 'out', shape: [1, 4, 4, 5] },
      ],
      [{ name: 'CONV_2D', inputs: ['in', 'w', 'b'], outputs: ['out'], options: conv(SAME, 2) }],
      picture.data,
    );
    expect(out.dims).toEqual([1, 4, 4, 5]);
    expect(largestDifference(out.data, convolve(picture, kernels, bias, 3, 2).data)).toBeLessThan(1e-5);
  });

  it('lets a convolution take over the zeros that PAD put around its input', async () => {
    const [kernels, bias] = [numbers(4 * 9 * 3, 5), numbers(4, 6)];
    const out = await run(
      [
        { name: 'p', shape: [4, 2], data: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) },
        { name: 'padded', shape: [1, 10, 10, 3] },
        { name: 'w', shape: [4, 3, 3, 3], data: kernels },
        { name: 'b', shape: [4], data: bias },
        { name: 'out', shape: [1, 8, 8, 4] },
      ],
      [
        { name: 'PAD', inputs: ['in', 'p'], outputs: ['padded'] },
        { name: 'CONV_2D', inputs: ['padded', 'w', 'b'], outputs: ['out'], options: conv(VALID, 1) },
      ],
      picture.data,
    );
    expect(largestDifference(out.data, convolve(picture, kernels, bias, 3, 1).data)).toBeLessThan(1e-5);
  });

  // The block every face network is made of, with numbers of channels that do and do not fill whole blocks.
  it.each([
    [16, 32],
    [16, 16],
    [8, 24],
    [20, 30],
  ])('runs residual blocks of %i channels into %i, turned signs and added planes included', async (inner, outer) => {
    const weights = {
      first: numbers(inner * 9 * 3, 11),
      firstBias: numbers(inner, 12),
      slopes: numbers(inner, 13, -0.5, 1.5),
      deep: numbers(9 * inner, 14),
      deepBias: numbers(inner, 15),
      point: numbers(inner * inner, 16),
      pointBias: numbers(inner, 17),
      slopes2: numbers(inner, 18, -0.5, 1.5),
      down: numbers(9 * inner, 19),
      downBias: numbers(inner, 20),
      grow: numbers(outer * inner, 21),
      growBias: numbers(outer, 22),
      slopes3: numbers(outer, 23, -0.5, 1.5),
    };
    const out = await run(
      [
        { name: 'w1', shape: [inner, 3, 3, 3], data: weights.first },
        { name: 'b1', shape: [inner], data: weights.firstBias },
        { name: 'x1', shape: [1, 8, 8, inner] },
        { name: 's1', shape: [1, 1, inner], data: weights.slopes },
        { name: 'y1', shape: [1, 8, 8, inner] },
        { name: 'w2', shape: [1, 3, 3, inner], data: weights.deep },
        { name: 'b2', shape: [inner], data: weights.deepBias },
        { name: 'd2', shape: [1, 8, 8, inner] },
        { name: 'w3', shape: [inner, 1, 1, inner], data: weights.point },
        { name: 'b3', shape: [inner], data: weights.pointBias },
        { name: 'c2', shape: [1, 8, 8, inner] },
        { name: 'x2', shape: [1, 8, 8, inner] },
        { name: 's2', shape: [1, 1, inner], data: weights.slopes2 },
        { name: 'y2', shape: [1, 8, 8, inner] },
        { name: 'w4', shape: [1, 3, 3, inner], data: weights.down },
        { name: 'b4', shape: [inner], data: weights.downBias },
        { name: 'd3', shape: [1, 4, 4, inner] },
        { name: 'w5', shape: [outer, 1, 1, inner], data: weights.grow },
        { name: 'b5', shape: [outer], data: weights.growBias },
        { name: 'c3', shape: [1, 4, 4, outer] },
        { name: 'm3', shape: [1, 4, 4, inner] },
        { name: 'p3', shape: [4, 2], data: Int32Array.of(0, 0, 0, 0, 0, 0, 0, outer - inner) },
        { name: 'g3', shape: [1, 4, 4, outer] },
        { name: 'x3', shape: [1, 4, 4, outer] },
        { name: 's3', shape: [1, 1, outer], data: weights.slopes3 },
        { name: 'out', shape: [1, 4, 4, outer] },
      ],
      [
        { name: 'CONV_2D', inputs: ['in', 'w1', 'b1'], outputs: ['x1'], options: conv(SAME, 1) },
        { name: 'PRELU', inputs: ['x1', 's1'], outputs: ['y1'] },
        { name: 'DEPTHWISE_CONV_2D', inputs: ['y1', 'w2', 'b2'], outputs: ['d2'], options: depthwise(1) },
        { name: 'CONV_2D', inputs: ['d2', 'w3', 'b3'], outputs: ['c2'], options: conv(SAME, 1) },
        { name: 'ADD', inputs: ['y1', 'c2'], outputs: ['x2'] },
        { name: 'PRELU', inputs: ['x2', 's2'], outputs: ['y2'] },
        { name: 'DEPTHWISE_CONV_2D', inputs: ['y2', 'w4', 'b4'], outputs: ['d3'], options: depthwise(2) },
        { name: 'MAX_POOL_2D', inputs: ['y2'], outputs: ['m3'], options: pool },
        { name: 'CONV_2D', inputs: ['d3', 'w5', 'b5'], outputs: ['c3'], options: conv(SAME, 1) },
        { name: 'PAD', inputs: ['m3', 'p3'], outputs: ['g3'] },
        { name: 'ADD', inputs: ['g3', 'c3'], outputs: ['x3'] },
        { name: 'PRELU', inputs: ['x3', 's3'], outputs: ['out'] },
      ],
      picture.data,
    );
    const y1 = prelu(convolve(picture, weights.first, weights.firstBias, 3, 1), weights.slopes);
    const d2 = convolve(y1, weights.deep, weights.deepBias, 3, 1, true);
    const y2 = prelu(sum(y1, convolve(d2, weights.point, weights.pointBias, 1, 1)), weights.slopes2);
    const d3 = convolve(y2, weights.down, weights.downBias, 3, 2, true);
    const grown = growChannels(maximum(y2), outer);
    const expected = prelu(sum(grown, convolve(d3, weights.grow, weights.growBias, 1, 1)), weights.slopes3);
    expect(largestDifference(out.data, expected.data)).toBeLessThan(1e-3);
  });
});
