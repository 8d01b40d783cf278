/**
 * Head pose from the face mesh, as MediaPipe's face geometry pipeline finds it: the points are taken out of the
 * picture's perspective with two estimates of the face's scale, then the canonical face is fitted to them.
 * Source: MediaPipe `modules/face_geometry/libs/geometry_pipeline.cc` (Apache-2.0).
 */
import { POSE_BASIS } from './canonical-face.ts';
import { type FaceLandmarks, MESH_COUNT } from './landmarks.ts';
import {
  type Correspondence,
  fitSimilarity,
  type Rotation,
  rotateBack,
  type Similarity,
  type Vector,
} from './procrustes.ts';

/** MediaPipe's own assumption about the camera. */
const VERTICAL_FIELD_OF_VIEW = (63 * Math.PI) / 180;

export type HeadPose = {
  /** Degrees; positive: turned to the person's own left. */
  yaw: number;
  /** Degrees; positive: up. */
  pitch: number;
  /** Degrees; positive: tilted towards the person's own left shoulder. */
  roll: number;
};

export type HeadGeometry = {
  pose: HeadPose;
  /** Takes the canonical face to the camera's space (x right, y up, z towards the camera). */
  rotation: Rotation;
  translation: Vector;
  /** A landmark in the canonical face's own frame, centimetres: as if the head looked straight ahead. */
  straightened: (landmark: number) => Vector;
};

const degrees = (radians: number): number => (radians * 180) / Math.PI;

const poseOf = (r: Rotation): HeadPose => ({
  yaw: degrees(Math.atan2(r[2], r[8])),
  pitch: degrees(Math.asin(Math.max(-1, Math.min(1, r[5])))),
  roll: -degrees(Math.atan2(r[3], r[4])),
});

/** @param points pixels of a picture of `width` × `height` */
export const headGeometry = (points: FaceLandmarks, width: number, height: number): HeadGeometry => {
  const viewHeight = 2 * Math.tan(VERTICAL_FIELD_OF_VIEW / 2);
  const perPixel = viewHeight / height;
  let depthOffset = 0;
  for (let landmark = 0; landmark < MESH_COUNT; landmark += 1) {
    depthOffset += points[landmark * 3 + 2] ?? 0;
  }
  depthOffset = (depthOffset / MESH_COUNT) * perPixel;

  /** On the near plane (z = 1); z is still left-handed. */
  const projected = (landmark: number): Vector => [
    ((points[landmark * 3] ?? 0) - width / 2) * perPixel,
    (height / 2 - (points[landmark * 3 + 1] ?? 0)) * perPixel,
    (points[landmark * 3 + 2] ?? 0) * perPixel,
  ];
  const unprojected = (landmark: number, scale: number): Vector => {
    const [x, y, z] = projected(landmark);
    const depth = (z - depthOffset + 1) / scale;
    return [x * depth, y * depth, -depth];
  };
  const align = (target: (landmark: number) => Vector): Similarity =>
    fitSimilarity(
      POSE_BASIS.map(
        ([landmark, weight, x, y, z]): Correspondence => ({
          source: [x, y, z],
          target: target(landmark),
          weight,
        }),
      ),
    );

  const first = align((landmark) => {
    const [x, y, z] = projected(landmark);
    return [x, y, -z];
  }).scale;
  const total = first * align((landmark) => unprojected(landmark, first)).scale;
  const { rotation, scale, translation } = align((landmark) => unprojected(landmark, total));
  return {
    pose: poseOf(rotation),
    rotation,
    translation,
    straightened: (landmark) => {
      const [x, y, z] = unprojected(landmark, total);
      const [a, b, c] = rotateBack(rotation, [x - translation[0], y - translation[1], z - translation[2]]);
      return [a / scale, b / scale, c / scale];
    },
  };
};
