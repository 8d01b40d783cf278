/** The answer of the ensemble: the reasons of the strongest member that names it, and who agreed. */
import type { ReasonedAnswer } from '../../contracts/index.ts';
import { affectOfScores, rounded, roundedScores } from '../affect.ts';
import { capitalized, list, unique } from '../facs/write/grammar.ts';
import { argumentsAbout, measuredIn, measuredSentences } from '../measured.ts';
import type { ReasonRequest, ReasonResult } from '../reasoner.ts';
import type { Combined } from './combine.ts';
import { MEMBER_NAMES, type MemberId, weightOf } from './weights.ts';

/** A member with its answer, and one that could not be asked. */
export type Asked = { id: MemberId; result: ReasonResult };
export type Missing = { id: MemberId; why: string };

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

/** From the members' answers and what they come to together. */
export const answerOf = (
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
