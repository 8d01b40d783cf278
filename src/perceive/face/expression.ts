/** whyface's own expression head: points, skin and action-unit scores of one face → eight shares, valence and arousal. */
import type { InferenceSession } from 'onnxruntime-node';
import { EXPRESSION_LABELS, type ExpressionLabel } from '../../contracts/expression.ts';
import { AFFECT_POSITIONS } from '../../facs/affect-positions.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { HeadRun } from './head-run.ts';
import type { RgbImage } from './image.ts';
import { type FaceLandmarks, LANDMARK_COUNT } from './landmarks.ts';
import { type Networks, outputNumbers } from './session.ts';

export type ExpressionReading = {
  /** Probabilities that sum to 1. */
  scores: Record<ExpressionLabel, number>;
  /** −1 unpleasant … 1 pleasant. */
  valence: number;
  /** −1 calm … 1 excited. */
  arousal: number;
};

/** Reads one face: `landmarks` in pixels of `image`. */
export type ExpressionReader = (image: RgbImage, landmarks: FaceLandmarks) => Promise<ExpressionReading>;

/**
 * Where expressions of these shares lie on average. Nobody has rated the faces the head was trained with, so its valence
 * and arousal are those of the expressions it sees.
 */
const affectOf = (scores: Record<ExpressionLabel, number>, axis: 'valence' | 'arousal'): number =>
  EXPRESSION_LABELS.reduce((sum, label) => sum + scores[label] * AFFECT_POSITIONS[label][axis], 0);

/**
 * @param session `models/expression-head.onnx`: `points` N × 478 × 3, `features` and `scores` as the action-unit graph
 *   gives them → `shares` N × 8
 * @param run of the action-unit graph with which this head was trained
 * @throws WhyfaceError `model-invalid` when the graph has no such output
 */
export const createExpressionReader = (
  session: InferenceSession,
  TensorClass: Networks['Tensor'],
  run: HeadRun,
): ExpressionReader => {
  return async (image, landmarks) => {
    const { points, features, scores: sides } = await run(image, landmarks);
    const answer = await session.run({
      points: new TensorClass('float32', points, [1, LANDMARK_COUNT, 3]),
      features: new TensorClass('float32', features, [1, features.length]),
      scores: new TensorClass('float32', sides, [1, sides.length]),
    });
    const shares = outputNumbers(answer.shares, 'shares');
    const scores = recordOf(EXPRESSION_LABELS, (label) => shares[EXPRESSION_LABELS.indexOf(label)] ?? 0);
    return { scores, valence: affectOf(scores, 'valence'), arousal: affectOf(scores, 'arousal') };
  };
};
