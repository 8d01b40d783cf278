import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import check from '../../../models/training/expression/check.json' with { type: 'json' };
import { EXPRESSION_LABELS } from '../../../src/contracts/expression.ts';
import { AFFECT_POSITIONS } from '../../../src/facs/affect-positions.ts';
import { readActionUnitSidecar } from '../../../src/perceive/face/action-units.ts';
import { createExpressionReader } from '../../../src/perceive/face/expression.ts';
import { createHsemotionReader } from '../../../src/perceive/face/expression-hsemotion.ts';
import { createHeadInputs } from '../../../src/perceive/face/head-inputs.ts';
import { createHeadRun } from '../../../src/perceive/face/head-run.ts';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { createPixelKernel } from '../../../src/perceive/face/pixel-kernel.ts';
import { createOnnxGraph } from '../../../src/perceive/models/import/onnx-graph.ts';
import { ROOT } from '../../support/shared.ts';

/** A picture in which every pixel is `colourAt` its place. */
const painted = (width: number, height: number, colourAt: (x: number, y: number) => readonly number[]): RgbImage => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.set(colourAt(x, y), (y * width + x) * 3);
    }
  }
  return { data, width, height };
};

describe('the expression head', () => {
  it('computes what the training script computed', async () => {
    const session = await InferenceSession.create(join(ROOT, 'models', 'expression-head.onnx'));
    const answer = await session.run({
      points: new Tensor('float32', Float32Array.from(check.points), [1, 478, 3]),
      features: new Tensor('float32', Float32Array.from(check.features), [1, check.features.length]),
      scores: new Tensor('float32', Float32Array.from(check.scores), [1, check.scores.length]),
    });
    const shares = [...(answer.shares?.data ?? [])].map(Number);
    expect(shares.length).toBe(check.answer.length);
    for (const [index, score] of check.answer.entries()) {
      expect(Math.abs((shares[index] ?? Number.NaN) - score)).toBeLessThan(0.001);
    }
  });

  it('gives probabilities, and the affect of what it sees', async () => {
    const session = await InferenceSession.create(join(ROOT, 'models', 'expression-head.onnx'));
    const units = await InferenceSession.create(join(ROOT, 'models', 'au-head.onnx'));
    const inputs = createHeadInputs((await readActionUnitSidecar()).grid, await createPixelKernel());
    const read = createExpressionReader(session, Tensor, createHeadRun(units, Tensor, inputs));
    const image = painted(200, 200, (x, y) => [100 + (x % 50), 100 + (y % 50), 120]);
    const landmarks = Float32Array.from(check.points, (value, index) => {
      const axis = index % 3;
      return axis === 0 ? 100 + value * 8 : axis === 1 ? 100 - value * 8 : -value * 8;
    });
    const { scores, valence, arousal } = await read(image, landmarks);
    expect(EXPRESSION_LABELS.reduce((sum, label) => sum + scores[label], 0)).toBeCloseTo(1, 5);
    const expected = (axis: 'valence' | 'arousal'): number =>
      EXPRESSION_LABELS.reduce((sum, label) => sum + scores[label] * AFFECT_POSITIONS[label][axis], 0);
    expect(valence).toBeCloseTo(expected('valence'), 5);
    expect(arousal).toBeCloseTo(expected('arousal'), 5);
  });
});

/**
 * A network with HSEmotion's input and output that answers with what it is shown: the means of red, green and blue, the
 * same of the left half, red and green of the upper half, then a tenth of red and of blue for valence and arousal.
 */
