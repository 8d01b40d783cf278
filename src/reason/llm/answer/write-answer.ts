import type { ReasonedAnswer } from '../../../contracts/index.ts';

/** An answer in the form in which a model writes it: what it is handed back to be mended. */
export const modelAnswerOf = ({ judgement, alternatives, wouldChange, ...parts }: ReasonedAnswer): string => {
  const { label, ranked } = judgement.compound;
  const [best] = ranked;
  return JSON.stringify({
    keyObservations: parts.keyObservations,
    interpretation: parts.interpretation,
    conflicts: parts.conflicts,
    alternatives,
    wouldChange: wouldChange.map(({ text }) => text),
    conclusion: parts.conclusion,
    expression: judgement.expression.label,
    scores: judgement.expression.scores,
    compound: label === null ? null : { label, evidence: best?.for ?? [] },
    labels: judgement.labels,
    valence: judgement.valence,
    arousal: judgement.arousal,
    confidence: judgement.confidence,
    abstained: judgement.abstained,
    reason: judgement.reason,
  });
};
