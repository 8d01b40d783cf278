import { indexAt } from '../state/playhead.ts';
import { usualStep } from '../state/usual-step.ts';
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

/** What can be drawn into: the part of a canvas context, or of a `Path2D`, that is needed. */
export type Pen = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath'>;

/** A run of a series without gaps, in pixels: highest and lowest of each stretch. */
type Run = { x: number[]; top: number[]; bottom: number[] };

/** Samples further apart than this many usual steps have a gap between them. */
const GAP_STEPS = 6;
const SHORTEST_GAP_MS = 250;

/** The part of a series that is in view, no finer than the screen; `dense` where stretches stand for samples. */
export const runsOf = ({ t, series, startMs, endMs, x, y, width }: Plot): { runs: Run[]; dense: boolean } => {
  const first = Math.max(0, indexAt(t, startMs) - 1);
  const last = Math.min(t.length - 1, indexAt(t, endMs) + 1);
  const level = levelFor(series, last - first + 1, width);
  const size = level?.size ?? 1;
  const [low, high] = level === null ? [series.values, series.values] : [level.low, level.high];
  const gap = Math.max(SHORTEST_GAP_MS, usualStep(t) * size * GAP_STEPS);
  const runs: Run[] = [];
  let run: Run | null = null;
  let before = 0;
  for (let stretch = Math.floor(first / size); stretch <= Math.floor(last / size); stretch += 1) {
    const ms = t[stretch * size] ?? 0;
    const most = high[stretch] ?? Number.NaN;
    if (Number.isNaN(most)) {
      run = null;
      continue;
    }
    if (run === null || ms - before > gap) {
      run = { x: [], top: [], bottom: [] };
      runs.push(run);
    }
    run.x.push(x(ms));
    run.top.push(y(most));
    run.bottom.push(y(low[stretch] ?? most));
    before = ms;
  }
  return { runs, dense: level !== null };
};

const traceTop = (pen: Pen, run: Run): void => {
  for (const [index, x] of run.x.entries()) {
    if (index === 0) {
      pen.moveTo(x, run.top[index] ?? 0);
    } else {
      pen.lineTo(x, run.top[index] ?? 0);
    }
  }
};

/** The line through the samples, to be stroked. */
export const traceLine = (pen: Pen, runs: readonly Run[]): void => {
  for (const run of runs) {
    traceTop(pen, run);
  }
};

/** Between the highest and the lowest of each stretch, to be filled: no movement is lost, and far quicker than a line. */
export const traceEnvelope = (pen: Pen, runs: readonly Run[], halfLine: number): void => {
  for (const run of runs) {
    for (const [index, x] of run.x.entries()) {
      const at = (run.top[index] ?? 0) - halfLine;
      if (index === 0) {
        pen.moveTo(x, at);
      } else {
        pen.lineTo(x, at);
      }
    }
    for (let index = run.x.length - 1; index >= 0; index -= 1) {
      pen.lineTo(run.x[index] ?? 0, (run.bottom[index] ?? 0) + halfLine);
    }
    pen.closePath();
  }
};

/** Down to the foot of the lane, to be filled. */
export const traceArea = (pen: Pen, runs: readonly Run[], floor: number): void => {
  for (const run of runs) {
    traceTop(pen, run);
    pen.lineTo(run.x.at(-1) ?? 0, floor);
    pen.lineTo(run.x[0] ?? 0, floor);
    pen.closePath();
  }
};
