import type { Observation } from '../../contracts/index.ts';
import type { SideFacet, TimeFacet, UnitReading } from '../read/reading.ts';
import { type ActionUnitObservation, type Evidence, measuredOf, unitsAmong } from './evidence.ts';
import { levelProblem } from './level.ts';
import { contradicted, listIds, type Outcome, supported, unsupported } from './outcome.ts';
import { timeProblem } from './time.ts';
import { nameOf, uncited } from './uncited.ts';

const sideProblem = (
  side: SideFacet,
  observation: ActionUnitObservation,
  pool: readonly ActionUnitObservation[],
): string | null => {
  const { side: measured, code } = observation.au;
  if (side === measured || (side === 'one' && measured !== 'both')) {
    return null;
  }
  const shown = pool
    .filter((other) => other.au.code === code && other.au.status === 'present')
    .map((other) => other.au.side);
  if (side === 'both' && shown.includes('left') && shown.includes('right')) {
    return null;
  }
  const says = side === 'one' ? 'one side' : side === 'both' ? 'both sides' : `the ${side}`;
  return `it says ${says}, but ${observation.id} has ${code} on ${measured === 'both' ? 'both sides' : `the ${measured}`}`;
};

/** A time that is to the tenth that of something else that is cited may have been read as this one's by mistake. */
const isOfAnother = (
  facet: TimeFacet,
  observation: Observation,
  cited: readonly Observation[],
  evidence: Evidence,
): boolean =>
  (facet.kind === 'range' ||
    facet.kind === 'duration' ||
    (facet.kind === 'point' && facet.bound === null && facet.role !== 'held')) &&
  cited.some(
    (other) =>
      other !== observation && other.id !== observation.id && timeProblem(facet, other, evidence, false) === null,
  );

/** The facets of a claim that one observation of the unit does not bear out. */
const problemsOf = (
  reading: UnitReading,
  observation: ActionUnitObservation,
  pool: readonly ActionUnitObservation[],
  cited: readonly Observation[],
  evidence: Evidence,
): string[] =>
  [
    ...reading.sides.map((side) => sideProblem(side, observation, pool)),
    ...reading.levels.map((facet) => levelProblem(facet, observation)),
    ...reading.times.map((facet) =>
      isOfAnother(facet, observation, cited, evidence) ? null : timeProblem(facet, observation, evidence, false),
    ),
    reading.micro && !observation.au.micro ? `it says a micro-expression, but ${observation.id} is not one` : null,
  ].filter((problem) => problem !== null);

/** A unit that is said to be there: one of the cited observations must show it, with side, level and time. */
export const checkPresent = (
  reading: UnitReading,
  pool: readonly ActionUnitObservation[],
  cited: readonly Observation[],
  evidence: Evidence,
): Outcome => {
  const { opposite } = reading;
  const opposing = opposite === null ? [] : unitsAmong(cited, [opposite]).filter(({ au }) => au.status === 'present');
  if (opposing.length > 0) {
    return contradicted(opposing, `${listIds(opposing)} shows the opposite.`);
  }
  const shown = pool.filter((observation) => observation.au.status === 'present');
  const judged = shown.map((observation) => ({
    observation,
    problems: problemsOf(reading, observation, pool, cited, evidence),
  }));
  const good = judged.filter(({ problems }) => problems.length === 0).map(({ observation }) => observation);
  const [first] = good;
  if (first !== undefined) {
    return supported(good, `${listIds(good)} shows ${nameOf([first.au.code])}.`);
  }
  const closest = judged.toSorted((one, other) => one.problems.length - other.problems.length)[0];
  if (closest !== undefined) {
    return contradicted(
      [closest.observation],
      `About ${closest.observation.au.code}: ${closest.problems[0] ?? 'it does not fit'}.`,
    );
  }
  const below = pool.filter((observation) => observation.au.status === 'below-threshold');
  // "AU6 stays at 0.3": a number below the threshold says that it is not shown.
  const numbered = below.filter((observation) =>
    reading.levels.some(
      (facet) => facet.kind === 'number' && facet.value < 1 && levelProblem(facet, observation) === null,
    ),
  );
  if (numbered.length > 0 && numbered.length === below.length) {
    return supported(numbered, `${listIds(numbered)} says so.`);
  }
  if (below.length > 0) {
    return contradicted(below, `${listIds(below)} says that ${nameOf(reading.codes)} stays below the threshold.`);
  }
  if (pool.length > 0) {
    return unsupported(pool, `${listIds(pool)} says that ${nameOf(reading.codes)} could not be seen or measured.`);
  }
  // Said in words, and measured just so: it lacks its citation, and is not false.
  const measured = unitsAmong(measuredOf(evidence, reading.person), reading.codes).filter(
    (observation) => observation.au.status === 'present',
  );
  const agrees = measured.find(
    (observation) => problemsOf(reading, observation, measured, cited, evidence).length === 0,
  );
  const outcome = uncited(reading, cited, evidence);
  return agrees !== undefined && reading.number === null && outcome.verdict === 'unsupported'
    ? { ...outcome, lacksCitation: true }
    : outcome;
};
