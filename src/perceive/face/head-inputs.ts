/** What whyface's own heads look at: the normalised points and the aligned face, made once for all of them. */
import { APPEARANCE_SIDE, alignedFace, type FaceGrid } from './au-appearance.ts';
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import { normaliseLandmarks } from './normalise-landmarks.ts';

export type HeadInputs = {
  /** 478 × 3, as `normaliseLandmarks` gives them. */
  points: Float32Array;
  /** `APPEARANCE_SIDE²` grey values. */
  crop: Float32Array;
};

/**
 * Inputs of one face. Asking again for the same landmarks (the same array) gives the same answer without work, so that
 * the heads of one engine share it; the arrays hold until the next face.
 */
export type HeadInputSource = (image: RgbImage, landmarks: FaceLandmarks) => HeadInputs;

export const createHeadInputs = (grid: FaceGrid): HeadInputSource => {
  const crop = new Float32Array(APPEARANCE_SIDE * APPEARANCE_SIDE);
  let latest: { landmarks: FaceLandmarks; inputs: HeadInputs } | null = null;
  return (image, landmarks) => {
    if (latest === null || latest.landmarks !== landmarks) {
      alignedFace(image, landmarks, grid, crop);
      latest = { landmarks, inputs: { points: normaliseLandmarks(landmarks).points, crop } };
    }
    return latest.inputs;
  };
};
