import { type Problem, problemOf, problemsOf } from '../problem.ts';

/** Predictions and truth of the same clips, in the order of the truth. */
export type Paired<Truth, Prediction> = {
  clips: Array<{ clip: string; truth: Truth; prediction: Prediction | null }>;
  problems: Problem[];
};

/** Joins answers to the truth by clip; what is on one side only is reported. */
export const pairClips = <Truth, Prediction>(
  truth: ReadonlyMap<string, Truth>,
  predictions: ReadonlyMap<string, Prediction>,
  where: string,
  treatment = 'Counted as an empty prediction.',
): Paired<Truth, Prediction> => ({
  clips: [...truth].map(([clip, label]) => ({ clip, truth: label, prediction: predictions.get(clip) ?? null })),
  problems: problemsOf([
    problemOf(
      'missing-clip',
      where,
      [...truth.keys()].filter((clip) => !predictions.has(clip)),
      treatment,
    ),
    problemOf(
      'extra-clip',
      where,
      [...predictions.keys()].filter((clip) => !truth.has(clip)),
      'Answers for clips without a truth do not count.',
    ),
  ]),
});
