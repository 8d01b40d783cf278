import type { TimeRange } from '../contracts/index.ts';
import { at, type Series, seriesOf } from './series.ts';
import { SETTINGS } from './settings.ts';
import type { SubjectView } from './subject-view.ts';

/** What is known of a person's blinks: when they are, and for how long the lids were watched. */
export type LidClosures = { blinks: readonly TimeRange[]; watchedMs: number };

/** Rise of the lid closure over its surroundings that makes a blink, 0–5; frame noise stays below a third of it. */
const RISE = 0.8;

/**
 * The blinks of one person, or `null` where the sampling or the view is too poor to tell. A blink is what sticks out of
 * the lid closure for at most `blinkMs` (a morphological top hat), so that lids narrowed by the cheeks, or low by
 * build, hide no blink and make none.
 */
export const closuresOf = (view: SubjectView): LidClosures | null => {
  const { AU45, AU43 } = view.percepts.actionUnits;
  const column = AU45 ?? AU43;
  if (column === undefined || view.still || view.fps < SETTINGS.blinkFps) {
    return null;
  }
  const series = seriesOf(view.percepts.t, view.indices, column.both, [0, 5]);
  if (series.t.length < SETTINGS.seenShare * view.indices.length) {
    return null;
  }
  const surroundings = extremeAround({ t: series.t, v: extremeAround(series, Math.min) }, Math.max);
  const blinks: TimeRange[] = [];
  let start = -1;
  for (let index = 0; index <= series.v.length; index += 1) {
    const out = index < series.v.length && at(series.v, index) - at(surroundings, index) >= RISE;
    if (out && start < 0) {
      start = index;
    } else if (!out && start >= 0) {
      if (isQuick(series, start, index - 1)) {
        blinks.push({ startMs: at(series.t, start), endMs: at(series.t, index - 1) + view.stepMs });
      }
      start = -1;
    }
  }
  return { blinks, watchedMs: series.t.length * view.stepMs };
};

/** Share of its height by which a blink has fallen, on both sides, half a blink's length away. */
const FALL = 0.4;

/** Whether the lids were much further open shortly before and shortly after: the top of a slow closure is no blink. */
const isQuick = ({ t, v }: Series, first: number, last: number): boolean => {
  const peak = v.subarray(first, last + 1).reduce((most, value) => Math.max(most, value), 0);
  const low = peak - Math.max(RISE, FALL * peak);
  const reach = SETTINGS.blinkMs / 2;
  let [opened, reopened] = [false, false];
  for (let before = first - 1; before >= 0 && at(t, first) - at(t, before) <= reach && !opened; before -= 1) {
    opened = at(v, before) <= low;
  }
  for (let after = last + 1; after < v.length && at(t, after) - at(t, last) <= reach && !reopened; after += 1) {
    reopened = at(v, after) <= low;
  }
  return opened && reopened;
};

/** The smallest or largest value within half a blink's length to either side of each. */
const extremeAround = ({ t, v }: Series, pick: (a: number, b: number) => number): Float64Array => {
  const reach = SETTINGS.blinkMs / 2;
  const result = new Float64Array(v.length);
  for (let index = 0; index < v.length; index += 1) {
    let extreme = at(v, index);
    for (let before = index - 1; before >= 0 && at(t, index) - at(t, before) <= reach; before -= 1) {
      extreme = pick(extreme, at(v, before));
    }
    for (let after = index + 1; after < v.length && at(t, after) - at(t, index) <= reach; after += 1) {
      extreme = pick(extreme, at(v, after));
    }
    result[index] = extreme;
  }
  return result;
};
