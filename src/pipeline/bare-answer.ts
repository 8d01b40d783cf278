import { EXPRESSION_LABELS, type ReasonedAnswer } from '../contracts/index.ts';
import { recordOf } from '../kit/record-of.ts';

/** Sentences where the verifier looks for them, each with the same citations, and nothing else: no reading, no conclusion. */
export const bareAnswer = (sentences: readonly string[], cites: string[]): ReasonedAnswer => ({
  keyObservations: sentences.map((text) => ({ text, cites })),
  interpretation: [],
  conclusion: { text: '', cites: [] },
  judgement: {
    expression: { label: 'neutral', scores: recordOf(EXPRESSION_LABELS, () => 0) },
    compound: { label: null, ranked: [] },
    labels: [],
    valence: 0,
    arousal: 0,
    confidence: 0,
    abstained: true,
    reason: '',
  },
  conflicts: [],
  alternatives: [],
  wouldChange: [],
});
