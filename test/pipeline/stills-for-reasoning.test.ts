import { describe, expect, it } from 'vitest';
import type { Percepts } from '../../src/contracts/index.ts';
import { momentsOf } from '../../src/pipeline/stills-for-reasoning.ts';
import { buildPercepts } from '../support/record-builder.ts';

/** One person with one movement, a value every 100 ms, and blinks. */
const perceptsOf = (values: readonly (number | null)[], lids: readonly number[]): Percepts => {
  const made = buildPercepts({ kind: 'video', frames: values.length });
  const column = (both: readonly (number | null)[]) => ({ both: [...both], left: null, right: null, threshold: 1 });
  return {
    ...made,
    subjects: made.subjects.map((subject) => ({
      ...subject,
      t: values.map((_, index) => index * 100),
      actionUnits: { AU12: column(values), ...(lids.length === 0 ? {} : { AU45: column(lids) }) },
    })),
  };
};

const moments = (
  values: readonly (number | null)[],
  lids: readonly number[] = [],
  range = { startMs: 0, endMs: 60_000 },
) => {
  const percepts = perceptsOf(values, lids);
  const [subject] = percepts.subjects;
  return subject === undefined ? [] : momentsOf(percepts, subject, range).map(({ ms, role }) => [ms, role]);
};

// A value every 100 ms.
const REST = Array.from({ length: 20 }, () => 0.2);

describe('the moments that a reasoner is shown', () => {
  it('are the strongest ones, apart from each other, and one at rest', () => {
    const values = [...REST, 2, 4, 4.5, 3, ...REST, 1.5, 3.5, 2, ...REST];
    expect(moments(values)).toEqual([
      [2200, 'apex'],
      [4500, 'apex'],
      [expect.any(Number), 'baseline'],
    ]);
  });

  it('lie in the range that is asked about', () => {
    const values = [4, 4, ...REST, 2, 3, 2, ...REST];
    for (const [ms] of moments(values, [], { startMs: 1000, endMs: 3000 })) {
      expect(ms).toBeGreaterThanOrEqual(1000);
      expect(ms).toBeLessThan(3000);
    }
  });

  it('pass over blinks where there is anything else', () => {
    const values = [...REST, 4.5, 3, ...REST];
    const lids = values.map((value) => (value === 4.5 ? 4 : 0));
    expect(moments(values, lids)[0]).toEqual([2100, 'apex']);
  });

  it('are one, and no baseline, where nothing moves', () => {
    expect(moments(REST)).toHaveLength(1);
    expect(moments(REST).map(([, role]) => role)).toEqual(['apex']);
  });

  it('are none where nothing was measured', () => {
    expect(moments([null, null, null])).toEqual([]);
  });
});
