import type { CompoundLabel, ExpressionLabel, Judgement } from '../../../contracts/index.ts';
import { expressionLabel } from '../../../contracts/index.ts';
import { COMPOUNDS, EXPRESSION_LIKELIHOODS } from '../../../facs/index.ts';
import type { UnitObservation } from '../../scene.ts';

export type Label = ExpressionLabel | CompoundLabel;

/** The plain expressions that a label is made of. */
export const componentsOf = (label: Label): ExpressionLabel[] => {
  const single = expressionLabel.safeParse(label).data;
  return single === undefined
    ? Object.entries(COMPOUNDS).flatMap(([name, { components }]) => (name === label ? [...components] : []))
    : [single];
};

/** The share of a label, 0–1. */
export const shareOf = ({ expression, compound }: Judgement, label: Label): number => {
  const single = expressionLabel.safeParse(label).data;
  return single === undefined
    ? (compound.ranked.find((each) => each.label === label)?.score ?? 0)
    : expression.scores[single];
};

/** Whether the judgement is that label, or a mixture that holds it. */
export const readsAs = ({ expression, compound, abstained }: Judgement, label: Label): boolean =>
  !abstained &&
  (expression.label === label ||
    compound.label === label ||
    (compound.label !== null && componentsOf(compound.label).some((each) => each === label)));

/** Log likelihood ratio from which a unit is told as an argument. */
const TELLING = 0.2;
/** How common a unit must be in an expression for its absence to be told. */
const EXPECTED = 0.4;

const weightOf = (label: ExpressionLabel, { au }: UnitObservation): number => {
  const own = EXPRESSION_LIKELIHOODS[label][au.code];
  const others = expressionLabel.options.filter((each) => each !== label);
  const mean = others.reduce((sum, each) => sum + EXPRESSION_LIKELIHOODS[each][au.code], 0) / others.length;
  return au.status === 'below-threshold' ? Math.log((1 - own) / (1 - mean)) : Math.log(own / mean);
};

export type Arguments = { pro: UnitObservation[]; contra: UnitObservation[]; missing: UnitObservation[] };

/**
 * What the statements about the face say for and against an expression, by the knowledge base, the most telling first:
 * movements that are usual in it, movements that are not, and usual ones that are not there.
 */
export const argumentsFor = (label: Label, units: readonly UnitObservation[]): Arguments => {
  const components = componentsOf(label);
  const best = (unit: UnitObservation): number => Math.max(...components.map((each) => weightOf(each, unit)));
  const strength = (unit: UnitObservation): number =>
    Math.abs(best(unit)) * (0.5 + (unit.au.intensity ?? 1)) * unit.confidence;
  const order = (list: UnitObservation[]): UnitObservation[] => list.sort((a, b) => strength(b) - strength(a));
  const present = units.filter(({ au }) => au.status === 'present');
  const absent = units.filter(({ au }) => au.status === 'below-threshold');
  const usual = (unit: UnitObservation): boolean =>
    components.some((each) => EXPRESSION_LIKELIHOODS[each][unit.au.code] >= EXPECTED);
  return {
    pro: order(present.filter((unit) => best(unit) > TELLING)),
    contra: order(present.filter((unit) => best(unit) < -TELLING)),
    missing: order(absent.filter((unit) => usual(unit) && !present.some(({ au }) => au.code === unit.au.code))),
  };
};
