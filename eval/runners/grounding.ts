import type { Analysis, Claim, ExplainRecord, Verdict } from '../../src/contracts/index.ts';
import { bareAnswer } from '../../src/pipeline/bare-answer.ts';
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
  const sentences = splitSentences(text).map((sentence) => sentence.text);
  return verify(bareAnswer(sentences, cites), analysis, { subject, range }).claims;
};
