import { footMs } from './feet.ts';
import { at } from './series.ts';
import { SETTINGS } from './settings.ts';
import { splitAtSteps, splitAtValleys } from './split.ts';

/** One episode of a movement, by index into the column it was found in. */
export type Segment = {
  first: number;
  /** Last index that belongs to it. */
  last: number;
  apex: number;
  /** `null` where it was already under way when the face came into view. */
  onsetMs: number | null;
  /** `null` where it was still under way when the face went out of view. */
  offsetMs: number | null;
  /** Separate bursts that were bridged. */
  bursts: number;
};

export type SegmentRule = {
  /** Level at which an episode starts. */
  enter: number;
  /** Level below which it ends; at most `enter`. */
  leave: number;
  /** Resting level. */
  rest: number;
  /** Standard deviation of the noise at rest. */
  spread: number;
  minimumMs: number;
  mergeMs: number;
  /** Time from one frame to the next. */
  stepMs: number;
  /** Not to be split at valleys. */
  whole?: boolean;
};

/**
 * Episodes of a smoothed column: hysteresis between `enter` and `leave`, short pauses bridged, deep valleys split,
 * onset and offset where the movement leaves and regains the level it came from.
 */
export const segmentsOf = (t: Float64Array, v: Float64Array, rule: SegmentRule): Segment[] => {
  const segments: Segment[] = [];
  for (const [start, end] of unbroken(t, rule.stepMs)) {
    const active = merged(t, hysteresis(v, start, end, rule), rule);
    const split = active
      .flatMap((span) => splitAtValleys(v, span, rule))
      .flatMap((span) => splitAtSteps(t, v, span, rule));
    const long = split.filter(({ first, last }) => at(t, last) - at(t, first) + rule.stepMs >= rule.minimumMs);
    for (const [index, { first, last, bursts }] of long.entries()) {
      const previous = long[index - 1];
      const next = long[index + 1];
      const apex = apexOf(v, first, last);
      const onsetMs =
        first === start
          ? null
          : footMs(t, v, { from: first, apex, limit: previous?.last ?? start, direction: -1 }, rule);
      const offsetMs =
        last === end ? null : footMs(t, v, { from: last, apex, limit: next?.first ?? end, direction: 1 }, rule);
      segments.push({ first, last, apex, onsetMs, offsetMs, bursts });
    }
  }
  return segments;
};

/** An episode in the making. */
export type Span = { first: number; last: number; bursts: number };

/** Stretches without a gap, as inclusive index ranges. */
const unbroken = (t: Float64Array, stepMs: number): Array<[number, number]> => {
  const gap = Math.max(SETTINGS.gapMs, 2.5 * stepMs);
  const stretches: Array<[number, number]> = [];
  let start = 0;
  for (let index = 1; index <= t.length; index += 1) {
    if (index === t.length || at(t, index) - at(t, index - 1) > gap) {
      stretches.push([start, index - 1]);
      start = index;
    }
  }
  return t.length === 0 ? [] : stretches;
};

const hysteresis = (v: Float64Array, start: number, end: number, { enter, leave }: SegmentRule): Span[] => {
  const spans: Span[] = [];
  let first = -1;
  for (let index = start; index <= end; index += 1) {
    const value = at(v, index);
    if (first < 0 && value >= enter) {
      first = index;
    } else if (first >= 0 && value < leave) {
      spans.push({ first, last: index - 1, bursts: 1 });
      first = -1;
    }
  }
  if (first >= 0) {
    spans.push({ first, last: end, bursts: 1 });
  }
  return spans;
};

const merged = (t: Float64Array, spans: readonly Span[], rule: SegmentRule): Span[] => {
  const result: Span[] = [];
  for (const span of spans) {
    const previous = result.at(-1);
    if (previous !== undefined && at(t, span.first) - at(t, previous.last) - rule.stepMs < rule.mergeMs) {
      previous.last = span.last;
      previous.bursts += 1;
    } else {
      result.push({ ...span });
    }
  }
  return result;
};

const apexOf = (v: Float64Array, first: number, last: number): number => {
  let apex = first;
  for (let index = first + 1; index <= last; index += 1) {
    if (at(v, index) > at(v, apex)) {
      apex = index;
    }
  }
  return apex;
};
