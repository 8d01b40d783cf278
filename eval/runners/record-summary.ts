import type { ExplainRecord } from '../../src/contracts/index.ts';
import type { Row } from '../readers/rows.ts';

/** A record of `whyface explain` as one row: the judgement of its first explanation, and its measured units. */
export const summaryOfRecord = ({ input, analysis, explanations }: ExplainRecord): Row => {
  const [first] = explanations;
  if (first === undefined) {
    return { name: input };
  }
  const { judgement, subject } = first;
  const units = (analysis?.observations ?? []).flatMap((observation): Array<[string, number]> => {
    if (observation.kind !== 'action-unit' || observation.subject !== subject || observation.au.intensity === null) {
      return [];
    }
    return [[`AU${observation.au.code.slice(2).padStart(2, '0')}_r`, observation.au.intensity]];
  });
  return {
    ...Object.fromEntries(units),
    name: input,
    label: judgement.abstained ? '(none)' : judgement.expression.label,
    confidence: judgement.confidence,
    valence: judgement.valence,
    arousal: judgement.arousal,
    ...Object.fromEntries(Object.entries(judgement.expression.scores).map(([label, score]) => [`p_${label}`, score])),
  };
};
