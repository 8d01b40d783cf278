import type { Counterfactual, ExplainRecord, Removal } from '../../contracts/index.ts';

/** The counterfactual of an explanation, where it was asked for. */
export const counterfactualAt = (record: ExplainRecord, index: number): Counterfactual | null =>
  record.counterfactual?.[index] ?? null;

export type CounterfactualView = {
  summary: string;
  /** What changes the reading, and the whole modalities. */
  telling: readonly Removal[];
  /** How the rest is summed up, and how the comparison was made; empty where there is nothing to say. */
  notes: readonly string[];
};

/** Most results told one by one. */
const MOST = 10;

/** A counterfactual as it is shown: what tells something first, the rest counted. */
export const counterfactualView = (found: Counterfactual): CounterfactualView => {
  const tells = found.removals.filter(({ effect, kind }) => effect !== 'none' || kind === 'modality');
  const telling = tells.slice(0, MOST);
  const rest = found.removals.length - telling.length;
  const idle = found.removals.length - tells.length;
  const models = telling.some(({ along }) => along.length > 0);
  return {
    summary: found.summary,
    telling,
    notes: [
      rest === 0
        ? ''
        : rest === idle
          ? `${counted(idle)} no difference.`
          : `${counted(idle)} no difference, and ${rest - idle} a smaller one.`,
      models
        ? 'The models that judge the whole face saw the same movements; where a movement is taken away they are left out on both sides of the comparison.'
        : '',
      found.calls.leftOut.length === 0
        ? ''
        : `Not tried, for the budget of ${found.calls.budget ?? found.calls.made} calls: ${found.calls.leftOut.join(', ')}.`,
    ].filter((note) => note !== ''),
  };
};

const counted = (count: number): string => (count === 1 ? 'One more removal makes' : `${count} more removals make`);
