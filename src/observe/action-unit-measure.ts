import type { ActionUnitCode, ActionUnitColumns, FaceRegion } from '../contracts/index.ts';
import { actionUnit } from '../facs/index.ts';
import { ACTION_UNIT_HABITS } from './action-unit-habits.ts';
import type { LidClosures } from './lid-closures.ts';
import { type Rest, restOf } from './rest.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { at, clamp, finiteAt, mean, type Series, seriesOf } from './series.ts';
import { SETTINGS } from './settings.ts';
import type { Halves } from './sides.ts';
import { smooth } from './smooth.ts';
import type { SubjectView } from './subject-view.ts';

/** What the column of one action unit says of one person, before anything is worded. */
export type UnitMeasure = {
  code: ActionUnitCode;
  /** `hidden` and `unmeasured` say nothing about the muscle. */
  state: 'seen' | 'hidden' | 'unmeasured';
  threshold: number;
  /** Smoothed, without the missing frames. */
  series: Series;
  rest: Rest;
  /** Level at which an episode starts. */
  enter: number;
  episodes: Segment[];
  /** Each half over its own resting level; `null` where the sides are not told apart. */
  halves: Halves | null;
  /** Mean visibility of the region, 0–1. */
  visibility: number;
};

const INTENSITY = [0, 5] as const;
const NO_REST: Rest = { level: 0, constant: 0, spread: 0 };

export const measureUnit = (view: SubjectView, code: ActionUnitCode, lids: LidClosures | null): UnitMeasure => {
  const columns = columnsOf(view, code);
  const region = actionUnit(code).region;
  const visibility = visibilityOf(view, region);
  const empty = { t: new Float64Array(0), v: new Float64Array(0) };
  const nothing = {
    code,
    threshold: 1,
    series: empty,
    rest: NO_REST,
    enter: 1,
    episodes: [],
    halves: null,
    visibility,
  };
  if (columns === null) {
    return { ...nothing, state: 'unmeasured' };
  }
  const read = (column: ActionUnitColumns['both'] | null): Series => {
    const seen = visibleIn(view, region);
    const open = BLINDED_BY_BLINKS.has(code) ? outsideBlinks(view, lids) : () => true;
    const raw = seriesOf(view.percepts.t, view.indices, column, INTENSITY, (index) => seen(index) && open(index));
    return { t: raw.t, v: smooth(raw, SETTINGS.smoothingMs) };
  };
  const { restMost, articulates } = ACTION_UNIT_HABITS[code];
  const [left, right] = [read(columns.left), read(columns.right)];
  const series = view.still ? read(columns.both) : withHalves(read(columns.both), left, right, restMost);
  if (series.t.length < SETTINGS.seenShare * view.indices.length) {
    return { ...nothing, state: visibility < SETTINGS.seenShare ? 'hidden' : 'unmeasured' };
  }
  const stated = Number.isFinite(columns.threshold) ? clamp(columns.threshold, 0.1, 5) : 1;
  // AU43 is eyes closed; lids that are merely low or narrowed by the cheeks are not.
  const threshold = code === 'AU43' ? Math.max(stated, SETTINGS.closed) : stated;
  const rest = view.still ? NO_REST : restOf(series.t, series.v, restMost);
  const overRest = clamp(4 * rest.spread, SETTINGS.overRest, 2 * SETTINGS.overRest);
  const enter = Math.max(threshold, rest.level + overRest);
  const rule = {
    enter,
    leave: Math.max(threshold * SETTINGS.release, rest.level + overRest * 0.5),
    rest: rest.level,
    spread: rest.spread,
    minimumMs: code === 'AU43' ? SETTINGS.blinkMs : SETTINGS.minimumMs,
    mergeMs: articulates ? SETTINGS.articulatorMergeMs : SETTINGS.mergeMs,
    stepMs: view.stepMs,
  };
  const halves = halvesOf(left, right, view.still ? null : restMost);
  const episodes = view.still ? [] : segmentsOf(series.t, series.v, rule);
  return { code, state: 'seen', threshold, series, rest, enter, episodes, halves, visibility };
};

/** AU43 is measured by itself where the model has it, and by the lid closure that lasts where it has only AU45. */
const columnsOf = (view: SubjectView, code: ActionUnitCode): ActionUnitColumns | null => {
  const units = view.percepts.actionUnits;
  return units[code] ?? (code === 'AU43' ? units.AU45 : undefined) ?? null;
};

/** Units read off the open eye: a blink hides them, and looks like them to a model. */
const BLINDED_BY_BLINKS: ReadonlySet<ActionUnitCode> = new Set(['AU5', 'AU6', 'AU7']);
/** The lids are already, or still, on their way this long before and after a blink is told. */
const BLINK_MARGIN_MS = 70;

const outsideBlinks = (view: SubjectView, lids: LidClosures | null): ((index: number) => boolean) => {
  const blinks = lids?.blinks ?? [];
  let next = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (index) => {
    const time = view.percepts.t[index] ?? 0;
    // The columns are read from first to last, again for each of them.
    next = time < last ? 0 : next;
    last = time;
    while (next < blinks.length && (blinks[next]?.endMs ?? 0) + BLINK_MARGIN_MS <= time) {
      next += 1;
    }
    return time < (blinks[next]?.startMs ?? Number.POSITIVE_INFINITY) - BLINK_MARGIN_MS;
  };
};

/**
 * The whole face, or the half that rises further over its own resting level: in one picture a small lead of one side is
 * how faces are, and the whole face leaves it out; over a person's own rest it is what they do.
 */
const withHalves = (both: Series, left: Series, right: Series, restMost: number): Series => {
  if (left.t.length !== both.t.length || right.t.length !== both.t.length) {
    return both;
  }
  const [whole, ...halves] = [both, left, right].map(({ t, v }) => restOf(t, v, restMost).level);
  const v = both.v.map((value, index) => {
    const rise = Math.max(at(left.v, index) - (halves[0] ?? 0), at(right.v, index) - (halves[1] ?? 0));
    return Math.min(INTENSITY[1], Math.max(value, (whole ?? 0) + rise));
  });
  return { t: both.t, v };
};

const visibleIn =
  (view: SubjectView, region: FaceRegion) =>
  (index: number): boolean => {
    const visibility = finiteAt(view.percepts.visibility[region], index);
    return Number.isNaN(visibility) || visibility >= SETTINGS.hidden;
  };

/** Mean visibility of a region; 1 where it was not measured. */
const visibilityOf = (view: SubjectView, region: FaceRegion): number => {
  const values = view.indices
    .map((index) => finiteAt(view.percepts.visibility[region], index))
    .filter((value) => !Number.isNaN(value));
  return values.length === 0 ? 1 : clamp(mean(values), 0, 1);
};

const halvesOf = (left: Series, right: Series, restMost: number | null): Halves | null => {
  // Both halves are needed at the same times; a model gives both or none.
  if (left.t.length === 0 || left.t.length !== right.t.length) {
    return null;
  }
  const over = (half: Series): Series => {
    const rest = restMost === null ? 0 : restOf(half.t, half.v, restMost).level;
    return { t: half.t, v: half.v.map((value) => value - rest) };
  };
  return { left: over(left), right: over(right) };
};
