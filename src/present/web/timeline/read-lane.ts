import { indexAt } from '../state/playhead.ts';
import type { Lane } from './lane.ts';

/** Further from a sample than this, a lane has no value. */
const REACH_MS = 300;

/** What a lane measures at a moment, for the column of values: `2.4`, `212 Hz`, `surprise .62`. Empty where nothing is. */
export const readLane = (lane: Lane, ms: number): string => {
  switch (lane.kind) {
    case 'curve':
      return lane.curves
        .filter(({ faint }) => faint !== true)
        .map(({ t, series }) => {
          const index = nearest(t, ms);
          const value = index === null ? Number.NaN : (series.values[index] ?? Number.NaN);
          const digits = Math.abs(lane.high - lane.low) > 20 ? 0 : 1;
          return Number.isNaN(value) ? '–' : `${value.toFixed(digits)}${lane.unit}`;
        })
        .join('  ');
    case 'expression': {
      const index = nearest(lane.t, ms);
      const [best] = lane.scores
        .map(({ label, series }) => ({
          label,
          value: index === null ? Number.NaN : (series.values[index] ?? Number.NaN),
        }))
        .filter(({ value }) => !Number.isNaN(value))
        .sort((a, b) => b.value - a.value);
      return best === undefined ? '–' : `${best.label} ${best.value.toFixed(2)}`;
    }
    case 'words':
    case 'bands':
    case 'person':
      return '';
  }
};

const nearest = (t: Float64Array, ms: number): number | null => {
  const before = indexAt(t, ms);
  const after = Math.min(t.length - 1, before + 1);
  const index = before < 0 || Math.abs((t[after] ?? 0) - ms) < Math.abs((t[before] ?? 0) - ms) ? after : before;
  return Math.abs((t[index] ?? Number.POSITIVE_INFINITY) - ms) <= REACH_MS ? index : null;
};
