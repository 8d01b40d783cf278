import { at, type Series } from './series.ts';

/** A run of swings back and forth. */
export type Oscillation = {
  startMs: number;
  endMs: number;
  /** Half periods: one nod is two. */
  swings: number;
  /** Mean size of a swing, in the units of the column. */
  amplitude: number;
};

/** What makes a swing of a nod or a shake: large enough to be meant, quick enough to be one gesture. */
const SWING = { least: 3.5, shortestMs: 80, longestMs: 700, swings: 3 } as const;

/** Runs of at least three swings in alternating directions. */
export const oscillationsOf = (series: Series): Oscillation[] => {
  const turns = turningPoints(series);
  const found: Oscillation[] = [];
  let start = 0;
  const close = (end: number): void => {
    const swings = end - start;
    if (swings >= SWING.swings) {
      let sum = 0;
      for (let index = start; index < end; index += 1) {
        sum += Math.abs(at(series.v, at(turns, index + 1)) - at(series.v, at(turns, index)));
      }
      found.push({
        startMs: at(series.t, at(turns, start)),
        endMs: at(series.t, at(turns, end)),
        swings,
        amplitude: sum / swings,
      });
    }
  };
  for (let index = 0; index + 1 < turns.length; index += 1) {
    const lasted = at(series.t, at(turns, index + 1)) - at(series.t, at(turns, index));
    if (lasted < SWING.shortestMs || lasted > SWING.longestMs) {
      close(index);
      start = index + 1;
    }
  }
  if (turns.length > 0) {
    close(turns.length - 1);
  }
  return found;
};

/** Indices at which the direction changes by at least the least swing, and the two ends. */
const turningPoints = ({ v }: Series): number[] => {
  const turns: number[] = [];
  let extreme = 0;
  let direction = 0;
  for (let index = 1; index < v.length; index += 1) {
    const change = at(v, index) - at(v, extreme);
    if (direction === 0) {
      if (Math.abs(change) >= SWING.least) {
        turns.push(extreme);
        direction = Math.sign(change);
        extreme = index;
      }
    } else if (Math.sign(change) === direction) {
      extreme = index;
    } else if (Math.abs(change) >= SWING.least) {
      turns.push(extreme);
      direction = -direction;
      extreme = index;
    }
  }
  if (direction !== 0) {
    turns.push(extreme);
  }
  return turns;
};
