import { timeWord } from '../facs/time-words.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { segmentsOf } from './segments.ts';
import { at, finiteAt, quantile, rounded, type Series, seriesOf } from './series.ts';
import { SETTINGS } from './settings.ts';
import { smooth } from './smooth.ts';
import { capitalized, qualityIn, type SubjectView } from './subject-view.ts';

/** Degrees and times that make a look aside. Gaze from landmarks is off by 5–8° itself, more upwards and downwards. */
const GAZE = {
  smoothingMs: 80,
  aside: 15,
  vertical: 17,
  holdMs: 500,
  mergeMs: 400,
  most: 3,
  mostEachMs: 10_000,
} as const;

type GazeDraft = Extract<Draft, { kind: 'gaze' }>;
type Direction = GazeDraft['gaze']['direction'];
type Aim = { yaw: Series; pitch: Series };

/** Where the person usually looks as seen from the camera, and the episodes in which the gaze is elsewhere. */
export const observeGaze = (view: SubjectView, source: string): Draft[] => {
  const aim = aimOf(view);
  if (aim === null) {
    return [];
  }
  const usual = { yaw: quantile(aim.yaw.v, 0.5), pitch: quantile(aim.pitch.v, 0.5) };
  const usually = directionOf(usual.yaw, usual.pitch);
  const gaze = view.name === null ? 'the gaze' : `${view.name}'s gaze`;
  const lead = view.still ? '' : 'most of the time ';
  const overall: GazeDraft = {
    kind: 'gaze',
    subject: view.id,
    range: view.range,
    confidence: confidenceOf(qualityIn(view, view.range.startMs, view.range.endMs) * 0.8),
    source,
    text: capitalized(`${lead}${gaze} is ${TOWARDS[usually]}.`),
    gaze: { yaw: rounded(usual.yaw, 0), pitch: rounded(usual.pitch, 0), direction: usually },
  };
  return view.still ? [overall] : [overall, ...asides(view, aim, usual, gaze, source)];
};

/** Head and eyes together say where the person looks; the eyes alone only where they sit in the head. */
const aimOf = (view: SubjectView): Aim | null => {
  const { gaze, head, t, actionUnits } = view.percepts;
  if (gaze === null) {
    return null;
  }
  // Closed eyes have no gaze, and their landmarks point down.
  const open = (index: number): boolean => !(finiteAt(actionUnits.AU45?.both, index) >= SETTINGS.closed);
  const sum = (eyes: ReadonlyArray<number | null>, skull: ReadonlyArray<number | null>): Series => {
    const sums = t.map((_, index) => finiteAt(eyes, index) + finiteAt(skull, index));
    const raw = seriesOf(t, view.indices, sums, [-90, 90], open);
    return { t: raw.t, v: smooth(raw, GAZE.smoothingMs) };
  };
  const yaw = sum(gaze.yaw, head.yaw);
  const pitch = sum(gaze.pitch, head.pitch);
  return yaw.t.length === 0 || yaw.t.length !== pitch.t.length ? null : { yaw, pitch };
};

/** Episodes in which the gaze is away from where it usually is, the widest and longest ones. */
const asides = (
  view: SubjectView,
  aim: Aim,
  usual: { yaw: number; pitch: number },
  gaze: string,
  source: string,
): GazeDraft[] => {
  const ways = [
    { axis: 'yaw', sign: 1, by: GAZE.aside, direction: 'left' },
    { axis: 'yaw', sign: -1, by: GAZE.aside, direction: 'right' },
    { axis: 'pitch', sign: 1, by: GAZE.vertical, direction: 'up' },
    { axis: 'pitch', sign: -1, by: GAZE.vertical, direction: 'down' },
  ] as const;
  const found = ways.flatMap(({ axis, sign, by, direction }) => {
    const { t, v } = aim[axis];
    const away = v.map((value) => sign * (value - usual[axis]));
    const rule = {
      enter: by,
      leave: by * 0.6,
      rest: 0,
      spread: 1,
      minimumMs: GAZE.holdMs,
      mergeMs: GAZE.mergeMs,
      stepMs: view.stepMs,
      whole: true,
    };
    return segmentsOf(t, away, rule).map(({ first, last, apex }) => {
      const startMs = Math.round(at(t, first));
      const endMs = Math.min(view.range.endMs, Math.max(startMs + 1, Math.round(at(t, last) + view.stepMs)));
      return {
        range: { startMs, endMs },
        apex,
        by: at(away, apex),
        direction,
        weight: at(away, apex) * (endMs - startMs),
      };
    });
  });
  const most = GAZE.most + Math.floor((view.range.endMs - view.range.startMs) / GAZE.mostEachMs);
  return found
    .sort((a, b) => b.weight - a.weight || a.range.startMs - b.range.startMs)
    .slice(0, Math.min(most, 40))
    .map(({ range, apex, by, direction }) => ({
      kind: 'gaze',
      subject: view.id,
      range,
      confidence: confidenceOf(qualityIn(view, range.startMs, range.endMs) * 0.8),
      source,
      text: capitalized(
        `between ${timeWord(range.startMs)} and ${timeWord(range.endMs)} ${gaze} turns ${AWAY[direction]}, ` +
          `by about ${Math.round(by)}°.`,
      ),
      gaze: { yaw: rounded(at(aim.yaw.v, apex), 0), pitch: rounded(at(aim.pitch.v, apex), 0), direction },
    }));
};

const TOWARDS = {
  camera: 'towards the camera',
  left: "past the camera, to the person's own left",
  right: "past the camera, to the person's own right",
  up: 'above the camera',
  down: 'below the camera',
} as const satisfies Record<Direction, string>;

const AWAY = {
  left: "to the person's own left",
  right: "to the person's own right",
  up: 'upwards',
  down: 'downwards',
} as const satisfies Record<Exclude<Direction, 'camera'>, string>;

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
