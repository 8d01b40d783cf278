/** Reason, read back, and once more where something does not hold. No node imports. */
import type { Claim, Grounding, Warning } from '../contracts/index.ts';
import { type ErrorCode, WhyfaceError } from '../kit/error.ts';
import { createFacsReasoner } from '../reason/facs/index.ts';
import type { ReasonEvent, Reasoner, ReasonRequest, ReasonResult } from '../reason/reasoner.ts';
import { verify } from '../verify/index.ts';
import { conflictsPassedOver } from './conflicts-passed-over.ts';
import type { ExplainEvent } from './explain-event.ts';

export type VerifiedAnswer = ReasonResult & { grounding: Grounding };

export type VerifiedAnswerOptions = {
  reasoner: Reasoner;
  /** Whether the FACS reasoner may stand in. */
  fallback: boolean;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: ExplainEvent) => void) | undefined;
};

/** Faults of the reasoner or of its server. Wrong settings and a spent budget are for the person to decide on. */
const FALLS_BACK: ReadonlySet<ErrorCode> = new Set(['service-unavailable', 'answer-unusable', 'deadline-exceeded']);

/**
 * The answer with the verdict on each of its claims. Where claims fail and the reasoner can mend, it gets the findings
 * once; the mended answer is taken unless more of it fails than before. What still fails stays, marked by its verdict.
 *
 * @throws WhyfaceError whatever the reasoner throws, where nothing stands in for it
 */
export const verifiedAnswer = async (
  request: ReasonRequest,
  options: VerifiedAnswerOptions,
): Promise<VerifiedAnswer> => {
  const answer = await repairedAnswer(request, options);
  // Language models alone: what others say of conflicts is written by whyface.
  return options.reasoner.capabilities.canRepair !== true || answer.reference.fallback
    ? answer
    : (await conflictsPassedOver(request, answer, options.signal)).reduce(warned, answer);
};

const repairedAnswer = async (
  request: ReasonRequest,
  { reasoner, fallback, signal, onEvent }: VerifiedAnswerOptions,
): Promise<VerifiedAnswer> => {
  const { subject } = request;
  const reasonOptions = { signal, onEvent: onEvent && ((event: ReasonEvent) => onEvent({ ...event, subject })) };
  let result: ReasonResult;
  try {
    result = await reasoner.doReason(request, reasonOptions);
  } catch (thrown) {
    if (!fallback || reasoner.id === 'facs' || !WhyfaceError.isInstance(thrown) || !FALLS_BACK.has(thrown.code)) {
      throw thrown;
    }
    onEvent?.({ type: 'fallback-start', message: thrown.message, subject });
    return verified(request, standIn(reasoner.id, thrown, await createFacsReasoner().doReason(request, { signal })));
  }
  const answer = verified(request, result);
  const findings = answer.grounding.claims.filter(isFailing);
  const { length: claims } = answer.grounding.claims;
  onEvent?.({ type: 'verification-end', round: 1, claims, failing: findings.length, subject });
  if (findings.length === 0 || reasoner.capabilities.canRepair !== true) {
    return answer;
  }
  try {
    const mended = verified(
      request,
      await reasoner.doReason({ ...request, findings, previous: result }, reasonOptions),
    );
    const failing = mended.grounding.claims.filter(isFailing).length;
    onEvent?.({ type: 'verification-end', round: 2, claims: mended.grounding.claims.length, failing, subject });
    return failing <= findings.length
      ? { ...mended, reference: joined(result, mended) }
      : warned(answer, {
          code: 'repair-worse',
          message: `${findings.length} claims did not hold, and sending them back made it ${failing}; the first answer stands, marked.`,
        });
  } catch (thrown) {
    if (signal?.aborted === true || !WhyfaceError.isInstance(thrown) || thrown.code === 'aborted') {
      throw thrown;
    }
    return warned(answer, {
      code: 'repair-failed',
      message: `Claims that did not hold could not be sent back: ${thrown.message}`,
    });
  }
};

const isFailing = ({ verdict }: Claim): boolean => verdict === 'contradicted' || verdict === 'unsupported';

const verified = ({ analysis, subject, range }: ReasonRequest, result: ReasonResult): VerifiedAnswer => ({
  ...result,
  grounding: verify(result.answer, analysis, { subject, range }),
});

const warned = <Result extends ReasonResult>(result: Result, warning: Warning): Result => ({
  ...result,
  reference: { ...result.reference, warnings: [...(result.reference.warnings ?? []), warning] },
});

/** The reference of a mended answer, with what the first round was asked and answered before it. */
const joined = (before: ReasonResult, { reference }: ReasonResult): ReasonResult['reference'] => ({
  ...reference,
  parameters: { ...reference.parameters, usageOfFirstRound: before.reference.parameters.usage },
  exchanges: [...(before.reference.exchanges ?? []), ...(reference.exchanges ?? [])],
});

const standIn = (asked: string, error: WhyfaceError, { answer, reference }: ReasonResult): ReasonResult =>
  warned(
    {
      answer,
      reference: {
        ...reference,
        fallback: true,
        parameters: { ...reference.parameters, askedFor: asked, failedWith: error.code },
      },
    },
    {
      code: 'fallback',
      message: `The FACS reasoner stands in for "${asked}": ${error.message}`,
    },
  );
