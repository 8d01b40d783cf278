/** What was measured of the person and the range that a request is about, for reasoners that look elsewhere first. */
import {
  type CitedSentence,
  EXPRESSION_LABELS,
  type ExpressionLabel,
  type Observation,
  type ObservationOf,
} from '../contracts/index.ts';
import { actionUnit, EXPRESSION_LIKELIHOODS } from '../facs/index.ts';
import { noneOf, sentence, unique } from './facs/write/grammar.ts';
import type { ReasonRequest } from './reasoner.ts';

type UnitObservation = ObservationOf<'action-unit'>;

/** The observations of the request, the most telling first. */
export const measuredIn = ({ analysis, facts }: ReasonRequest): Observation[] => {
  const byId = new Map(analysis.observations.map((observation) => [observation.id, observation]));
  return facts.facts.flatMap(({ id }) => byId.get(id) ?? []);
};

const isUnit = (observation: Observation): observation is UnitObservation => observation.kind === 'action-unit';

/** Told at most: movements of the face, movements that are not there, and what was heard. */
const MOST = { present: 4, absent: 3, heard: 1 } as const;

/**
 * The measurements in their own words, the most telling first: an answer that leans on a picture model still begins
 * with what was measured.
 */
export const measuredSentences = (observations: readonly Observation[]): CitedSentence[] => {
  const units = observations.filter(isUnit);
  const heard = observations.filter(({ kind }) => kind === 'voice' || kind === 'speech').slice(0, MOST.heard);
  const present = units.filter(({ au }) => au.status === 'present').slice(0, MOST.present);
  const absent = units
    .filter(({ au }) => au.status === 'below-threshold')
    .filter(({ au }) => !present.some((other) => other.au.code === au.code))
    .slice(0, MOST.absent);
  const without = noneOf(unique(absent.map(({ au }) => `${actionUnit(au.code).noun} (${au.code})`)));
  return [
    ...[...present, ...heard].map(({ id, text }) => ({ text: sentence(text), cites: [id] })),
    ...(absent.length === 0 ? [] : [{ text: `There is ${without}.`, cites: absent.map(({ id }) => id) }]),
  ];
};

/** Weight of evidence (natural logarithm) from which a unit argues for or against: as the verifier has it. */
const TELLING = 0.2;

/** What an absence counts beside a movement at full strength. */
const ABSENCE = 0.2;

const weightOf = (label: ExpressionLabel, { au }: UnitObservation): number => {
  const own = EXPRESSION_LIKELIHOODS[label][au.code];
  const others = EXPRESSION_LABELS.filter((other) => other !== label);
  const mean = others.reduce((sum, other) => sum + EXPRESSION_LIKELIHOODS[other][au.code], 0) / others.length;
  if (au.status === 'below-threshold') {
    return Math.log((1 - own) / (1 - mean));
  }
  if (au.status !== 'present') {
    return 0;
  }
  const oneSided = au.side !== 'both' && (au.code === 'AU12' || au.code === 'AU14');
  return oneSided && label === 'contempt' ? 1.5 : Math.log(own / mean);
};

export type Arguments = {
  backing: UnitObservation[];
  opposing: UnitObservation[];
  /** Whether, all in all, what was measured argues for the expression: movements do, and outweigh those against it. */
  borneOut: boolean;
};

/** The units that argue for an expression by the knowledge base and those that are shown and argue against it, strongest first. */
export const argumentsAbout = (label: ExpressionLabel, observations: readonly Observation[]): Arguments => {
  const weighed = observations.filter(isUnit).map((unit) => {
    // A movement argues with its strength; an absence has none, and says a little.
    const strength = unit.au.status === 'present' ? (unit.au.intensity ?? 1) / 5 : ABSENCE;
    return { unit, weight: weightOf(label, unit), total: weightOf(label, unit) * strength };
  });
  const backing = weighed.filter(({ weight }) => weight > TELLING).sort((a, b) => b.total - a.total);
  const opposing = weighed
    .filter(({ unit, weight }) => unit.au.status === 'present' && weight < -TELLING)
    .sort((a, b) => a.total - b.total);
  const shows = label === 'neutral' || backing.some(({ unit }) => unit.au.status === 'present');
  return {
    backing: backing.map(({ unit }) => unit),
    opposing: opposing.map(({ unit }) => unit),
    borneOut: backing.length > 0 && shows && weighed.reduce((sum, { total }) => sum + total, 0) > 0,
  };
};
