import type { ReasonedAnswer } from '../../contracts/index.ts';
import { level } from '../../facs/index.ts';
import type { Evidence, UnitEvidence } from './evidence.ts';
import { type Reading, readEvidence } from './reading.ts';
import { rankedLabels } from './score.ts';
import { unitsFor } from './sway.ts';
import { withArticle } from './write/grammar.ts';
import { nounOf } from './write/unit-words.ts';

/** Fall of the label's share from which a change is worth telling although the label stays. */
const NOTABLE = 0.15;
const MOST = 3;

type Change = { text: string; size: number };

/** What would have to be measured differently for the reading to change, found by scoring the changed evidence again. */
export const counterfactuals = (reading: Reading): ReasonedAnswer['wouldChange'] => {
  const changes = [...removals(reading), ...silence(reading), ...otherSides(reading), ...additions(reading)];
  return changes
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST)
    .map(({ text }) => ({ text }));
};

/** A statement of the evidence replaced by another one. */
const changed = (
  evidence: Evidence,
  ids: ReadonlySet<string>,
  change: (unit: UnitEvidence) => UnitEvidence,
): Evidence => ({
  ...evidence,
  units: evidence.units.map((unit) => (ids.has(unit.id) ? change(unit) : unit)),
});

const asAbsent = (unit: UnitEvidence): UnitEvidence => ({ ...unit, status: 'absent', intensity: 0.1, letter: null });

const compare = (reading: Reading, evidence: Evidence, premise: string): Change[] => {
  const other = readEvidence(evidence);
  const fall = reading.scores.expression[reading.label] - other.scores.expression[reading.label];
  if (other.label !== reading.label) {
    return [{ text: `${premise}, the face would read as ${other.label} instead of ${reading.label}.`, size: 1 + fall }];
  }
  if (Math.abs(fall) < NOTABLE) {
    return [];
  }
  const [, next = 'neutral'] = rankedLabels(other.scores.expression);
  const result =
    fall > 0
      ? `${reading.label} would lose much of its lead, with ${next} closest behind`
      : `${reading.label} would be far surer`;
  return [{ text: `${premise}, ${result}.`, size: Math.abs(fall) }];
};

const removals = (reading: Reading): Change[] =>
  unitsFor(reading.key.moment, reading.label, reading.label === 'neutral' ? reading.runnerUp : 'neutral')
    .for.filter(({ state, code }) => state.status === 'present' && code !== 'one-sided')
    .slice(0, 3)
    .flatMap(({ code, cites }) => {
      const [unit] = reading.evidence.units.filter(({ id }) => cites.includes(id));
      if (unit === undefined || code === 'one-sided') {
        return [];
      }
      const premise = `If the ${nounOf(unit.code, unit.side)} (${cites.join(', ')}) were absent`;
      return compare(reading, changed(reading.evidence, new Set(cites), asAbsent), premise);
    });

/** The words that weigh in the reading: what if they had not been said. */
const silence = (reading: Reading): Change[] => {
  const carriers = reading.channels.face === null ? [] : (reading.channels.words?.carriers ?? []);
  if (carriers.length === 0 || reading.channels.relation === 'conflict' || reading.channels.relation === 'mixed') {
    return [];
  }
  const ids = carriers.map(({ id }) => id);
  const premise = `If the words (${ids.slice(0, 3).join(', ')}) had not been said`;
  return compare(
    reading,
    { ...reading.evidence, speech: reading.evidence.speech.filter(({ id }) => !ids.includes(id)) },
    premise,
  );
};

/** One-sided lip corners: what if both acted. */
const otherSides = (reading: Reading): Change[] => {
  const { oneSided } = reading.key.moment;
  if (oneSided === null || oneSided.status !== 'present') {
    return [];
  }
  const ids = new Set(oneSided.cites);
  const [unit] = reading.evidence.units.filter(({ id, side }) => ids.has(id) && side !== 'both');
  if (unit === undefined) {
    return [];
  }
  const premise = `If the ${nounOf(unit.code)} (${unit.id}) were on both sides`;
  return compare(
    reading,
    changed(reading.evidence, ids, (each) => ({ ...each, side: 'both' })),
    premise,
  );
};

/** An absent unit that the runner-up lacks most: what if it were there, at level C. */
const additions = (reading: Reading): Change[] =>
  unitsFor(reading.key.moment, reading.label, reading.runnerUp)
    .for.filter(({ state, code }) => state.status === 'absent' && code !== 'one-sided')
    .slice(0, 2)
    .flatMap(({ code, cites }) => {
      const [unit] = reading.evidence.units.filter(({ id }) => cites.includes(id));
      if (unit === undefined || code === 'one-sided') {
        return [];
      }
      const premise = `If ${withArticle(`${level('C').adjective} ${nounOf(unit.code)}`)} were there as well (${unit.id} finds none)`;
      const added = (each: UnitEvidence): UnitEvidence => ({
        ...each,
        status: 'present',
        intensity: 3,
        letter: 'C',
        onsetMs: null,
        apexMs: null,
        offsetMs: null,
      });
      return compare(reading, changed(reading.evidence, new Set([unit.id]), added), premise);
    });
