/** What whyface's own heads look at: the normalised points and the aligned face, made once for all of them. */
import { APPEARANCE_SIDE, alignedFace, type FaceGrid } from './au-appearance.ts';
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import { normaliseLandmarks } from './normalise-landmarks.ts';
import type { PixelKernel } from './pixel-kernel.ts';

export type HeadInputs = {
  /** 478 × 3, as `normaliseLandmarks` gives them. */
  points: Float32Array;
  /** `APPEARANCE_SIDE²` grey values. */
  crop: Float32Array;
};

export type HeadInputSource = (image: RgbImage, landmarks: FaceLandmarks) => HeadInputs;

export const createHeadInputs =
  (grid: FaceGrid, kernel: PixelKernel): HeadInputSource =>
  (image, landmarks) => {
    // An array of its own: a run of the graph that has not ended still reads the last one.
    const crop = new Float32Array(APPEARANCE_SIDE * APPEARANCE_SIDE);
    alignedFace(kernel, image, landmarks, grid, crop);
    return { points: normaliseLandmarks(landmarks).points, crop };
  };
