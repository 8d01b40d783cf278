import type { PredictionSet } from '../readers/predictions.ts';

/** Whether most answers of a set are label lists; otherwise they are descriptions. */
export const isListSet = ({ items }: PredictionSet): boolean => {
  const answers = [...items.values()];
  // A list of labels: brackets, or nothing longer than a few words between commas.
  const listLike = answers.filter(
    (answer) => /^\s*\[/.test(answer) || answer.split(',').every((part) => part.trim().split(/\s+/).length <= 3),
  );
  return answers.length > 0 && listLike.length * 2 > answers.length;
};
