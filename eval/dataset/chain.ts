import type { Analysis, Claim, Explanation, ExpressionLabel } from '../../src/contracts/index.ts';
import { explainOptions } from '../../src/contracts/index.ts';
import { findEmotionWords } from '../../src/facs/emotion-words.ts';
import type { reasonerFor } from '../../src/pipeline/reasoners.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { verify } from '../../src/verify/index.ts';

export type Reasoner = ReturnType<typeof reasonerFor>;

/** One try at inferring the label from the description alone. */
export type Attempt = { label: string; agrees: boolean; how: 'reasoned' | 'reconsidered' };

/** A chain of thought in ExpLLM's three parts. */
export type Chain = { keyObservations: string; interpretation: string; conclusion: string };

export type ChainResult =
  | { status: 'accepted'; chain: Chain; attempts: Attempt[]; explanation: Explanation; grounding: number }
  | { status: 'rejected'; reason: RejectReason; detail: string; attempts: Attempt[]; explanation: Explanation | null };

export type RejectReason =
  | 'no-face'
  | 'label-not-reached'
  | 'ungrounded'
  | 'emotion-words'
  | 'unknown-label'
  | 'unreadable';

export type ChainOptions = {
  reasoner: Reasoner;
  /** Tries, the first among them. */
  attempts: number;
  signal?: AbortSignal | undefined;
};

/** Below this score a label has no support to speak of in the measurements. */
const LEAST_SUPPORT = 0.05;

/**
 * Describe, infer from the description alone, compare with the human label, and try again with the failed reading as
 * feedback. The label itself is never shown to the reasoner: it only decides whether a chain is kept.
 */
export const buildChain = async (
  analysis: Analysis,
  label: ExpressionLabel,
  options: ChainOptions,
): Promise<ChainResult> => {
  const attempts: Attempt[] = [];
  const failed: string[] = [];
  let first: Explanation | null = null;
  while (attempts.length < options.attempts) {
    const explanation = await explained(analysis, failed, options);
    if (explanation === null) {
      return { status: 'rejected', reason: 'no-face', detail: 'No face was measured.', attempts, explanation: null };
    }
    first ??= explanation;
    const inferred = explanation.judgement.expression.label;
    // A reasoner that knows nothing of feedback gives the same answer again: its own next-best readings follow.
    if (failed.includes(inferred)) {
      break;
    }
    attempts.push({ label: inferred, agrees: inferred === label, how: 'reasoned' });
    if (inferred === label) {
      return checked(chainOf(explanation), explanation, analysis, attempts);
    }
    failed.push(inferred);
  }
  if (first === null) {
    return {
      status: 'rejected',
      reason: 'label-not-reached',
      detail: 'No attempt was allowed.',
      attempts,
      explanation: null,
    };
  }
  for (const inferred of nextBest(first, failed).slice(0, Math.max(0, options.attempts - attempts.length))) {
    attempts.push({ label: inferred, agrees: inferred === label, how: 'reconsidered' });
    if (inferred === label) {
      const chain = reconsidered(first, label);
      return chain === null
        ? {
            status: 'rejected',
            reason: 'label-not-reached',
            detail: `The measurements say nothing for ${label}.`,
            attempts,
            explanation: first,
          }
        : checked(chain, first, analysis, attempts);
    }
  }
  const tried = attempts.map((attempt) => attempt.label).join(', ');
  return {
    status: 'rejected',
    reason: 'label-not-reached',
    detail: `Read as ${tried}; the label is ${label}.`,
    attempts,
    explanation: first,
  };
};

/** The explanation of the first person; earlier wrong readings are handed over as findings. */
const explained = async (
  analysis: Analysis,
  failed: readonly string[],
  { reasoner, signal }: ChainOptions,
): Promise<Explanation | null> => {
  const findings = failed.map(
    (label): Claim => ({
      part: 'conclusion',
      sentence: 0,
      text: label,
      verdict: 'contradicted',
      cites: [],
      detail: `A reading as ${label} was tried and does not agree with a human observer; read the description again.`,
    }),
  );
  const informed: Reasoner = {
    ...reasoner,
    doReason: (request, context) =>
      reasoner.doReason({ ...request, findings: [...request.findings, ...findings] }, context),
  };
  const subject = analysis.subjects[0]?.id;
  if (subject === undefined) {
    return null;
  }
  const [explanation] = await explainAnalysis(analysis, explainOptions.parse({ subject }), {
    reasoner: informed,
    signal,
  });
  return explanation ?? null;
};

const joined = (sentences: ReadonlyArray<{ text: string }>): string => sentences.map(({ text }) => text).join(' ');

const chainOf = ({ keyObservations, interpretation, conclusion }: Explanation): Chain => ({
  keyObservations: joined(keyObservations),
  interpretation: joined(interpretation),
  conclusion: conclusion.text,
});

/** Readings that still have support, the likeliest first. */
const nextBest = ({ judgement }: Explanation, failed: readonly string[]): string[] =>
  Object.entries(judgement.expression.scores)
    .filter(([label, score]) => !failed.includes(label) && score >= LEAST_SUPPORT)
    .sort(([, a], [, b]) => b - a)
    .map(([label]) => label);

/** The chain of a reading that was not the first: the same observations, and what the answer itself says for it. */
const reconsidered = ({ keyObservations, alternatives }: Explanation, label: ExpressionLabel): Chain | null => {
  const alternative = alternatives.find((candidate) => candidate.label === label);
  return alternative === undefined
    ? null
    : {
        keyObservations: joined(keyObservations),
        interpretation: alternative.text,
        conclusion: `On a second reading of the same movements, ${label} is what remains.`,
      };
};

/** Keeps a chain that is free of feeling words where it must be, and that the measurements bear out. */
const checked = (chain: Chain, explanation: Explanation, analysis: Analysis, attempts: Attempt[]): ChainResult => {
  const words = findEmotionWords(chain.keyObservations);
  if (words.length > 0) {
    const detail = `The observations name a feeling: ${words.map(({ word }) => word).join(', ')}.`;
    return { status: 'rejected', reason: 'emotion-words', detail, attempts, explanation };
  }
  const { subject, range, ...answer } = explanation;
  const grounding = verify(answer, analysis, { subject, range });
  const wrong = grounding.claims.find(
    ({ verdict, part }) => (verdict === 'contradicted' || verdict === 'unsupported') && part !== 'alternatives',
  );
  return wrong === undefined
    ? { status: 'accepted', chain, attempts, explanation, grounding: grounding.score }
    : { status: 'rejected', reason: 'ungrounded', detail: `${wrong.text}: ${wrong.detail}`, attempts, explanation };
};

/** The three parts as ExpLLM writes them. */
export const chainText = ({ keyObservations, interpretation, conclusion }: Chain): string =>
  `**Key Observations:** ${keyObservations}\n\n**Overall Emotional Interpretation:** ${interpretation}\n\n**Conclusion:** ${conclusion}`;
