/**
 * Classification metrics on plain lists of labels. Definitions are those of scikit-learn where it has them, with a
 * division by zero counted as 0.
 */
export type ClassScore = { precision: number; recall: number; f1: number; support: number; predicted: number };

export type Classification = {
  n: number;
  /** Share of right answers; the same as WAR (recall weighted by class size) and micro F1. */
  accuracy: number;
  /** Unweighted average recall (UAR): mean recall over the classes that occur in the truth. */
  uar: number;
  /** Mean F1 over the classes of truth and prediction together, as scikit-learn has it. */
  macroF1: number;
  weightedF1: number;
  /** Cohen's kappa: agreement beyond chance. */
  kappa: number;
  classes: Record<string, ClassScore>;
  /** Truth → prediction → count. */
  confusion: Record<string, Record<string, number>>;
};

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const f1Of = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

/** Scores of every class and their averages. The lists are equally long; classes are sorted by name. */
export const classification = (truth: readonly string[], prediction: readonly string[]): Classification => {
  const names = [...new Set([...truth, ...prediction])].sort();
  const confusion: Classification['confusion'] = Object.fromEntries(
    names.map((name) => [name, Object.fromEntries(names.map((other) => [other, 0]))]),
  );
  for (const [index, actual] of truth.entries()) {
    const row = confusion[actual];
    const predicted = prediction[index];
    if (row !== undefined && predicted !== undefined) {
      row[predicted] = (row[predicted] ?? 0) + 1;
    }
  }
  const count = (actual: string, predicted: string): number => confusion[actual]?.[predicted] ?? 0;
  const scores = names.map((name): [string, ClassScore] => {
    const hits = count(name, name);
    const support = names.reduce((sum, other) => sum + count(name, other), 0);
    const predicted = names.reduce((sum, other) => sum + count(other, name), 0);
    const [precision, recall] = [ratio(hits, predicted), ratio(hits, support)];
    return [name, { precision, recall, f1: ratio(2 * hits, support + predicted), support, predicted }];
  });
  const n = truth.length;
  const hits = names.reduce((sum, name) => sum + count(name, name), 0);
  const occurring = scores.filter(([, { support }]) => support > 0);
  const average = (values: readonly number[]): number =>
    ratio(
      values.reduce((sum, value) => sum + value, 0),
      values.length,
    );
  const chance = scores.reduce((sum, [, score]) => sum + ratio(score.support * score.predicted, n * n), 0);
  const accuracy = ratio(hits, n);
  return {
    n,
    accuracy,
    uar: average(occurring.map(([, { recall }]) => recall)),
    macroF1: average(scores.map(([, { f1 }]) => f1)),
    weightedF1: ratio(
      scores.reduce((sum, [, { f1, support }]) => sum + f1 * support, 0),
      n,
    ),
    kappa: chance === 1 ? 0 : (accuracy - chance) / (1 - chance),
    classes: Object.fromEntries(scores),
    confusion,
  };
};

/** Mean of the classes' F1, weighted by how often each class is true. */
export const weightedF1 = (truth: readonly string[], prediction: readonly string[]): number =>
  classification(truth, prediction).weightedF1;
