import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  COMPOUND_LABELS,
  type CompoundLabel,
  EXPRESSION_LABELS,
  type ExpressionLabel,
} from '../../contracts/index.ts';
import {
  COMPOUND_LIKELIHOODS,
  COMPOUNDS,
  EXPRESSION_LIKELIHOODS,
  type Likelihoods,
  ONE_SIDED_LIP_CORNER,
} from '../../facs/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { Evidence } from './evidence.ts';
import type { Moment, UnitState } from './moment.ts';
import { voiceLogScore } from './voice.ts';
import { UNIT_WEIGHTS, WEIGHTS } from './weights.ts';

export type Scores = {
  /** P(expression | evidence), summing to 1. */
  expression: Record<ExpressionLabel, number>;
  /** P(compound | evidence) where each of the eight and of the fifteen is one hypothesis. */
  compound: Record<CompoundLabel, number>;
  /** P of the strongest of the eight in that same comparison. */
  single: number;
};

export type AnyLabel = ExpressionLabel | CompoundLabel;

export const isCompound = (label: AnyLabel): label is CompoundLabel => label in COMPOUNDS;

export const likelihoodsOf = (label: AnyLabel): Likelihoods =>
  isCompound(label) ? COMPOUND_LIKELIHOODS[label] : EXPRESSION_LIKELIHOODS[label];

const oneSidedShare = (label: AnyLabel): number => (isCompound(label) ? 0.05 : ONE_SIDED_LIP_CORNER.share[label]);

/** log P(what was measured of one unit | the unit's share under a label); unknown units say nothing. */
const logEvidence = (state: UnitState, share: number): number =>
  state.reliability * Math.log(share * state.presence + (1 - share) * (1 - state.presence));

/** What one action unit (or the one-sidedness of the lip corners) adds to the log score of a label. */
export const unitEvidenceFor = (moment: Moment, code: ActionUnitCode | 'one-sided', label: AnyLabel): number => {
  if (code === 'one-sided') {
    if (moment.oneSided === null) {
      return label === 'contempt' ? Math.log(WEIGHTS.unseenContempt) : 0;
    }
    return WEIGHTS.oneSided * logEvidence(moment.oneSided, oneSidedShare(label));
  }
  const state = moment.units.get(code);
  return state === undefined ? 0 : UNIT_WEIGHTS[code] * logEvidence(state, likelihoodsOf(label)[code]);
};

/** Scores of the expression model at a moment, weighted by its confidence; `null` where it did not look. */
const modelScores = (
  evidence: Evidence,
  ms: number,
): { scores: Record<ExpressionLabel, number>; weight: number } | null => {
  const found = evidence.expression.find(
    ({ range }) => evidence.still || (range.startMs <= ms && ms < Math.max(range.endMs, range.startMs + 1)),
  );
  return found === undefined
    ? null
    : { scores: found.expression.scores, weight: WEIGHTS.expressionModel * found.confidence };
};

/** Keeps one confident model output from vetoing a label. */
const MODEL_FLOOR = 0.05;

/** Log score of every hypothesis at one moment, then as shares. */
export const scoreMoment = (evidence: Evidence, moment: Moment): Scores => {
  const model = modelScores(evidence, moment.ms);
  const modelLog = (label: ExpressionLabel): number =>
    model === null ? 0 : model.weight * Math.log(Math.max(MODEL_FLOOR, model.scores[label]));
  const temperature = model === null ? WEIGHTS.temperature : WEIGHTS.temperatureWithModel;
  const logScore = (label: AnyLabel): number => {
    const units = ACTION_UNIT_CODES.reduce((sum, code) => sum + unitEvidenceFor(moment, code, label), 0);
    const sided = unitEvidenceFor(moment, 'one-sided', label);
    const fromVoice = isCompound(label)
      ? COMPOUNDS[label].components.reduce(
          (sum, component) => sum + voiceLogScore(evidence, moment.ms, component) / 2,
          0,
        )
      : voiceLogScore(evidence, moment.ms, label);
    const fromModel = isCompound(label)
      ? COMPOUNDS[label].components.reduce((sum, component) => sum + modelLog(component) / 2, 0)
      : modelLog(label);
    return (units + sided + fromModel + fromVoice) / temperature;
  };
  const eight = recordOf(EXPRESSION_LABELS, logScore);
  const fifteen = recordOf(COMPOUND_LABELS, (label) => logScore(label) + Math.log(WEIGHTS.compoundPrior));
  const highest = Math.max(...Object.values(eight), ...Object.values(fifteen));
  const weigh = (value: number): number => Math.exp(value - highest);
  const sumOfEight = EXPRESSION_LABELS.reduce((sum, label) => sum + weigh(eight[label]), 0);
  const sumOfAll = sumOfEight + COMPOUND_LABELS.reduce((sum, label) => sum + weigh(fifteen[label]), 0);
  return {
    expression: recordOf(EXPRESSION_LABELS, (label) => weigh(eight[label]) / sumOfEight),
    compound: recordOf(COMPOUND_LABELS, (label) => weigh(fifteen[label]) / sumOfAll),
    single: Math.max(...EXPRESSION_LABELS.map((label) => weigh(eight[label]) / sumOfAll)),
  };
};

/** Labels from the highest score to the lowest; ties in the order of the contract. */
export const rankedLabels = (scores: Record<ExpressionLabel, number>): ExpressionLabel[] =>
  [...EXPRESSION_LABELS].sort((a, b) => scores[b] - scores[a]);
