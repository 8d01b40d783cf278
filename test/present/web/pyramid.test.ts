import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelFor, seriesOf } from '../../../src/present/web/worker/pyramid.ts';

const columns = fc.array(fc.option(fc.float({ min: -100, max: 100, noNaN: true }), { nil: null, freq: 6 }), {
  minLength: 1,
  maxLength: 3_000,
});

describe('the pyramid under a lane', () => {
  it('keeps the lowest and the highest of every stretch, whatever is missing', () => {
    fc.assert(
      fc.property(columns, (column) => {
        for (const { size, low, high } of seriesOf(column).levels) {
          expect(low).toHaveLength(Math.ceil(column.length / size));
          for (const [stretch, lowest] of low.entries()) {
            const inside = column.slice(stretch * size, (stretch + 1) * size).filter((value) => value !== null);
            expect(lowest).toBe(inside.length === 0 ? Number.NaN : Math.fround(Math.min(...inside)));
            expect(high[stretch]).toBe(inside.length === 0 ? Number.NaN : Math.fround(Math.max(...inside)));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('draws a short stretch from the samples, and a long one with no more stretches than pixels', () => {
    const series = seriesOf(Float32Array.from({ length: 36_000 }, (_, index) => Math.sin(index)));
    expect(levelFor(series, 500, 640)).toBeNull();
    const level = levelFor(series, 36_000, 640);
    expect(36_000 / (level?.size ?? 1)).toBeLessThanOrEqual(640);
    expect(36_000 / (level?.size ?? 1)).toBeGreaterThan(640 / 4);
  });
});
