import { describe, expect, it } from 'vitest';
import { createShapeKeeper, planShapes } from '../../../src/perceive/face/face-shapes.ts';
import { LANDMARK_COUNT } from '../../../src/perceive/face/landmarks.ts';

const face = (value: number): Float32Array => new Float32Array(LANDMARK_COUNT * 3).fill(value);

describe('the points of a face over time', () => {
  it('keeps them as fine as sixteen bits allow for the frame', () => {
    const plan = planShapes(1920, 1080, 6_000, 3_000);
    const keeper = createShapeKeeper(plan);
    keeper.add(face(960.37), 0, 1);
    const [value = 0] = keeper.shapes().points;
    expect(Math.abs(value / plan.perPixel - 960.37)).toBeLessThanOrEqual(0.5 / plan.perPixel);
    expect(plan.perPixel).toBeGreaterThanOrEqual(8);
  });

  it('gives positions in pixels of the original, where a smaller picture was analysed', () => {
    const keeper = createShapeKeeper({ everyMs: 40, perPixel: 4 });
    keeper.add(face(100), 0, 2.5);
    expect(keeper.shapes().points[0]).toBe(1000);
  });

  it('bounds what lies far outside the frame instead of turning it round', () => {
    const keeper = createShapeKeeper({ everyMs: 40, perPixel: 8 });
    keeper.add(face(1e6), 0, 1);
    keeper.add(face(-1e6), 40, 1);
    const { points } = keeper.shapes();
    expect([points[0], points.at(-1)]).toEqual([32_767, -32_767]);
  });

  it('keeps about as many as were asked for at most, however long the clip', () => {
    const { everyMs } = planShapes(640, 360, 7_200_000, 100);
    const keeper = createShapeKeeper({ everyMs, perPixel: 1 });
    for (let ms = 0; ms < 7_200_000; ms += 4_000) {
      keeper.add(face(1), ms, 1);
    }
    expect(keeper.shapes().t.length).toBeLessThanOrEqual(112);
    expect(keeper.shapes().t.length).toBeGreaterThan(85);
    expect(keeper.shapes().points).toHaveLength(keeper.shapes().t.length * LANDMARK_COUNT * 3);
  });

  it('keeps every frame of a short clip, though frames are not quite in step', () => {
    const keeper = createShapeKeeper(planShapes(640, 360, 4_000, 3_000));
    for (const ms of [0, 40, 80, 119, 160]) {
      keeper.add(face(1), ms, 1);
    }
    expect(keeper.shapes().t).toEqual([0, 40, 80, 119, 160]);
  });
});
