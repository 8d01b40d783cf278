import type { Observation } from '../../contracts/index.ts';
import type { SideFacet, UnitReading } from '../read/reading.ts';
import { type ActionUnitObservation, type Evidence, measuredOf, unitsAmong } from './evidence.ts';
import { levelProblem } from './level.ts';
import { contradicted, listIds, type Outcome, supported, unsupported } from './outcome.ts';
import { isDuring } from './time.ts';
import { nameOf, uncited } from './uncited.ts';

const isOnOtherSide = (sides: readonly SideFacet[], observation: ActionUnitObservation): boolean =>
  sides.some(
    (side) => (side === 'left' || side === 'right') && observation.au.side !== 'both' && observation.au.side !== side,
  );

const isAtOtherTime = (reading: UnitReading, observation: ActionUnitObservation): boolean =>
  reading.times.some((facet) => facet.kind === 'point' || facet.kind === 'range') &&
  reading.times.every((facet) => !isDuring(facet, observation));

/** An absence may be measured for a part of the clip only ("while she smiles"). */
const overlaps = (one: Observation, other: Observation): boolean =>
  one.range.startMs <= other.range.endMs && other.range.startMs <= one.range.endMs;

/** "No strong smile": a slight one does not speak against it. */
const isWeaker = (reading: UnitReading, observation: ActionUnitObservation): boolean =>
  reading.levels.some((facet) => facet.kind === 'word' && facet.denied && (observation.au.intensity ?? 5) < facet.from);

/** A unit that is said not to be there: measured as below the threshold, or shown only elsewhere, otherwise or less. */
export const checkAbsent = (
  reading: UnitReading,
  pool: readonly ActionUnitObservation[],
  cited: readonly Observation[],
  evidence: Evidence,
): Outcome => {
  const shown = pool.filter((observation) => observation.au.status === 'present');
  const against = shown.filter(
    (observation) =>
      !isOnOtherSide(reading.sides, observation) &&
      !isAtOtherTime(reading, observation) &&
      !isWeaker(reading, observation),
  );
  const eitherMeant =
    reading.region === null &&
    reading.codes.length > 1 &&
    !reading.closed &&
    pool.some((observation) => observation.au.status === 'below-threshold');
  if (against.length > 0 && !eitherMeant) {
    return contradicted(
      against,
      `${listIds(against)} shows ${nameOf([...new Set(against.map((observation) => observation.au.code))])}.`,
    );
  }
  const weaker = shown.filter((observation) => isWeaker(reading, observation));
  if (weaker.length > 0 && against.length === 0) {
    return supported(weaker, `${listIds(weaker)} shows it, but not so strongly.`);
  }
  const oneSided = shown.filter((observation) => isOnOtherSide(reading.sides, observation));
  if (oneSided.length > 0) {
    return supported(oneSided, `${listIds(oneSided)} shows it on the other side only.`);
  }
  const below = pool.filter((observation) => observation.au.status === 'below-threshold');
  const others = unitsAmong(measuredOf(evidence, reading.person), reading.codes).filter(
    (observation) =>
      observation.au.status === 'present' &&
      (observation.au.intensity ?? 5) >= 1.5 &&
      !isOnOtherSide(reading.sides, observation) &&
      !isAtOtherTime(reading, observation) &&
      (below.length === 0 || reading.region !== null || below.some((absence) => overlaps(absence, observation))),
  );
  // "No frown" may mean the brows or the mouth: one of them measured as absent bears it out.
  const loose = below.length > 0 && reading.region === null && !reading.closed;
  if (others.length > 0 && !loose) {
    return contradicted(
      others,
      `${listIds(others)} shows ${nameOf([...new Set(others.map((observation) => observation.au.code))])}.`,
    );
  }
  if (below.length > 0) {
    const wrong = below.flatMap((observation) =>
      reading.levels.filter((facet) => facet.kind === 'number').map((facet) => levelProblem(facet, observation)),
    );
    const problem = wrong.length > 0 && wrong.every((each) => each !== null) ? wrong[0] : null;
    return problem === null || problem === undefined
      ? supported(below, `${listIds(below)} says so.`)
      : contradicted(below, `${problem}.`);
  }
  const silent = shown.filter((observation) => isAtOtherTime(reading, observation));
  if (silent.length > 0) {
    return supported(silent, `${listIds(silent)} shows it at another time only.`);
  }
  if (pool.length > 0) {
    return unsupported(
      pool,
      `${listIds(pool)} says that ${nameOf(reading.codes)} could not be seen or measured: that is no absence.`,
    );
  }
  return uncited(reading, cited, evidence);
};
