/** Several answers to one question: asked a few at a time, and what becomes of an answer that stands for them. */
import { z } from 'zod';
import { expressionLabel, type FilledPrompt, type ReasonedAnswer } from '../../contracts/index.ts';
import { toWhyfaceError, type WhyfaceError } from '../../kit/error.ts';
import type { ReasonRequest } from '../reasoner.ts';
import type { Agreement } from './agree.ts';
import { type Asked, type AskOptions, askAnswer } from './ask-answer.ts';

/** Samples that are asked for at the same time. */
const AT_ONCE = 4;
/** Below this share of the samples for one expression, they are taken to disagree. */
const LEAST_AGREEMENT = 0.5;

/** Several answers, a few at a time. Those that fail are left out; more than half must have come. */
export const askSamples = async (
  samples: number,
  shown: FilledPrompt,
  { told, ...options }: AskOptions & { told: AskOptions['say'] },
): Promise<Asked[]> => {
  const asked: Asked[] = [];
  const failures: WhyfaceError[] = [];
  for (let from = 0; from < samples; from += AT_ONCE) {
    const seeds = Array.from({ length: Math.min(AT_ONCE, samples - from) }, (_, index) => from + index + 1);
    const settled = await Promise.allSettled(
      seeds.map(async (seed) => {
        told?.({ type: 'stage-start', stage: 'sample', attempt: seed });
        return askAnswer('sample', { prompt: shown, shown, messages: shown.messages }, { ...options, seed });
      }),
    );
    for (const each of settled) {
      if (each.status === 'fulfilled') {
        asked.push(each.value);
      } else {
        failures.push(toWhyfaceError(each.reason, 'reason'));
      }
    }
  }
  const [first] = failures;
  if (first !== undefined && asked.length <= samples / 2) {
    throw first;
  }
  return asked;
};

/** What the samples say together, as it stands in the parameters. */
const standingAgreement = z.object({
  label: expressionLabel,
  votes: z.number(),
  of: z.number(),
  /** Mean confidence of the answers that share the label. */
  confidence: z.number(),
});
type StandingAgreement = z.infer<typeof standingAgreement>;

export const agreementAmong = (asked: readonly Asked[], { label, votes, of }: Agreement): StandingAgreement => {
  const sharing = asked.filter(({ answer }) => answer.judgement.expression.label === label);
  const mean = sharing.reduce((sum, { answer }) => sum + answer.judgement.confidence, 0) / sharing.length;
  return { label, votes, of, confidence: Math.round(mean * 100) / 100 };
};

export const earlierAgreement = ({ previous }: ReasonRequest): StandingAgreement | null =>
  standingAgreement.safeParse(previous?.reference.parameters.agreement).data ?? null;

/** The chosen answer, as certain as the samples agree; one that was mended into another reading is as good as no agreement. */
export const withAgreement = (
  answer: ReasonedAnswer,
  { label, votes, of, confidence }: StandingAgreement,
): ReasonedAnswer => {
  const share = votes / of;
  const turned = answer.judgement.expression.label !== label;
  const split = share <= LEAST_AGREEMENT || turned;
  const said = `${votes} of ${of} answers read the same evidence as ${label}`;
  const prefix = turned
    ? `The mended answer reads otherwise than before: ${said}.`
    : split
      ? `The answers do not agree: ${said}.`
      : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  const { reason, abstained } = answer.judgement;
  // What an earlier round put before it is not said twice.
  const own = reason.replace(/^(?:The (?:mended answer|answers)[^.]*\.|\d+ of \d+ answers[^.]*\.)\s*/, '');
  return {
    ...answer,
    judgement: {
      ...answer.judgement,
      confidence:
        Math.round((turned ? Math.min(confidence, answer.judgement.confidence) : confidence) * share * 100) / 100,
      abstained: abstained || split,
      reason: `${prefix} ${own}`.trim(),
    },
  };
};
