import { EXPRESSION_LABELS, type ExpressionLabel, type ExpressionScores } from '../contracts/index.ts';
import { AFFECT_POSITIONS } from '../facs/index.ts';
import { recordOf } from '../kit/record-of.ts';

export const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits + 0;

/** Labels by score, highest first; equal ones in the order of the alphabet. */
export const rankedLabels = (scores: ExpressionScores): [ExpressionLabel, ExpressionLabel] => {
  const [first = 'neutral', second = 'neutral'] = [...EXPRESSION_LABELS].sort((a, b) => scores[b] - scores[a]);
  return [first, second];
};

/** Where a distribution over the expressions lies in valence and arousal, −1 to 1. */
export const affectOfScores = (scores: ExpressionScores): { valence: number; arousal: number } => {
  const place = (axis: 'valence' | 'arousal'): number =>
    rounded(
      EXPRESSION_LABELS.reduce((sum, label) => sum + scores[label] * AFFECT_POSITIONS[label][axis], 0),
      2,
    );
  return { valence: place('valence'), arousal: place('arousal') };
};

export const roundedScores = (scores: ExpressionScores): ExpressionScores =>
  recordOf(EXPRESSION_LABELS, (label) => rounded(scores[label], 4));
