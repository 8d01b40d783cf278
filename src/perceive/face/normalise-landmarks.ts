/**
 * Takes head pose, place and size out of a face's 478 points: the similarity that lays the points which expressions
 * hardly move (eye corners, nose bridge and tip, temples, forehead) on Google's canonical face.
 * The weights of `models/au-head.onnx` were fitted to exactly these numbers: a change here needs them fitted anew.
 */
import { POSE_BASIS } from './canonical-face.ts';
import { LANDMARKS } from './landmark-indices.ts';
import { type FaceLandmarks, LANDMARK_COUNT } from './landmarks.ts';
import { fitSimilarity, rotate, type Vector } from './procrustes.ts';

/** Landmark → weight in the fit. Jaw, mouth, nostrils, cheeks and brows are left out: they are what is measured. */
const STABLE_WEIGHTS: ReadonlyMap<number, number> = new Map([
  [4, 0.5],
  [6, 1],
  [10, 0.5],
  [33, 1],
  [133, 1],
  [263, 1],
  [362, 1],
  [54, 0.3],
  [284, 0.3],
  [67, 0.3],
  [297, 0.3],
  [127, 0.4],
  [356, 0.4],
  [143, 0.4],
  [372, 0.4],
  [121, 0.5],
  [350, 0.5],
]);

type Anchor = { landmark: number; weight: number; target: Vector };

const ANCHORS: readonly Anchor[] = POSE_BASIS.flatMap(([landmark, , x, y, z]) => {
  const weight = STABLE_WEIGHTS.get(landmark);
  return weight === undefined ? [] : [{ landmark, weight, target: [x, y, z] as const }];
});

export type NormalisedFace = {
  /**
   * 478 × `x, y, z` in centimetres of the canonical face, frontal and upright: x to the person's left, y up, z out of
   * the face.
   */
  points: Float32Array;
  /** Pixels of the picture in one centimetre. */
  pixelsPerCentimetre: number;
};

/**
 * Lays a face on the canonical one.
 *
 * @param landmarks 478 points in pixels, y down, z smaller nearer to the camera
 * @returns 478 points in centimetres of the canonical face; all zero when the points have no extent
 */
export const normaliseLandmarks = (landmarks: FaceLandmarks): NormalisedFace => {
  const points = new Float32Array(LANDMARK_COUNT * 3);
  // The canonical axes: y up, z towards the camera.
  const pointAt = (landmark: number): Vector => [
    landmarks[landmark * 3] ?? 0,
    -(landmarks[landmark * 3 + 1] ?? 0),
    -(landmarks[landmark * 3 + 2] ?? 0),
  ];
  const [right, left] = [pointAt(LANDMARKS.rightEyeOuter), pointAt(LANDMARKS.leftEyeOuter)];
  if (!(Math.hypot(right[0] - left[0], right[1] - left[1], right[2] - left[2]) > 0)) {
    return { points, pixelsPerCentimetre: 0 };
  }
  const { rotation, scale, translation } = fitSimilarity(
    ANCHORS.map(({ landmark, weight, target }) => ({ source: pointAt(landmark), target, weight })),
  );
  for (let landmark = 0; landmark < LANDMARK_COUNT; landmark += 1) {
    const turned = rotate(rotation, pointAt(landmark));
    points[landmark * 3] = turned[0] * scale + translation[0];
    points[landmark * 3 + 1] = turned[1] * scale + translation[1];
    points[landmark * 3 + 2] = turned[2] * scale + translation[2];
  }
  return { points, pixelsPerCentimetre: 1 / scale };
};
