/** Gaze and lid opening from the irises and lid margins, in the head's own frame. */
import type { HeadGeometry } from './head-pose.ts';
import { LANDMARKS, LID_PAIRS } from './landmark-indices.ts';
import type { Vector } from './procrustes.ts';

export type Gaze = {
  /** Degrees relative to the head; positive: to the person's own left. */
  yaw: number;
  /** Degrees relative to the head; positive: up. */
  pitch: number;
};

export type Eyes = {
  /** `null` while both eyes are closed. */
  gaze: Gaze | null;
  /** Lid distance over the eye's width; about 0.3 open, below 0.12 closed. */
  opening: { left: number; right: number };
};

/** Centimetres: the eyeball's radius, about which the iris turns (adult mean 1.2). */
const EYEBALL_RADIUS = 1.2;
/** Centimetres: how far above the line of its corners the iris of an eye rests that looks straight ahead (median of 170 portraits). */
const RESTING_HEIGHT = 0.1;
/** Below this opening the iris points are guesses of the network. */
const CLOSED_OPENING = 0.12;
const LARGEST_ANGLE = 45;

const between = (one: Vector, other: Vector): number => Math.hypot(one[0] - other[0], one[1] - other[1]);

const openingOf = (head: HeadGeometry, side: 'left' | 'right', outer: number, inner: number): number => {
  const distances = LID_PAIRS[side].map(([upper, lower]) =>
    between(head.straightened(upper), head.straightened(lower)),
  );
  const width = between(head.straightened(outer), head.straightened(inner));
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length / Math.max(width, 1e-6);
};

const angle = (offset: number): number => {
  const radians = Math.asin(Math.max(-1, Math.min(1, offset / EYEBALL_RADIUS)));
  return Math.max(-LARGEST_ANGLE, Math.min(LARGEST_ANGLE, (radians * 180) / Math.PI));
};

const irisOffset = (head: HeadGeometry, iris: number, outer: number, inner: number): [number, number] => {
  const [outerX, outerY] = head.straightened(outer);
  const [innerX, innerY] = head.straightened(inner);
  const [x, y] = head.straightened(iris);
  return [x - (outerX + innerX) / 2, y - (outerY + innerY) / 2 - RESTING_HEIGHT];
};

/** Both eyes' mean, the open ones only. */
export const measureEyes = (head: HeadGeometry): Eyes => {
  const { rightEyeOuter, rightEyeInner, leftEyeInner, leftEyeOuter, rightIris, leftIris } = LANDMARKS;
  const opening = {
    left: openingOf(head, 'left', leftEyeOuter, leftEyeInner),
    right: openingOf(head, 'right', rightEyeOuter, rightEyeInner),
  };
  const offsets: Array<[number, number]> = [];
  if (opening.right > CLOSED_OPENING) {
    offsets.push(irisOffset(head, rightIris, rightEyeOuter, rightEyeInner));
  }
  if (opening.left > CLOSED_OPENING) {
    offsets.push(irisOffset(head, leftIris, leftEyeOuter, leftEyeInner));
  }
  if (offsets.length === 0) {
    return { gaze: null, opening };
  }
  const x = offsets.reduce((sum, [offset]) => sum + offset, 0) / offsets.length;
  const y = offsets.reduce((sum, [, offset]) => sum + offset, 0) / offsets.length;
  return { gaze: { yaw: angle(x), pitch: angle(y) }, opening };
};
