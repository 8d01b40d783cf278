import type { Analysis, Claim, ExpressionLabel, Judgement, ReasonedAnswer, TimeRange } from '../contracts/index.ts';
import { EXPRESSION_LABELS } from '../contracts/index.ts';
import { recordOf } from '../kit/record-of.ts';
import { verify } from '../verify/index.ts';
import type { DraftSentence } from './draft.ts';

/** Where a sentence brings no judgement: nothing is named, so numbers and labels stand on the observations alone. */
const NO_JUDGEMENT: Judgement = {
  expression: {
    label: 'neutral',
    scores: recordOf(EXPRESSION_LABELS, (label: ExpressionLabel) => (label === 'neutral' ? 1 : 0)),
  },
  compound: { label: null, ranked: [] },
  labels: [],
  valence: 0,
  arousal: 0,
  confidence: 0,
  abstained: false,
  reason: '',
};

/**
 * Reads one sentence of an answer back against the observations, as a sentence of an explanation is; `sentence` of the
 * claims is its index in the answer.
 */
export const checkSentence = (
  sentence: DraftSentence,
  index: number,
  analysis: Analysis,
  scope: { subject: string | null; range: TimeRange },
): Claim[] => {
  const part = sentence.part ?? 'key-observations';
  if (sentence.aside === true) {
    const detail = 'It speaks of whyface or of the coding system, not of the clip.';
    return [{ part, sentence: index, text: sentence.text, verdict: 'untestable', cites: [], detail }];
  }
  const { text, cites } = sentence;
  const cited = { text, cites: [...cites] };
  const answer: ReasonedAnswer = {
    keyObservations: part === 'key-observations' ? [cited] : [],
    interpretation: part === 'interpretation' ? [cited] : [],
    conclusion: part === 'conclusion' ? cited : { text: '', cites: [] },
    judgement: sentence.judgement ?? NO_JUDGEMENT,
    conflicts: part === 'conflicts' ? [cited] : [],
    alternatives: part === 'alternatives' ? [{ label: '', ...cited }] : [],
    wouldChange: [],
  };
  const { claims } = verify(answer, analysis, {
    subject: sentence.subject === undefined ? scope.subject : sentence.subject,
    range: sentence.range ?? scope.range,
  });
  return claims
    .filter((claim) => claim.part === part && claim.text !== '')
    .map((claim) => ({ ...claim, sentence: index }));
};

/** Supported claims among the testable ones; 1 where nothing is testable. */
export const groundingScore = (claims: readonly Claim[]): number => {
  const testable = claims.filter(({ verdict }) => verdict !== 'untestable');
  return testable.length === 0 ? 1 : testable.filter(({ verdict }) => verdict === 'supported').length / testable.length;
};