const openMirror = (exported: 'usual' | 'otherwise' = 'usual'): Promise<InferenceSession> => {
  const graph = createOnnxGraph('mirror');
  const input = exported === 'usual' ? 'input' : 'pixel_values';
  graph.input(input, exported === 'usual' ? ['batch', 3, 224, 224] : ['batch', 3, 'height', 'width']);
  const meanOf = (value: string): string => graph.add('ReduceMean', [value], { axes: [2, 3], keepdims: 0 });
  const part = (value: string, axis: number, end: number): string =>
    graph.add('Slice', [value, graph.integers([0]), graph.integers([end]), graph.integers([axis])]);
  const whole = meanOf(input);
  const left = meanOf(part(input, 3, 112));
  const upper = part(meanOf(part(input, 2, 112)), 1, 2);
  const tenth = graph.add('Mul', [whole, graph.floats([0.1], [1])]);
  const affect = graph.add('Gather', [tenth, graph.integers([0, 2])], { axis: 1 });
  if (exported === 'usual') {
    graph.output('output', graph.add('Concat', [whole, left, upper, affect], { axis: 1 }), ['batch', 10]);
  } else {
    graph.output('va', affect, ['batch', 2]);
    graph.output('logits', graph.add('Concat', [whole, left, upper], { axis: 1 }), ['batch', 8]);
  }
  return InferenceSession.create(graph.encode({}));
};

describe('HSEmotion', () => {
  // A face 60 × 80 at (40, 30), its four quarters of different colours, in a picture of another one.
  const [x0, y0, width, height] = [40, 30, 60, 80];
  const quarters = [
    [200, 40, 90],
    [10, 220, 60],
    [120, 130, 250],
    [30, 70, 160],
  ];
  const image = painted(160, 150, (x, y) => {
    const inside = x >= x0 && x < x0 + width && y >= y0 && y < y0 + height;
    const quarter = (x >= x0 + width / 2 ? 1 : 0) + (y >= y0 + height / 2 ? 2 : 0);
    return inside ? (quarters[quarter] ?? []) : [255, 0, 255];
  });
  const landmarks = Float32Array.from({ length: 478 * 3 }, (_, index) => {
    const [point, axis] = [Math.floor(index / 3), index % 3];
    const corner = point % 4;
    return axis === 0 ? x0 + (corner % 2) * width : axis === 1 ? y0 + (corner >> 1) * height : 0;
  });
  const MEAN = [0.485, 0.456, 0.406];
  const DEVIATION = [0.229, 0.224, 0.225];
  const meanOf = (channel: number, chosen: readonly number[]): number => {
    const bytes = chosen.reduce((sum, quarter) => sum + (quarters[quarter]?.[channel] ?? 0), 0) / chosen.length;
    return (bytes / 255 - (MEAN[channel] ?? 0)) / (DEVIATION[channel] ?? 1);
  };

  it('sees red, green and blue in this order, behind ImageNet’s mean and deviation, of the face and nothing else', async () => {
    const { scores, valence, arousal } = await createHsemotionReader(await openMirror(), Tensor)(image, landmarks);
    const shown = [
      ...[0, 1, 2].map((channel) => meanOf(channel, [0, 1, 2, 3])),
      ...[0, 1, 2].map((channel) => meanOf(channel, [0, 2])),
      ...[0, 1].map((channel) => meanOf(channel, [0, 1])),
    ];
    const sum = shown.reduce((total, logit) => total + Math.exp(logit), 0);
    for (const [index, label] of EXPRESSION_LABELS.entries()) {
      expect(Math.abs(scores[label] - Math.exp(shown[index] ?? 0) / sum)).toBeLessThan(0.004);
    }
    expect(valence).toBeCloseTo(meanOf(0, [0, 1, 2, 3]) / 10, 2);
    expect(arousal).toBeCloseTo(meanOf(2, [0, 1, 2, 3]) / 10, 2);
  });

  it('is known by its shapes, whatever an export calls its inputs and outputs', async () => {
    const [usual, otherwise] = await Promise.all([openMirror(), openMirror('otherwise')]);
    const answers = [usual, otherwise].map((session) => createHsemotionReader(session, Tensor)(image, landmarks));
    const [expected, found] = await Promise.all(answers);
    expect(found).toEqual(expected);
  });

  it('refuses a network with other outputs', async () => {
    const graph = createOnnxGraph('other');
    graph.input('input', ['batch', 3, 224, 224]);
    graph.output('output', graph.add('ReduceMean', ['input'], { axes: [2, 3], keepdims: 0 }), ['batch', 3]);
    const read = createHsemotionReader(await InferenceSession.create(graph.encode({})), Tensor);
    await expect(read(image, landmarks)).rejects.toMatchObject({ code: 'model-invalid' });
  });
});
