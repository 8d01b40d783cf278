import { describe, expect, it } from 'vitest';
import {
  anchorCentres,
  decodeDetections,
  FULL_RANGE,
  SHORT_RANGE,
} from '../../../src/perceive/face/decode-detections.ts';
import type { FaceDetection } from '../../../src/perceive/face/detection.ts';
import { suppress } from '../../../src/perceive/face/suppress.ts';

const detection = (score: number, x: number): FaceDetection => ({
  score,
  box: { x, y: 10, width: 100, height: 100 },
  keypoints: [[x, 20]],
});

describe('detector outputs', () => {
  it.each([
    ['short range', SHORT_RANGE, 896],
    ['full range', FULL_RANGE, 2304],
  ])('has an anchor in the middle of every cell: %s', (_, shape, count) => {
    const centres = anchorCentres(shape);
    expect(centres.length).toBe(count * 2);
    expect(Math.min(...centres)).toBeCloseTo(0.5 / (shape.layers[0]?.cells ?? 1));
    expect(Math.max(...centres)).toBeLessThan(1);
  });

  it('takes a box back into the pixels of the region it was looked for in', () => {
    const centres = anchorCentres(SHORT_RANGE);
    const boxes = new Float32Array(896 * 16);
    const logits = new Float32Array(896).fill(-20);
    logits[300] = 3;
    // A box as wide as a quarter of the tensor, right on its anchor; the first key point half a tensor to the right.
    boxes.set([0, 0, 32, 16, 64, 0], 300 * 16);
    const region = { centreX: 500, centreY: 300, size: 400, rotation: 0 };
    const [found, ...others] = decodeDetections(boxes, logits, centres, SHORT_RANGE, region, 0.5);
    expect(others).toEqual([]);
    const x = 300 + (centres[600] ?? 0) * 400;
    const y = 100 + (centres[601] ?? 0) * 400;
    expect(found?.score).toBeCloseTo(1 / (1 + Math.exp(-3)));
    expect(found?.box.x).toBeCloseTo(x - 50);
    expect(found?.box.y).toBeCloseTo(y - 25);
    expect(found?.box.width).toBeCloseTo(100);
    expect(found?.keypoints[0]?.[0]).toBeCloseTo(x + 200);
  });

  it('averages overlapping boxes by their scores and leaves others alone', () => {
    const [first, second, ...rest] = suppress([detection(0.6, 10), detection(0.9, 0), detection(0.7, 400)]);
    expect(rest).toEqual([]);
    expect(first?.score).toBe(0.9);
    expect(first?.box.x).toBeCloseTo((10 * 0.6 + 0 * 0.9) / 1.5);
    expect(first?.keypoints[0]?.[0]).toBeCloseTo(4);
    expect(second?.box.x).toBe(400);
  });

  it('ends on boxes without area', () => {
    const flat = (): FaceDetection => ({ ...detection(0.8, 0), box: { x: 0, y: 0, width: 0, height: 0 } });
    expect(suppress([flat(), flat()])).toHaveLength(2);
  });
});
