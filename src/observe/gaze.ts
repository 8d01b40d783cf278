import { timeWord } from '../facs/time-words.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { segmentsOf } from './segments.ts';
import { at, finiteAt, quantile, rounded, type Series, seriesOf } from './series.ts';
import { smooth } from './smooth.ts';
import { capitalized, qualityIn, type SubjectView } from './subject-view.ts';

/** Degrees and times that make a look aside. Gaze from landmarks is off by 5–8° itself, more upwards and downwards. */
const GAZE = { smoothingMs: 80, aside: 14, vertical: 16, holdMs: 400, mergeMs: 300, most: 8 } as const;

type Direction = Extract<Draft, { kind: 'gaze' }>['gaze']['direction'];

/** Where the eyes usually look as seen from the camera, and the episodes in which they look elsewhere. */
export const observeGaze = (view: SubjectView, source: string): Draft[] => {
  const { gaze, head } = view.percepts;
  if (gaze === null) {
    return [];
  }
  // Head and eyes together say where the person looks; the eyes alone only where they sit in the head.
  const looking = (eyes: ReadonlyArray<number | null>, skull: ReadonlyArray<number | null>): Series => {
    const sums = view.percepts.t.map((_, index) => finiteAt(eyes, index) + finiteAt(skull, index));
    const open = (index: number): boolean => !(finiteAt(view.percepts.actionUnits.AU45?.both, index) >= 3);
    const raw = seriesOf(view.percepts.t, view.indices, sums, [-90, 90], open);
    return { t: raw.t, v: smooth(raw, GAZE.smoothingMs) };
  };
  const yaw = looking(gaze.yaw, head.yaw);
  const pitch = looking(gaze.pitch, head.pitch);
  if (yaw.t.length === 0 || yaw.t.length !== pitch.t.length) {
    return [];
  }
  const usual = { yaw: quantile(yaw.v, 0.5), pitch: quantile(pitch.v, 0.5) };
  const eyes = view.name === null ? 'the eyes' : `${view.name}'s eyes`;
  const usually = directionOf(usual.yaw, usual.pitch);
  const lead = view.still ? '' : 'most of the time ';
  const confidence = (startMs: number, endMs: number): number => confidenceOf(qualityIn(view, startMs, endMs) * 0.8);
  const overall: Draft = {
    kind: 'gaze',
    subject: view.id,
    range: view.range,
    confidence: confidence(view.range.startMs, view.range.endMs),
    source,
    text: capitalized(`${lead}${eyes} look ${TOWARDS[usually]}.`),
    gaze: { yaw: rounded(usual.yaw, 0), pitch: rounded(usual.pitch, 0), direction: usually },
  };
  if (view.still) {
    return [overall];
  }
  const away = yaw.v.map((value, index) =>
    Math.max(Math.abs(value - usual.yaw) / GAZE.aside, Math.abs(at(pitch.v, index) - usual.pitch) / GAZE.vertical),
  );
  const rule = {
    enter: 1,
    leave: 0.6,
    rest: 0,
    spread: 0.1,
    minimumMs: GAZE.holdMs,
    mergeMs: GAZE.mergeMs,
    stepMs: view.stepMs,
  };
  const asides = segmentsOf(yaw.t, away, rule)
    .sort((a, b) => b.last - b.first - (a.last - a.first))
    .slice(0, GAZE.most)
    .map(({ first, last, apex, onsetMs, offsetMs }): Draft => {
      const startMs = Math.round(onsetMs ?? at(yaw.t, first));
      const end = Math.round(offsetMs ?? at(yaw.t, last) + view.stepMs);
      const endMs = Math.min(view.range.endMs, Math.max(startMs + 1, end));
      const across = at(yaw.v, apex);
      const up = at(pitch.v, apex);
      const moved = directionOf(across - usual.yaw, up - usual.pitch);
      const direction = moved === 'camera' ? directionOf(across, up) : moved;
      return {
        kind: 'gaze',
        subject: view.id,
        range: { startMs, endMs },
        confidence: confidence(startMs, endMs),
        source,
        text: capitalized(`between ${timeWord(startMs)} and ${timeWord(endMs)} ${eyes} turn ${AWAY[direction]}.`),
        gaze: { yaw: rounded(across, 0), pitch: rounded(up, 0), direction },
      };
    });
  return [overall, ...asides];
};

const TOWARDS = {
  camera: 'towards the camera',
  left: "past the camera, to the person's own left",
  right: "past the camera, to the person's own right",
  up: 'above the camera',
  down: 'below the camera',
} as const satisfies Record<Direction, string>;

const AWAY = {
  camera: 'aside',
  left: "aside, to the person's own left",
  right: "aside, to the person's own right",
  up: 'upwards',
  down: 'downwards',
} as const satisfies Record<Direction, string>;

const directionOf = (yaw: number, pitch: number): Direction => {
  const across = Math.abs(yaw) / GAZE.aside;
  const upwards = Math.abs(pitch) / GAZE.vertical;
  if (Math.max(across, upwards) < 1) {
    return 'camera';
  }
  if (across >= upwards) {
    return yaw > 0 ? 'left' : 'right';
  }
  return pitch > 0 ? 'up' : 'down';
};
