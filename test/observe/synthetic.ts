import type { ActionUnitCode, ActionUnitColumns, Percepts, SubjectPercepts } from '../../src/contracts/index.ts';

/** A small seeded generator (mulberry32), so that noise is the same in every run. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Gaussian noise of the given standard deviation. */
export const noise = (random: () => number, deviation: number): number =>
  deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export type Event = { onsetMs: number; apexMs: number; offsetMs: number; intensity: number };

/** A movement that rises in a straight line from onset to apex and falls to the offset. */
export const course =
  (events: readonly Event[], rest = 0) =>
  (t: number): number => {
    let value = rest;
    for (const { onsetMs, apexMs, offsetMs, intensity } of events) {
      if (t > onsetMs && t < offsetMs) {
        const share = t <= apexMs ? (t - onsetMs) / (apexMs - onsetMs) : (offsetMs - t) / (offsetMs - apexMs);
        value = Math.max(value, rest + (intensity - rest) * share);
      }
    }
    return value;
  };

export type UnitCourse =
  | ((t: number) => number | null)
  | { left: (t: number) => number | null; right: (t: number) => number | null };

export type SubjectPlan = {
  id?: string;
  times: readonly number[];
  units?: Partial<Record<ActionUnitCode, UnitCourse>>;
  yaw?: (t: number) => number;
  pitch?: (t: number) => number;
  roll?: (t: number) => number;
  noise?: number;
  seed?: number;
  change?: Partial<SubjectPercepts>;
};

const larger = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(a, b);

export const subjectOf = ({
  id = 'P1',
  times,
  units = {},
  noise: deviation = 0,
  seed = 1,
  ...plan
}: SubjectPlan): SubjectPercepts => {
  const random = seeded(seed);
  const noisy = (value: number | null): number | null =>
    value === null ? null : Math.min(5, Math.max(0, value + (deviation === 0 ? 0 : noise(random, deviation))));
  const all = (value: number): number[] => times.map(() => value);
  const actionUnits: Partial<Record<ActionUnitCode, ActionUnitColumns>> = {};
  for (const code of Object.keys(units) as ActionUnitCode[]) {
    const unit = units[code];
    if (unit === undefined) {
      continue;
    }
    if (typeof unit === 'function') {
      actionUnits[code] = { both: times.map((t) => noisy(unit(t))), left: null, right: null, threshold: 1 };
    } else {
      const left = times.map((t) => noisy(unit.left(t)));
      const right = times.map((t) => noisy(unit.right(t)));
      actionUnits[code] = {
        both: left.map((value, index) => larger(value, right[index] ?? null)),
        left,
        right,
        threshold: 1,
      };
    }
  }
  return {
    id,
    t: [...times],
    frame: times.map((_, index) => index),
    confidence: all(0.98),
    box: { x: all(100), y: all(80), width: all(200), height: all(240) },
    interOcular: all(110),
    head: {
      yaw: times.map(plan.yaw ?? (() => 0)),
      pitch: times.map(plan.pitch ?? (() => 0)),
      roll: times.map(plan.roll ?? (() => 0)),
    },
    gaze: null,
    actionUnits,
    visibility: {},
    sharpness: all(1),
    brightness: all(0.5),
    expression: null,
    affect: null,
    blendshapes: null,
    ...plan.change,
  };
};

/** Frame times of a clip of that length. */
export const timesOf = (durationMs: number, fps = 30): number[] =>
  Array.from({ length: Math.round((durationMs * fps) / 1000) }, (_, index) => Math.round((index * 1000) / fps));

export const clipOf = (subjects: SubjectPercepts[], change: Partial<Percepts> = {}): Percepts => {
  const times = [...new Set(subjects.flatMap(({ t }) => t))].sort((a, b) => a - b);
  const step = times.length > 1 ? ((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1) : 33;
  return {
    schema: 'whyface/percepts@1',
    clip: {
      digest: 'ab'.repeat(32),
      kind: 'video',
      durationMs: Math.round((times.at(-1) ?? 0) + step),
      width: 640,
      height: 480,
      fps: 1000 / step,
      hasAudio: false,
      hasSpeech: null,
    },
    sampling: { fps: 1000 / step, frames: times.length },
    frames: { t: times, frame: times.map((_, index) => index) },
    subjects,
    models: [{ id: 'landmark-au', version: '1', digest: 'cd'.repeat(32) }],
    notMeasured: [],
    warnings: [],
    ...change,
  };
};

export const photoOf = (plan: Omit<SubjectPlan, 'times'>, change: Partial<SubjectPercepts> = {}): Percepts => {
  const percepts = clipOf([subjectOf({ ...plan, times: [0], change })]);
  return {
    ...percepts,
    clip: { ...percepts.clip, kind: 'image', durationMs: 0, fps: null },
    sampling: { fps: 0, frames: 1 },
  };
};
