/** Several judgements as one: a weighted mean of what each gives to the eight expressions, and who agreed. */
import {
  EXPRESSION_LABELS,
  type ExpressionLabel,
  type ExpressionScores,
  type Judgement,
} from '../../contracts/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import { rankedLabels } from '../affect.ts';
import { type MemberId, weightOf } from './weights.ts';

export type Voice = { id: MemberId; judgement: Judgement };

export type Split = 'nobody-reads' | 'members-split' | 'level' | null;

export type Combined = {
  scores: ExpressionScores;
  label: ExpressionLabel;
  second: ExpressionLabel;
  /** Members that name the label, another one, and none. */
  agreeing: MemberId[];
  differing: { id: MemberId; label: ExpressionLabel }[];
  silent: MemberId[];
  /** Share of the weight of those who name anything that stands behind the label. */
  backing: number;
  confidence: number;
  /** Why nothing is named. */
  split: Split;
};

/** Least probability that a member gives to anything: none may veto. */
const FLOOR = 0.01;
/** Share of the weight behind the label, and its lead over the next, below which the members have split. */
const LEAST_BACKING = 0.6;
const LEAST_LEAD = 0.08;

/**
 * The weighted geometric mean of the members' scores. A mean, not a product: they look at the same face, so what they
 * share is not independent evidence.
 */
const pool = (voices: readonly Voice[]): ExpressionScores => {
  const total = voices.reduce((sum, { id }) => sum + weightOf(id), 0);
  const raw = recordOf(EXPRESSION_LABELS, (label) =>
    total === 0
      ? 1
      : Math.exp(
          voices.reduce(
            (sum, { id, judgement }) =>
              sum + (weightOf(id) / total) * Math.log(Math.max(FLOOR, judgement.expression.scores[label])),
            0,
          ),
        ),
  );
  const sum = EXPRESSION_LABELS.reduce((all, label) => all + raw[label], 0);
  return recordOf(EXPRESSION_LABELS, (label) => raw[label] / sum);
};

/** Combines at least one voice. */
export const combine = (voices: readonly Voice[]): Combined => {
  const naming = voices.filter(({ judgement }) => !judgement.abstained);
  const scores = pool(naming.length > 0 ? naming : voices);
  const [label, second] = rankedLabels(scores);
  const agreeing = naming.filter(({ judgement }) => judgement.expression.label === label);
  const differing = naming.filter(({ judgement }) => judgement.expression.label !== label);
  const weight = (some: readonly Voice[]): number => some.reduce((sum, { id }) => sum + weightOf(id), 0);
  const backing = naming.length === 0 ? 0 : weight(agreeing) / weight(naming);
  const split: Split =
    naming.length === 0
      ? 'nobody-reads'
      : backing < LEAST_BACKING
        ? 'members-split'
        : scores[label] - scores[second] < LEAST_LEAD
          ? 'level'
          : null;
  const sure =
    naming.length === 0
      ? 0
      : agreeing.reduce((sum, { id, judgement }) => sum + weightOf(id) * judgement.confidence, 0) / weight(naming);
  return {
    scores,
    label,
    second,
    agreeing: agreeing.map(({ id }) => id),
    differing: differing.map(({ id, judgement }) => ({ id, label: judgement.expression.label })),
    silent: voices.filter(({ judgement }) => judgement.abstained).map(({ id }) => id),
    backing,
    confidence: sure * (split === null ? 1 : 0.5),
    split,
  };
};
