/** Which visible face a voice belongs to: lips that move while somebody is heard. */
import type { TimeRange } from '../contracts/index.ts';
import { at, mean, type Series, seriesOf, within } from './series.ts';
import { smooth } from './smooth.ts';
import type { SubjectView } from './subject-view.ts';

export const SPEAKING = {
  /** Takes out frame noise; a syllable lasts 150–250 ms. */
  noiseMs: 35,
  /** What is slower than this is an expression, not speech. */
  slowMs: 220,
  /** Mean lip movement (units of intensity, 0–5 each for AU25 and AU26) from which lips are said to move as in speech. */
  moving: 0.25,
  /** And below which they are said to keep still. */
  still: 0.17,
  /** How far one face must lead another to be the one who speaks. */
  lead: 1.5,
  /** Share of a stretch in which the mouth must have been measured. */
  measured: 0.5,
  /** Least analysed frames a second: syllables come at 4 to 6 a second. */
  fps: 10,
  leastMs: 300,
} as const;

/** How much somebody's lips move at syllable speed, over time; `null` where that cannot be measured. */
export type LipMotion = { id: string; motion: Series; stepMs: number } | null;

export const lipMotionOf = (view: SubjectView): LipMotion => {
  const { actionUnits, t } = view.percepts;
  const opening = [actionUnits.AU25, actionUnits.AU26].flatMap((columns) =>
    columns === undefined ? [] : [seriesOf(t, view.indices, columns.both, [0, 5])],
  );
  const [first, second] = opening;
  if (view.still || view.fps < SPEAKING.fps || first === undefined || first.t.length === 0) {
    return null;
  }
  const sum: Series = {
    t: first.t,
    v: first.v.map((value, index) => value + (second?.t.length === first.t.length ? at(second.v, index) : 0)),
  };
  const quiet = smooth(sum, SPEAKING.noiseMs);
  const slow = smooth(sum, SPEAKING.slowMs);
  return {
    id: view.id,
    motion: { t: sum.t, v: quiet.map((value, index) => Math.abs(value - at(slow, index))) },
    stepMs: view.stepMs,
  };
};

/** Mean lip movement in the stretches; `NaN` where the mouth was not measured for half of them. */
export const motionIn = (lips: NonNullable<LipMotion>, ranges: readonly TimeRange[]): number => {
  const total = ranges.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const values = ranges.flatMap(({ startMs, endMs }) => [...within(lips.motion, startMs, endMs)]);
  const measured = values.length * lips.stepMs;
  return total < SPEAKING.leastMs || measured < SPEAKING.measured * total ? Number.NaN : mean(values);
};

/**
 * Who speaks in the stretches: a person whose lips move clearly more than everybody else's, `off-screen` where the lips of
 * everybody in view keep still, `null` where it cannot be told.
 */
export const speakerIn = (
  lips: readonly LipMotion[],
  ranges: readonly TimeRange[],
): { speaker: string | null; certainty: number } => {
  const known = lips.flatMap((each) => (each === null ? [] : [{ id: each.id, motion: motionIn(each, ranges) }]));
  const seen = known.filter(({ motion }) => !Number.isNaN(motion)).sort((a, b) => b.motion - a.motion);
  const [first, second] = seen;
  if (first === undefined) {
    return { speaker: null, certainty: 0 };
  }
  if (first.motion < SPEAKING.still && lips.every((each) => each !== null)) {
    return { speaker: 'off-screen', certainty: 1 - first.motion / SPEAKING.still };
  }
  const lead = first.motion / Math.max(second?.motion ?? 0, 1e-6);
  return first.motion >= SPEAKING.moving && lead >= SPEAKING.lead
    ? { speaker: first.id, certainty: Math.min(1, first.motion / SPEAKING.moving - 0.5) }
    : { speaker: null, certainty: 0 };
};
