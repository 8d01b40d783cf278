/** The reasoner that asks the others and says who agreed, who did not, and who could not be asked. */
import type { ReasonedAnswer, ReasonerReference, Warning } from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { affectOfScores, rounded, roundedScores } from '../affect.ts';
import { capitalized, list, unique } from '../facs/write/grammar.ts';
import { argumentsAbout, measuredIn, measuredSentences } from '../measured.ts';
import type { Reasoner, ReasonOptions, ReasonRequest, ReasonResult } from '../reasoner.ts';
import { type Combined, combine } from './combine.ts';
import { CALIBRATION, CALIBRATION_VERSION, MEMBER_NAMES, type MemberId, weightOf } from './weights.ts';

/** A member, or why it cannot be one here. */
export type Member = { id: MemberId; reasoner: Reasoner } | { id: MemberId; why: string };

type Asked = { id: MemberId; result: ReasonResult };
type Missing = { id: MemberId; why: string };

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
    message: `An ensemble needs at least two reasoners, and here there is ${missing.length < 4 ? 'one' : 'none'}: ${missing.map(({ id, why }) => `${id} is missing (${shortly(why)})`).join('; ')}.`,
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

const names = (ids: readonly MemberId[]): string => list(ids.map((id) => MEMBER_NAMES[id]));
const verb = (ids: readonly MemberId[], one: string, many: string): string =>
  ids.length === 1 && ids[0] !== 'facs' ? one : many;

/** The members' readings in a sentence each group: "The FACS tables and the language model read happiness." */
const agreementText = ({ agreeing, silent, label }: Combined, missing: readonly Missing[]): string[] => {
  const absent = missing.map(({ id }) => id);
  return [
    agreeing.length === 0 ? '' : `${capitalized(names(agreeing))} ${verb(agreeing, 'names', 'name')} ${label}.`,
    silent.length === 0
      ? ''
      : `${capitalized(names(silent))} ${verb(silent, 'gives', 'give')} no reading of ${silent.length === 1 ? 'its' : 'their'} own.`,
    absent.length === 0 ? '' : `${capitalized(names(absent))} could not be asked.`,
  ].filter((text) => text !== '');
};

const differingText = ({ differing }: Combined): string =>
  list(differing.map(({ id, label }) => `${MEMBER_NAMES[id]} ${verb([id], 'names', 'name')} ${label}`));

const splitReason = (combined: Combined): string => {
  switch (combined.split) {
    case 'nobody-reads':
      return 'None of the members gives a reading of its own.';
    case 'members-split':
      return `The members split: ${combined.agreeing.length === 0 ? '' : `${names(combined.agreeing)} ${verb(combined.agreeing, 'names', 'name')} ${combined.label}, `}${differingText(combined)}.`;
    case 'level':
      return `Taken together the members give about as much to ${combined.second} as to ${combined.label}.`;
    case null:
      return `${Math.round(100 * combined.backing)} % of the weight of those who name an expression stands behind ${combined.label}.`;
  }
};

const answerOf = (
  request: ReasonRequest,
  asked: readonly Asked[],
  missing: readonly Missing[],
  combined: Combined,
): ReasonedAnswer => {
  const { label, scores, split } = combined;
  const answers = new Map(asked.map(({ id, result }) => [id, result.answer]));
  const facs = answers.get('facs');
  const { backing } = argumentsAbout(label, measuredIn(request));
  const agreeing = combined.agreeing.flatMap((id) => answers.get(id) ?? []);
  // The strongest member that names the label lends its reasons: members are in the order of their weight.
  const [voice] = agreeing;
  const reason = splitReason(combined);
  const cites = unique([...(voice?.conclusion.cites ?? []), ...backing.map(({ id }) => id)]).slice(0, 5);
  const conflictCites = unique(facs?.keyObservations.flatMap((sentence) => sentence.cites) ?? []).slice(0, 3);
  const others = combined.differing;
  return {
    keyObservations: facs?.keyObservations ?? measuredSentences(measuredIn(request)),
    interpretation: [
      ...(split === null ? (voice?.interpretation ?? []) : []),
      ...agreementText(combined, missing).map((text) => ({
        text,
        cites: split === null && text.includes(label) ? cites : [],
      })),
    ],
    conclusion:
      split === null
        ? {
            text: `${voice?.conclusion.text ?? `Taken together they read ${label}.`}${others.length === 0 ? '' : ' Not everybody who was asked agrees.'}`,
            cites: voice?.conclusion.cites ?? cites,
          }
        : { text: `No single reading is given. ${reason}`, cites: [] },
    judgement: {
      expression: { label, scores: roundedScores(scores) },
      compound:
        split === null && facs !== undefined && facs.judgement.expression.label === label
          ? facs.judgement.compound
          : {
              label: null,
              ranked: facs?.judgement.compound.ranked ?? [],
            },
      labels: split === null ? unique(agreeing.flatMap(({ judgement }) => judgement.labels)).slice(0, 4) : [],
      ...affectOf(asked, scores),
      confidence: rounded(combined.confidence, 2),
      abstained: split !== null,
      reason,
    },
    conflicts: [
      ...(facs?.conflicts ?? []),
      ...(others.length === 0 || split === 'members-split'
        ? []
        : [{ text: `Not all agree: ${differingText(combined)}.`, cites: conflictCites }]),
    ],
    alternatives: asked
      .filter(({ id, result }) => id === 'facs' || !result.answer.judgement.abstained)
      .flatMap(({ result }) => result.answer.alternatives)
      .filter(
        (alternative, index, all) =>
          alternative.label !== label && all.findIndex((each) => each.label === alternative.label) === index,
      )
      .slice(0, 3),
    wouldChange: facs?.wouldChange ?? voice?.wouldChange ?? [],
  };
};

/** Valence and arousal: the weighted mean of the members that name something; of the scores where none does. */
const affectOf = (asked: readonly Asked[], scores: Combined['scores']): { valence: number; arousal: number } => {
  const naming = asked.filter(({ result }) => !result.answer.judgement.abstained);
  const total = naming.reduce((sum, { id }) => sum + weightOf(id), 0);
  if (total === 0) {
    return affectOfScores(scores);
  }
  const mean = (axis: 'valence' | 'arousal'): number =>
    rounded(naming.reduce((sum, { id, result }) => sum + weightOf(id) * result.answer.judgement[axis], 0) / total, 2);
  return { valence: mean('valence'), arousal: mean('arousal') };
};
