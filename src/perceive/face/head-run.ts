/** One run of the action-unit graph over a face, for all who read something of its answer. */
import type { InferenceSession } from 'onnxruntime-node';
import { APPEARANCE_SIDE } from './au-appearance.ts';
import type { HeadInputSource } from './head-inputs.ts';
import type { RgbImage } from './image.ts';
import { type FaceLandmarks, LANDMARK_COUNT } from './landmarks.ts';
import { type Networks, outputNumbers } from './session.ts';

/** Outputs of `models/au-head.onnx` for one face, and the points that went in. */
export type HeadAnswer = {
  /** 478 × 3, as `normaliseLandmarks` gives them. */
  points: Float32Array;
  /** Units × both, left, right: 0–5. */
  values: Float32Array;
  /** Share of each region that is covered, 0–1. */
  covered: Float32Array;
  /** What the appearance network sees. */
  features: Float32Array;
  /** The left sides' scores, then the right sides', before they become intensities. */
  scores: Float32Array;
};

/**
 * Asking again for the same picture and landmarks (the same arrays) gives the same answer without a second run.
 *
 * @throws WhyfaceError `model-invalid` when the graph lacks an output
 */
export type HeadRun = (image: RgbImage, landmarks: FaceLandmarks) => Promise<HeadAnswer>;

/** @param session `models/au-head.onnx`: `points` 1 × 478 × 3, `crop` 1 × 1 × 128 × 128 */
export const createHeadRun = (
  session: InferenceSession,
  TensorClass: Networks['Tensor'],
  inputsOf: HeadInputSource,
): HeadRun => {
  const run: HeadRun = async (image, landmarks) => {
    const { points, crop } = inputsOf(image, landmarks);
    const answer = await session.run({
      points: new TensorClass('float32', points, [1, LANDMARK_COUNT, 3]),
      crop: new TensorClass('float32', crop, [1, 1, APPEARANCE_SIDE, APPEARANCE_SIDE]),
    });
    return {
      points,
      values: outputNumbers(answer.values, 'values'),
      covered: outputNumbers(answer.covered, 'covered'),
      features: outputNumbers(answer.features, 'features'),
      scores: outputNumbers(answer.scores, 'scores'),
    };
  };
  let latest: { image: RgbImage; landmarks: FaceLandmarks; answer: Promise<HeadAnswer> } | null = null;
  return (image, landmarks) => {
    if (latest === null || latest.landmarks !== landmarks || latest.image !== image) {
      latest = { image, landmarks, answer: run(image, landmarks) };
    }
    return latest.answer;
  };
};
