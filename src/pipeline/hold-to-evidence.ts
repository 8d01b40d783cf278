/**
 * The judgement of a reasoner that writes freely, held to the evidence: a label that nothing measured argues for is
 * marked, and where the face says something else the reading of the knowledge base is shown in its place. So a model
 * that obeys words of the clip changes what is struck through, not what is concluded. No node imports.
 */
import type { Claim, ExpressionLabel, Judgement, Observation, Warning } from '../contracts/index.ts';
import { EXPRESSION_LABELS } from '../contracts/index.ts';
import { EXPRESSION_LIKELIHOODS } from '../facs/index.ts';
import { facsJudgement } from '../reason/facs/index.ts';
import type { ReasonRequest } from '../reason/reasoner.ts';
import { givesInstructions } from '../textualize/index.ts';
import { scoreClaims } from '../verify/index.ts';
import type { VerifiedAnswer } from './verified-answer.ts';

/** Share that the knowledge base gives a label below which the label does not follow from what was measured. */
const LEAST_SHARE = 0.1;
/** A weight of evidence (natural logarithm) from which a movement argues for an expression: as the verifier has it. */
const TELLING = 0.2;
/** Confidence of the knowledge base from which "no reading" passes over evidence. */
const SURE = 0.6;

/** The answer with its judgement checked, and words that speak to a machine pointed out. */
export const holdToEvidence = (request: ReasonRequest, answer: VerifiedAnswer): VerifiedAnswer => {
  if (answer.reference.id === 'facs') {
    return answer;
  }
  const suspects = suspectWords(request);
  const { checked, warning } = checkJudgement(request, answer, suspects);
  const warnings = [...(warning === null ? [] : [warning]), ...suspectWarnings(suspects, request)];
  return warnings.length === 0
    ? checked
    : {
        ...checked,
        reference: { ...checked.reference, warnings: [...(checked.reference.warnings ?? []), ...warnings] },
      };
};

/** Ids of the speech and the lettering that give instructions. */
const suspectWords = ({ analysis }: ReasonRequest): string[] =>
  analysis.observations.flatMap((observation) => {
    const quote =
      observation.kind === 'speech'
        ? observation.speech.quote
        : observation.kind === 'scene-text'
          ? observation.sceneText.quote
          : null;
    return quote !== null && givesInstructions(quote) ? [observation.id] : [];
  });

const suspectWarnings = (suspects: readonly string[], { question }: ReasonRequest): Warning[] => [
  ...(suspects.length === 0
    ? []
    : [
        {
          code: 'untrusted-instructions',
          message: `Words of the clip (${suspects.join(', ')}) read as instructions to a machine; they are quoted, not followed.`,
        },
      ]),
  ...(question !== undefined && givesInstructions(question)
    ? [
        {
          code: 'untrusted-instructions',
          message: 'The question reads as instructions about the answer; it only chose what to dwell on.',
        },
      ]
    : []),
];

type Checked = { checked: VerifiedAnswer; warning: Warning | null };

const checkJudgement = (request: ReasonRequest, verified: VerifiedAnswer, suspects: readonly string[]): Checked => {
  const { analysis, subject, range } = request;
  const { judgement } = verified.answer;
  const evidence = facsJudgement(analysis, subject, range);
  const { label } = evidence.expression;
  const read = evidence.abstained ? 'no reading' : label;
  if (judgement.abstained) {
    return !evidence.abstained &&
      evidence.confidence >= SURE &&
      (suspects.length > 0 || verified.answer.keyObservations.length === 0)
      ? replaced(verified, evidence, `no reading, although what was measured argues for ${label}`, read)
      : { checked: verified, warning: null };
  }
  const own = judgement.expression.label;
  const share = evidence.expression.scores[own];
  if (own === label || share >= LEAST_SHARE) {
    return { checked: verified, warning: null };
  }
  const measured = analysis.observations.filter((each) => each.subject === subject || each.subject === null);
  const backed = measured.some((observation) => argues(own, observation));
  const cited = new Set(verified.answer.conclusion.cites);
  const fromWords = measured.some(({ id, kind }) => (kind === 'speech' || kind === 'voice') && cited.has(id));
  const percent = `${Math.round(share * 100)} %`;
  const faceIsSilent = evidence.abstained || label === 'neutral';
  if (backed || (faceIsSilent && (fromWords || evidence.abstained) && suspects.length === 0)) {
    const detail = `It is the model's own leap: by the knowledge base what was measured gives ${own} ${percent}, and reads as ${read}.`;
    return { checked: withClaim(verified, own, 'untestable', detail), warning: null };
  }
  return replaced(verified, evidence, own, read);
};

/** Whether a movement that was seen, or the model of the face, argues for the expression. */
const argues = (label: ExpressionLabel, observation: Observation): boolean => {
  if (observation.kind === 'expression') {
    return observation.expression.scores[label] >= 0.2;
  }
  if (observation.kind !== 'action-unit' || observation.au.status !== 'present') {
    return false;
  }
  const { code } = observation.au;
  const rest = EXPRESSION_LABELS.filter((other) => other !== label).map((other) => EXPRESSION_LIKELIHOODS[other][code]);
  const mean = rest.reduce((sum, share) => sum + share, 0) / rest.length;
  return Math.log(EXPRESSION_LIKELIHOODS[label][code] / mean) > TELLING;
};

const withClaim = (
  verified: VerifiedAnswer,
  label: string,
  verdict: Claim['verdict'],
  detail: string,
): VerifiedAnswer => {
  const claim: Claim = {
    part: 'conclusion',
    sentence: 0,
    text: `the judgement: ${label}`,
    verdict,
    cites: [...verified.answer.conclusion.cites],
    detail,
  };
  const claims = [...verified.grounding.claims, claim];
  return { ...verified, grounding: { score: scoreClaims(claims), claims } };
};

const replaced = (verified: VerifiedAnswer, evidence: Judgement, own: string, read: string): Checked => {
  const why = `The model's judgement (${own}) does not follow from what was measured; the one shown (${read}) is that of the FACS knowledge base.`;
  const judgement: Judgement = { ...evidence, reason: `${why} ${evidence.reason}` };
  const marked = withClaim(
    verified,
    own,
    'unsupported',
    `Nothing that was measured argues for it; the evidence reads as ${read}.`,
  );
  return {
    checked: { ...marked, answer: { ...marked.answer, judgement } },
    warning: { code: 'judgement-replaced', message: why },
  };
};
