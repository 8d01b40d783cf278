import type { classification } from '../metrics/classification.ts';
import { mean } from '../metrics/set-overlap.ts';

/** One clip with its true and its answered class. */
export type Item = {
  clip: string;
  truth: string;
  prediction: string;
  confidence: number | null;
  probabilities: Readonly<Record<string, number>> | null;
  group: string | null;
};

/** A clip without an answer, or an abstention: wrong, but no class of its own. */
export const NO_ANSWER = '(none)';

/** Macro F1 over the classes proper. */
export const macroF1Of = ({ classes }: ReturnType<typeof classification>): number =>
  mean(Object.entries(classes).flatMap(([name, { f1 }]) => (name === NO_ANSWER ? [] : [f1])));
