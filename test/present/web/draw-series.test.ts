import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../src/present/web/timeline/draw-series.ts';
import { seriesOf } from '../../../src/present/web/worker/pyramid.ts';

const plot = (t: number[], values: Array<number | null>, width = 1_000) => ({
  t: Float64Array.from(t),
  series: seriesOf(values),
  startMs: 0,
  endMs: 10_000,
  x: (ms: number) => ms / 10,
  y: (value: number) => -value,
  width,
});

describe('what of a series is drawn', () => {
  it('leaves a gap where a value is missing, and where the face was away', () => {
    const { runs, dense } = runsOf(plot([0, 40, 80, 120, 5_000, 5_040], [1, 2, null, 3, 4, 5]));
    expect(dense).toBe(false);
    expect(runs.map(({ x }) => x)).toEqual([[0, 4], [12], [500, 504]]);
  });

  it('does not lose a movement of one frame among thousands', () => {
    const t = Array.from({ length: 10_000 }, (_, index) => index);
    const { runs, dense } = runsOf(
      plot(
        t,
        t.map((ms) => (ms === 7_777 ? 5 : 0.1)),
        200,
      ),
    );
    expect(dense).toBe(true);
    const tops = runs.flatMap(({ top }) => top);
    expect(tops.length).toBeLessThanOrEqual(201);
    expect(Math.min(...tops)).toBe(-5);
  });
});
