import type { Analysis, Claim, ExplainRecord, ReasonedAnswer, Verdict } from '../../src/contracts/index.ts';
import { EXPRESSION_LABELS } from '../../src/contracts/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import { verify } from '../../src/verify/index.ts';
import { splitSentences } from '../../src/verify/text/sentences.ts';

export type GroundingSummary = {
  clips: number;
  verdicts: Record<Verdict, number>;
  /** Supported claims among the testable ones; 1 where nothing is testable. */
  score: number;
  /** Contradicted and unsupported claims among the testable ones. */
  hallucination: number;
};

/**
 * The verifier's verdicts over many texts: whyface's own records as they are, free descriptions sentence by sentence
 * against everything that was observed in their clip.
 */
export const groundingOf = (
  records: ReadonlyMap<string, ExplainRecord> | null,
  texts: ReadonlyMap<string, string>,
  analyses: ReadonlyMap<string, Analysis>,
): GroundingSummary => {
  let clips = 0;
  const claims: Claim[] = [];
  for (const [clip, analysis] of analyses) {
    const record = records?.get(clip);
    const text = texts.get(clip);
    if (record !== undefined) {
      clips += 1;
      for (const { subject, range, ...explanation } of record.explanations) {
        // Verified anew: a file may carry any verdicts.
        claims.push(...verify(explanation, analysis, { subject, range }).claims);
      }
    } else if (text !== undefined) {
      clips += 1;
      claims.push(...claimsOfText(text, analysis));
    }
  }
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  const verdicts = {
    supported: count('supported'),
    contradicted: count('contradicted'),
    unsupported: count('unsupported'),
    untestable: count('untestable'),
  };
  const testable = verdicts.supported + verdicts.contradicted + verdicts.unsupported;
  return {
    clips,
    verdicts,
    score: testable === 0 ? 1 : verdicts.supported / testable,
    hallucination: testable === 0 ? 0 : (verdicts.contradicted + verdicts.unsupported) / testable,
  };
};

/** A free text as an answer whose sentences cite everything about the first person. */
export const claimsOfText = (text: string, analysis: Analysis): Claim[] => {
  const subject = analysis.subjects[0]?.id ?? null;
  const range = { startMs: 0, endMs: analysis.clip.durationMs };
  const cites = analysis.observations
    .filter((observation) => observation.subject === null || observation.subject === subject)
    .map(({ id }) => id);
  const answer: ReasonedAnswer = {
    keyObservations: splitSentences(text).map((sentence) => ({ text: sentence.text, cites })),
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
  };
  return verify(answer, analysis, { subject, range }).claims;
};
