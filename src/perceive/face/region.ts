/**
 * Square, rotated regions of a picture, in pixels: what is cropped for a network, and how its answers are taken back.
 * The rules (long side, 1.5 times, rotated so that the eyes are level) are those of MediaPipe's graphs
 * `FaceDetectionFrontDetectionToRoi` and `FaceLandmarkLandmarksToRoi`.
 */
import type { FaceDetection } from './detection.ts';
import { LANDMARKS } from './landmark-indices.ts';
import type { FaceLandmarks } from './landmarks.ts';

export type Region = {
  /** Centre, pixels. */
  centreX: number;
  centreY: number;
  /** Side, pixels. */
  size: number;
  /** Radians, positive: clockwise on the picture. */
  rotation: number;
};

export type Box = { x: number; y: number; width: number; height: number };

const EXPANSION = 1.5;

const levelled = (box: Box, fromX: number, fromY: number, toX: number, toY: number): Region => ({
  centreX: box.x + box.width / 2,
  centreY: box.y + box.height / 2,
  size: Math.max(box.width, box.height) * EXPANSION,
  rotation: Math.atan2(toY - fromY, toX - fromX),
});

/** The region a detection asks the mesh to look at; its key points 0 and 1 are the eyes. */
export const regionOfDetection = (detection: FaceDetection): Region => {
  const [eyeOne, eyeTwo] = detection.keypoints;
  return eyeOne === undefined || eyeTwo === undefined
    ? levelled(detection.box, 0, 0, 1, 0)
    : levelled(detection.box, eyeOne[0], eyeOne[1], eyeTwo[0], eyeTwo[1]);
};

/** The box around the 468 points of the mesh (irises lie within), pixels. */
export const boxOfLandmarks = (points: FaceLandmarks): Box => {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let offset = 0; offset < points.length; offset += 3) {
    const x = points[offset] ?? 0;
    const y = points[offset + 1] ?? 0;
    left = x < left ? x : left;
    right = x > right ? x : right;
    top = y < top ? y : top;
    bottom = y > bottom ? y : bottom;
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
};

/** The region in which the next frame will hold the same face. */
export const regionOfLandmarks = (points: FaceLandmarks): Region => {
  const from = LANDMARKS.rightEyeOuter * 3;
  const to = LANDMARKS.leftEyeOuter * 3;
  return levelled(
    boxOfLandmarks(points),
    points[from] ?? 0,
    points[from + 1] ?? 0,
    points[to] ?? 0,
    points[to + 1] ?? 0,
  );
};

/** The square around a whole picture, as the detector looks at it: letterboxed. */
export const regionOfPicture = (width: number, height: number): Region => ({
  centreX: width / 2,
  centreY: height / 2,
  size: Math.max(width, height),
  rotation: 0,
});

/** Intersection over union of two boxes. */
export const overlap = (one: Box, other: Box): number => {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) {
    return 0;
  }
  const shared = width * height;
  return shared / (one.width * one.height + other.width * other.height - shared);
};

/** The share of the smaller box that lies in the other: two boxes of one face, one of them far too large, overlap little. */
export const containment = (one: Box, other: Box): number => {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) {
    return 0;
  }
  return (width * height) / Math.min(one.width * one.height, other.width * other.height);
};
