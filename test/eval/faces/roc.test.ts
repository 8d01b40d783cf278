import { describe, expect, it } from 'vitest';
import { rocOf } from '../../../eval/faces/unit-curves.ts';

const cases = (present: readonly number[], absent: readonly number[]): Array<{ score: number; present: boolean }> => [
  ...present.map((score) => ({ score, present: true })),
  ...absent.map((score) => ({ score, present: false })),
];

describe('the curve of a unit', () => {
  it('is the share of pairs in which the face that shows it scores higher', () => {
    // 3 × 3 pairs: 4 and 3 beat all three, 1 beats one.
    expect(rocOf(cases([4, 3, 1], [2, 2, 0]))?.auc).toBeCloseTo(7 / 9);
  });

  it('counts equal scores half, in whatever order they come', () => {
    expect(rocOf(cases([1, 1, 1], [1, 1, 1]))?.auc).toBeCloseTo(0.5);
    expect(rocOf(cases([1, 1, 1], [1, 1, 1]).reverse())?.auc).toBeCloseTo(0.5);
  });

  it('is not drawn from one or two faces', () => {
    expect(rocOf(cases([4, 3], [2, 1, 0]))).toBeNull();
  });
});
