import type { TimeRange } from '../contracts/index.ts';
import { timeWord } from '../facs/time-words.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { type Oscillation, oscillationsOf } from './oscillations.ts';
import { segmentsOf } from './segments.ts';
import { at, mean, quantile, rounded, type Series, seriesOf, within } from './series.ts';
import { smooth } from './smooth.ts';
import { capitalized, qualityIn, type SubjectView } from './subject-view.ts';

/** Degrees and times that make a head movement. */
const HEAD = {
  smoothingMs: 80,
  /** A turn away from the person's usual direction. */
  turn: 18,
  /** A tilt towards a shoulder. */
  tilt: 12,
  holdMs: 400,
  mergeMs: 500,
  /** A head whose angles spread less than this is still; landmark noise alone gives about one degree. */
  still: 2,
  stillFromMs: 3000,
  /** Listed for one person and kind. */
  mostOfAKind: 6,
} as const;

type HeadDraft = Extract<Draft, { kind: 'head' }>;
type Movement = HeadDraft['head']['movement'];
type Pose = { yaw: Series; pitch: Series; roll: Series };

/** Pose in a photo; in a clip the usual pose or stillness, turns, tilts, nods and shakes. */
export const observeHead = (view: SubjectView, source: string): Draft[] => {
  const read = (column: ReadonlyArray<number | null>): Series => {
    const raw = seriesOf(view.percepts.t, view.indices, column, [-180, 180]);
    return { t: raw.t, v: smooth(raw, HEAD.smoothingMs) };
  };
  const { head } = view.percepts;
  const pose = { yaw: read(head.yaw), pitch: read(head.pitch), roll: read(head.roll) };
  if (pose.yaw.t.length === 0 || pose.pitch.t.length === 0 || pose.roll.t.length === 0) {
    return [];
  }
  const draft = (range: TimeRange, movement: Movement, text: string, angles: Angles, trust = 1): HeadDraft => ({
    kind: 'head',
    subject: view.id,
    range,
    confidence: confidenceOf(qualityIn(view, range.startMs, range.endMs) * trust),
    source,
    text: capitalized(text),
    head: {
      yaw: rounded(angles.yaw, 0),
      pitch: rounded(angles.pitch, 0),
      roll: rounded(angles.roll, 0),
      movement,
    },
  });
  const usual = {
    yaw: quantile(pose.yaw.v, 0.5),
    pitch: quantile(pose.pitch.v, 0.5),
    roll: quantile(pose.roll.v, 0.5),
  };
  if (view.still) {
    return [draft(view.range, null, `${owner(view)} ${poseWords(usual)}.`, usual)];
  }
  const movements = [
    ...excursions(view, pose, usual).map(({ range, movement, text, angles }) =>
      draft(range, movement, text, angles, 0.9),
    ),
    ...rhythms(view, pose).map(({ range, movement, text, angles }) => draft(range, movement, text, angles, 0.8)),
  ];
  const lasts = view.range.endMs - view.range.startMs;
  const isStill =
    lasts >= HEAD.stillFromMs && [pose.yaw, pose.pitch, pose.roll].every(({ v }) => spread(v) < HEAD.still);
  if (isStill && movements.length === 0) {
    return [draft(view.range, 'still', `${owner(view)} keeps still, and ${poseWords(usual)}.`, usual)];
  }
  return [draft(view.range, null, `most of the time ${owner(view)} ${poseWords(usual)}.`, usual), ...movements];
};

type Angles = { yaw: number; pitch: number; roll: number };
type Found = { range: TimeRange; movement: Movement; text: string; angles: Angles };

const owner = (view: SubjectView): string => (view.name === null ? 'the head' : `${view.name}'s head`);

const spread = (values: Float64Array): number => (quantile(values, 0.95) - quantile(values, 0.05)) / 3.29;

/** Angles below which a pose is said to face the camera; a measured pose is off by a few degrees. */
const FACING = 12;

const poseWords = ({ yaw, pitch, roll }: Angles): string => {
  const parts = [
    Math.abs(yaw) > FACING ? `turned ${degrees(yaw)} to the person's own ${yaw > 0 ? 'left' : 'right'}` : null,
    Math.abs(pitch) > FACING ? `${pitch > 0 ? 'raised' : 'lowered'} by ${degrees(pitch)}` : null,
    Math.abs(roll) > FACING ? `tilted ${degrees(roll)} towards the ${roll > 0 ? 'left' : 'right'} shoulder` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) {
    return 'faces the camera';
  }
  return `is ${[parts.slice(0, -1).join(', '), parts.at(-1)].filter((part) => part !== '').join(' and ')}`;
};

