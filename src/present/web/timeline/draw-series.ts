import { indexAt } from '../state/playhead.ts';
import { levelFor } from '../worker/pyramid.ts';
import type { Series } from '../worker/tracks.ts';

export type Plot = {
  t: Float64Array;
  series: Series;
  startMs: number;
  endMs: number;
  /** From milliseconds to pixels. */
  x: (ms: number) => number;
  y: (value: number) => number;
  width: number;
};

/** Samples further apart than this many usual steps have a gap between them. */
const GAP_STEPS = 6;
const SHORTEST_GAP_MS = 250;

/**
 * Adds a series to the path, no finer than the screen: of stretches shorter than half a pixel the lowest and the
 * highest are drawn, so that no movement is lost. Gaps stay gaps.
 *
 * @param floor where an area is closed; `null` for a line
 */
export const traceSeries = (context: CanvasRenderingContext2D, plot: Plot, floor: number | null): void => {
  const { t, series, startMs, endMs, x, y } = plot;
  const first = Math.max(0, indexAt(t, startMs) - 1);
  const last = Math.min(t.length - 1, indexAt(t, endMs) + 1);
  if (last < first) {
    return;
  }
  const level = levelFor(series, last - first + 1, plot.width);
  const size = level?.size ?? 1;
  const [low, high] = level === null ? [series.values, series.values] : [level.low, level.high];
  const usual = t.length > 1 ? ((t[t.length - 1] ?? 0) - (t[0] ?? 0)) / (t.length - 1) : 0;
  const gap = Math.max(SHORTEST_GAP_MS, usual * size * GAP_STEPS);
  let [open, before, runX] = [false, 0, 0];
  const close = (): void => {
    if (open && floor !== null) {
      context.lineTo(runX, floor);
      context.closePath();
    }
    open = false;
  };
  for (let stretch = Math.floor(first / size); stretch <= Math.floor(last / size); stretch += 1) {
    const ms = t[stretch * size] ?? 0;
    const most = high[stretch] ?? Number.NaN;
    if (Number.isNaN(most) || (open && ms - before > gap)) {
      close();
    }
    if (!Number.isNaN(most)) {
      const at = x(ms);
      if (!open) {
        if (floor === null) {
          context.moveTo(at, y(most));
        } else {
          context.moveTo(at, floor);
          context.lineTo(at, y(most));
        }
        open = true;
      } else {
        context.lineTo(at, y(most));
      }
      if (floor === null && level !== null) {
        context.lineTo(at, y(low[stretch] ?? most));
      }
      runX = at;
      before = ms;
    }
  }
  close();
};
