import { timeText } from '../../view/words.ts';
import { runsOf, traceArea, traceEnvelope, traceLine } from './draw-series.ts';
import type { Band, Lane } from './lane.ts';
import type { Palette } from './palette.ts';
import { ticksOf } from './ticks.ts';

export const AXIS_HEIGHT = 24;

export type LanesView = {
  lanes: readonly Lane[];
  /** Pixels of the screen. */
  width: number;
  height: number;
  scrollTop: number;
  startMs: number;
  endMs: number;
  lit: ReadonlySet<string>;
  muted: ReadonlySet<string>;
  palette: Palette;
};

const SMALL = '11px ui-sans-serif, system-ui, "Liberation Sans", sans-serif';
const BOLD = '600 11px ui-sans-serif, system-ui, "Liberation Sans", sans-serif';
const INSET = 4;
const LINE = 1.3;

/** Upper edge of each lane, and below the last one. */
export const laneTops = (lanes: readonly Lane[]): number[] => {
  const tops = [0];
  for (const { height } of lanes) {
    tops.push((tops.at(-1) ?? 0) + height);
  }
  return tops;
};

/** Draws the lanes that are in view; the others cost nothing. */
export const drawLanes = (context: CanvasRenderingContext2D, view: LanesView): void => {
  const { width, height, startMs, endMs, palette } = view;
  const x = (ms: number): number => ((ms - startMs) / (endMs - startMs)) * width;
  context.clearRect(0, 0, width, height);
  const ticks = ticksOf(startMs, endMs, width);
  context.fillStyle = palette.line;
  for (const ms of ticks) {
    context.fillRect(Math.round(x(ms)), AXIS_HEIGHT, 1, height - AXIS_HEIGHT);
  }
  const tops = laneTops(view.lanes);
  context.save();
  context.beginPath();
  context.rect(0, AXIS_HEIGHT, width, height - AXIS_HEIGHT);
  context.clip();
  for (const [index, lane] of view.lanes.entries()) {
    const top = AXIS_HEIGHT + (tops[index] ?? 0) - view.scrollTop;
    if (top + lane.height >= AXIS_HEIGHT && top <= height) {
      context.save();
      context.translate(0, top);
      drawLane(context, lane, view, x);
      context.restore();
    }
  }
  context.restore();
  context.font = SMALL;
  context.fillStyle = palette.soft;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const ms of ticks) {
    if (x(ms) < width - 40) {
      context.fillText(timeText(ms), Math.round(x(ms)) + 5, AXIS_HEIGHT / 2);
      context.fillRect(Math.round(x(ms)), AXIS_HEIGHT - 8, 1, 8);
    }
  }
};

const drawLane = (context: CanvasRenderingContext2D, lane: Lane, view: LanesView, x: (ms: number) => number): void => {
  const { palette, width } = view;
  context.fillStyle = palette.line;
  context.fillRect(0, lane.height - 1, width, 1);
  for (const band of lane.bands) {
    drawBand(context, band, lane, view, x);
  }
  if (lane.kind === 'curve') {
    drawCurves(context, lane, view, x);
  } else if (lane.kind === 'expression') {
    drawExpression(context, lane, view, x);
  } else if (lane.kind === 'words') {
    drawWords(context, lane, view, x);
  }
};

const outside = ({ startMs, endMs }: { startMs: number; endMs: number }, view: LanesView): boolean =>
  endMs < view.startMs || startMs > view.endMs;

const drawBand = (
  context: CanvasRenderingContext2D,
  band: Band,
  lane: Lane,
  view: LanesView,
  x: (ms: number) => number,
): void => {
  const { palette, lit, muted, width } = view;
  const isLit = lit.has(band.id);
  // Under a line, what an observation speaks of is shown when it is pointed at: most span the whole clip.
  const always = lane.kind === 'bands' || (lane.kind === 'curve' && lane.area);
  if (outside(band, view) || (!always && !isLit)) {
    return;
  }
  const from = Math.max(-2, x(band.startMs));
  const to = Math.min(width + 2, Math.max(x(band.endMs), from + 2));
  context.globalAlpha = muted.has(band.id) ? 0.04 : isLit ? 0.34 : lane.kind === 'bands' ? 0.16 : 0.1;
  context.fillStyle = isLit ? palette.warm : lane.kind === 'bands' ? palette.soft : palette.accent;
  context.fillRect(from, 1, to - from, lane.height - 2);
  context.globalAlpha = 1;
  if (band.apexMs !== null) {
    const apex = x(band.apexMs);
    context.fillStyle = isLit ? palette.warm : palette.ink;
    context.fillRect(Math.round(apex), 1, 1.5, 9);
    if (to - from > 22 && band.mark !== '') {
      context.font = BOLD;
      context.textBaseline = 'top';
      context.textAlign = 'left';
      context.fillText(band.mark, Math.min(Math.max(apex + 5, 6), width - 14), 2);
    }
  } else if (band.mark !== '' && to - from > 40) {
    context.font = SMALL;
    context.fillStyle = palette.ink;
    context.textBaseline = 'middle';
    context.fillText(clipped(context, band.mark, to - from - 10), Math.max(from, 0) + 5, lane.height / 2);
  }
};