const degrees = (value: number): string => `${Math.abs(Math.round(value))}°`;

const anglesIn = (pose: Pose, { startMs, endMs }: TimeRange, usual: Angles): Angles => {
  const middle = (series: Series, otherwise: number): number => {
    const values = within(series, startMs, endMs);
    return values.length === 0 ? otherwise : mean(values);
  };
  return {
    yaw: middle(pose.yaw, usual.yaw),
    pitch: middle(pose.pitch, usual.pitch),
    roll: middle(pose.roll, usual.roll),
  };
};

/** Episodes in which the head is turned or tilted away from where it usually is. */
const excursions = (view: SubjectView, pose: Pose, usual: Angles): Found[] => {
  const kinds = [
    { axis: 'yaw', sign: 1, by: HEAD.turn, movement: 'turn', says: "turns to the person's own left" },
    { axis: 'yaw', sign: -1, by: HEAD.turn, movement: 'turn', says: "turns to the person's own right" },
    { axis: 'pitch', sign: 1, by: HEAD.turn, movement: 'turn', says: 'lifts' },
    { axis: 'pitch', sign: -1, by: HEAD.turn, movement: 'turn', says: 'drops' },
    { axis: 'roll', sign: 1, by: HEAD.tilt, movement: 'tilt', says: 'tilts towards the left shoulder' },
    { axis: 'roll', sign: -1, by: HEAD.tilt, movement: 'tilt', says: 'tilts towards the right shoulder' },
  ] as const;
  return kinds.flatMap(({ axis, sign, by, movement, says }) => {
    const { t, v } = pose[axis];
    const away = v.map((value) => sign * (value - usual[axis]));
    const rule = {
      enter: by,
      leave: by * 0.6,
      rest: 0,
      spread: 0.5,
      minimumMs: HEAD.holdMs,
      mergeMs: HEAD.mergeMs,
      stepMs: view.stepMs,
    };
    return segmentsOf(t, away, rule)
      .sort((a, b) => at(away, b.apex) - at(away, a.apex))
      .slice(0, HEAD.mostOfAKind)
      .map(({ first, last, apex, onsetMs, offsetMs }): Found => {
        const startMs = Math.round(onsetMs ?? at(t, first));
        const end = Math.round(offsetMs ?? at(t, last) + view.stepMs);
        const range = { startMs, endMs: Math.min(view.range.endMs, Math.max(startMs + 1, end)) };
        const text =
          `between ${timeWord(range.startMs)} and ${timeWord(range.endMs)} ${owner(view)} ${says}, ` +
          `by ${degrees(at(away, apex))} at most.`;
        const apexMs = at(t, apex);
        return { range, movement, text, angles: anglesIn(pose, { startMs: apexMs, endMs: apexMs + 1 }, usual) };
      });
  });
};

/** Nods and shakes: swings back and forth in pitch or in yaw. */
const rhythms = (view: SubjectView, pose: Pose): Found[] => {
  const usual = { yaw: 0, pitch: 0, roll: 0 };
  const said = (found: Oscillation[], movement: 'nod' | 'shake', verb: string): Found[] =>
    [...found]
      .sort((a, b) => b.swings - a.swings)
      .slice(0, HEAD.mostOfAKind)
      .map((oscillation) => {
        const range = {
          startMs: Math.round(oscillation.startMs),
          endMs: Math.max(Math.round(oscillation.startMs) + 1, Math.round(oscillation.endMs)),
        };
        const times = Math.max(1, Math.floor(oscillation.swings / 2));
        const text =
          `between ${timeWord(range.startMs)} and ${timeWord(range.endMs)} ${owner(view)} ${verb}` +
          `${times === 1 ? '' : times === 2 ? ' twice' : ` ${times} times`}, by about ${degrees(oscillation.amplitude)}.`;
        return { range, movement, text, angles: anglesIn(pose, range, usual) };
      });
  const nods = oscillationsOf(pose.pitch);
  const shakes = oscillationsOf(pose.yaw);
  return [...said(nods, 'nod', 'nods'), ...said(shakes, 'shake', 'shakes')];
};
