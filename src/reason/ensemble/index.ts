/** The reasoner that asks the others and says who agreed, who did not, and who could not be asked. */
import type { ReasonerReference, Warning } from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { rounded } from '../affect.ts';
import { capitalized } from '../facs/write/grammar.ts';
import type { Reasoner, ReasonOptions, ReasonRequest } from '../reasoner.ts';
import { combine } from './combine.ts';
import { CALIBRATION, CALIBRATION_VERSION, MEMBER_NAMES, type MemberId, weightOf } from './weights.ts';
import { type Asked, answerOf, type Missing } from './write-answer.ts';

/** A member, or why it cannot be one here. */
export type Member = { id: MemberId; reasoner: Reasoner } | { id: MemberId; why: string };

/** Beside one member an ensemble needs another. */
const LEAST_MEMBERS = 2;

const availabilityOf = async (member: Member): Promise<Missing | null> => {
  if ('why' in member) {
    return member;
  }
  try {
    await member.reasoner.ready?.();
    return null;
  } catch (thrown) {
    return { id: member.id, why: toWhyfaceError(thrown, 'reason').message };
  }
};

/** The first clause of a message: what is wrong, without what to do. */
const shortly = (message: string): string => message.split(/[;:,] /)[0]?.replace(/\.$/, '') ?? message;

const tooFew = (missing: readonly Missing[]): WhyfaceError =>
  new WhyfaceError({
    code: 'service-unavailable',
    stage: 'reason',
    message: `An ensemble needs at least two reasoners, and here there is ${missing.length < 4 ? 'one' : 'none'}: ${missing.map(({ id, why }) => `${id} is missing (${shortly(why)})`).join('; ')}; "whyface doctor" says how to add one.`,
    details: { missing: missing.map(({ id, why }) => ({ id, why })) },
  });

/** A reasoner made of others; the FACS tables are always one of them. */
export const createEnsembleReasoner = (members: readonly Member[]): Reasoner => {
  const reasoners = members.flatMap((member) => ('reasoner' in member ? [member.reasoner] : []));
  return {
    specificationVersion: 'v1',
    id: 'ensemble',
    capabilities: {
      needsStills: reasoners.some(({ capabilities }) => capabilities.needsStills),
      needsNetwork: reasoners.some(({ capabilities }) => capabilities.needsNetwork),
    },
    ready: async () => {
      const missing = (await Promise.all(members.map(availabilityOf))).filter((each) => each !== null);
      if (members.length - missing.length < LEAST_MEMBERS) {
        throw tooFew(missing);
      }
    },
    doReason: async (request, options) => {
      options.signal?.throwIfAborted();
      const { asked, missing } = await askAll(members, request, options);
      if (asked.length < LEAST_MEMBERS) {
        throw tooFew(missing);
      }
      const combined = combine(asked.map(({ id, result }) => ({ id, judgement: result.answer.judgement })));
      return { answer: answerOf(request, asked, missing, combined), reference: referenceOf(asked, missing) };
    },
  };
};

/** One after another: on one machine they share its processors, and each has its own patience with its server. */
const askAll = async (
  members: readonly Member[],
  request: ReasonRequest,
  { signal }: ReasonOptions,
): Promise<{ asked: Asked[]; missing: Missing[] }> => {
  const asked: Asked[] = [];
  const missing: Missing[] = [];
  for (const member of members) {
    const unavailable = await availabilityOf(member);
    if (unavailable !== null || 'why' in member) {
      missing.push(unavailable ?? { id: member.id, why: 'It is not here.' });
      continue;
    }
    if (member.reasoner.capabilities.needsStills && request.stills.length === 0) {
      missing.push({ id: member.id, why: 'There is no picture of the face to show to it.' });
      continue;
    }
    try {
      asked.push({ id: member.id, result: await member.reasoner.doReason(request, { signal }) });
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!WhyfaceError.isInstance(thrown) || thrown.code === 'aborted') {
        throw thrown;
      }
      missing.push({ id: member.id, why: thrown.message });
    }
  }
  return { asked, missing };
};

const referenceOf = (asked: readonly Asked[], missing: readonly Missing[]): ReasonerReference => {
  const candidates = asked.flatMap(({ result }) => result.reference.candidates ?? []);
  const exchanges = asked.flatMap(({ result }) => result.reference.exchanges ?? []);
  const warnings: Warning[] = [
    ...missing.map(({ id, why }) => ({
      code: 'member-missing',
      message: `${capitalized(MEMBER_NAMES[id])} had no part in this: ${why}`,
    })),
    ...asked.flatMap(({ result }) => result.reference.warnings ?? []),
  ];
  return {
    id: 'ensemble',
    model: asked.flatMap(({ result }) => result.reference.model ?? []).join(' + ') || null,
    promptId: null,
    promptSha256: null,
    parameters: {
      weights: CALIBRATION_VERSION,
      members: asked.map(({ id, result: { answer, reference } }) => ({
        id,
        model: reference.model,
        promptId: reference.promptId,
        promptSha256: reference.promptSha256,
        weight: rounded(weightOf(id), 3),
        weightFrom: CALIBRATION[id].source,
        label: answer.judgement.expression.label,
        scores: answer.judgement.expression.scores,
        confidence: answer.judgement.confidence,
        abstained: answer.judgement.abstained,
      })),
      missing: missing.map(({ id, why }) => ({ id, why })),
    },
    fallback: false,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(exchanges.length === 0 ? {} : { exchanges }),
    ...(candidates.length === 0 ? {} : { candidates }),
  };
};