const drawCurves = (
  context: CanvasRenderingContext2D,
  lane: Extract<Lane, { kind: 'curve' }>,
  view: LanesView,
  x: (ms: number) => number,
): void => {
  const { palette, width, startMs, endMs } = view;
  const y = (value: number): number => {
    const share = (Math.min(lane.high, Math.max(lane.low, value)) - lane.low) / (lane.high - lane.low);
    return lane.height - 1.5 - share * (lane.height - INSET - 1.5);
  };
  if (lane.zero) {
    context.fillStyle = palette.line;
    context.fillRect(0, Math.round(y(0)), width, 1);
  }
  for (const { t, series, dashed = false, faint = false } of lane.curves) {
    const { runs, dense } = runsOf({ t, series, startMs, endMs, x, y, width });
    if (lane.area && !dashed) {
      context.beginPath();
      traceArea(context, runs, lane.height - 1);
      context.globalAlpha = faint ? 0.14 : 0.2;
      context.fillStyle = palette.accent;
      context.fill();
      context.globalAlpha = 1;
    }
    if (!faint) {
      context.beginPath();
      const colour = dashed ? palette.soft : palette.accent;
      if (dense) {
        traceEnvelope(context, runs, LINE / 2);
        context.fillStyle = colour;
        context.globalAlpha = dashed ? 0.45 : 0.8;
        context.fill();
        context.globalAlpha = 1;
      } else {
        traceLine(context, runs);
        context.strokeStyle = colour;
        context.lineWidth = LINE;
        context.setLineDash(dashed ? [4, 3] : []);
        context.stroke();
      }
    }
  }
  context.setLineDash([]);
};

const drawExpression = (
  context: CanvasRenderingContext2D,
  lane: Extract<Lane, { kind: 'expression' }>,
  view: LanesView,
  x: (ms: number) => number,
): void => {
  context.font = SMALL;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const run of lane.runs) {
    if (outside(run, view)) {
      continue;
    }
    const from = Math.max(0, x(run.startMs));
    const to = Math.min(view.width, x(run.endMs));
    context.globalAlpha = 0.05 + 0.22 * run.mean;
    context.fillStyle = run.label === 'neutral' ? view.palette.soft : view.palette.accent;
    context.fillRect(from, 4, Math.max(1, to - from - 1), lane.height - 9);
    context.globalAlpha = 1;
    if (to - from > 34) {
      context.fillStyle = view.palette.ink;
      context.fillText(clipped(context, run.label, to - from - 10), from + 6, lane.height / 2);
    }
  }
};

const drawWords = (
  context: CanvasRenderingContext2D,
  lane: Extract<Lane, { kind: 'words' }>,
  view: LanesView,
  x: (ms: number) => number,
): void => {
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = 'italic 13px ui-serif, Georgia, "Liberation Serif", serif';
  for (const cue of lane.cues) {
    if (outside(cue, view)) {
      continue;
    }
    const speech = lane.bands.find(({ startMs, endMs }) => startMs < cue.endMs && endMs > cue.startMs);
    const isLit = speech !== undefined && view.lit.has(speech.id);
    const words = cue.words.length > 0 && (x(cue.endMs) - x(cue.startMs)) / cue.words.length > 34 ? cue.words : [cue];
    for (const { text, startMs, endMs } of words) {
      const from = x(startMs);
      const to = Math.max(x(endMs), from + 3);
      context.globalAlpha = isLit ? 0.34 : 1;
      context.fillStyle = isLit ? view.palette.warm : view.palette.wash;
      context.fillRect(from, 5, to - from - 1, lane.height - 11);
      context.globalAlpha = 1;
      context.fillStyle = isLit ? view.palette.warm : view.palette.accent;
      context.fillRect(from, 5, 2, lane.height - 11);
      context.fillStyle = view.palette.ink;
      const left = Math.max(from, 0) + 7;
      context.fillText(clipped(context, text, to - left - 4), left, lane.height / 2);
    }
  }
};

/** As much of the words as there is room for. */
const clipped = (context: CanvasRenderingContext2D, text: string, room: number): string => {
  if (room < 12) {
    return '';
  }
  if (context.measureText(text).width <= room) {
    return text;
  }
  let length = Math.max(1, Math.floor((text.length * room) / context.measureText(text).width));
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) {
    length -= 1;
  }
  return length <= 1 ? '' : `${text.slice(0, length).trimEnd()}…`;
};
