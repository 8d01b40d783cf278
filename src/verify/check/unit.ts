import type { ActionUnitCode, Observation } from '../../contracts/index.ts';
import { actionUnit } from '../../facs/index.ts';
import { UNMEASURED_CODES } from '../lexicon/units.ts';
import type { SideFacet, UnitReading } from '../read/reading.ts';
import { readSentence } from '../read/sentence.ts';
import { type ActionUnitObservation, type Evidence, isAbout, isKind, measuredOf, unitsAmong } from './evidence.ts';
import { levelProblem } from './level.ts';
import { contradicted, listIds, type Outcome, supported, unsupported, untestable } from './outcome.ts';
import { isDuring, timeProblem } from './time.ts';

const nameOf = (codes: readonly ActionUnitCode[]): string =>
  codes
    .map((code) => `${code} (${actionUnit(code).name})`)
    .slice(0, 3)
    .join(' or ') + (codes.length > 3 ? ' …' : '');

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

/** The facets of a claim that one observation of the unit does not bear out. */
const problemsOf = (
  reading: UnitReading,
  observation: ActionUnitObservation,
  pool: readonly ActionUnitObservation[],
  evidence: Evidence,
): string[] =>
  [
    ...reading.sides.map((side) => sideProblem(side, observation, pool)),
    ...reading.levels.map((facet) => levelProblem(facet, observation)),
    ...reading.times.map((facet) => timeProblem(facet, observation, evidence, false)),
    reading.micro && !observation.au.micro ? `it says a micro-expression, but ${observation.id} is not one` : null,
  ].filter((problem) => problem !== null);

const checkPresent = (
  reading: UnitReading,
  pool: readonly ActionUnitObservation[],
  cited: readonly Observation[],
  evidence: Evidence,
): Outcome => {
  const shown = pool.filter((observation) => observation.au.status === 'present');
  const judged = shown.map((observation) => ({
    observation,
    problems: problemsOf(reading, observation, pool, evidence),
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
  if (below.length > 0) {
    return contradicted(below, `${listIds(below)} says that ${nameOf(reading.codes)} stays below the threshold.`);
  }
  if (pool.length > 0) {
    return unsupported(pool, `${listIds(pool)} says that ${nameOf(reading.codes)} could not be seen or measured.`);
  }
  return uncited(reading, cited, evidence);
};

/** "While the lip corners are pulled up, the cheeks are not raised": the sentence of one observation names another unit. */
const saysSo = (reading: UnitReading, observation: Observation): boolean =>
  observation.kind === 'action-unit' &&
  readSentence(observation.text).readings.some(
    (other) =>
      other.kind === 'unit' &&
      !other.codes.includes(observation.au.code) &&
      other.polarity === reading.polarity &&
      other.codes.some((code) => reading.codes.includes(code)),
  );

/** Nothing that is cited is about the unit: what the rest of the analysis says decides how wrong that is. */
const uncited = (reading: UnitReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const elsewhere = unitsAmong(measuredOf(evidence, reading.person), reading.codes);
  const shown = elsewhere.filter((observation) => observation.au.status === 'present');
  const below = elsewhere.filter((observation) => observation.au.status === 'below-threshold');
  if (reading.polarity === 'present' && shown.length > 0) {
    const saying = cited.filter((observation) => saysSo(reading, observation));
    const [first] = saying;
    if (first !== undefined) {
      return supported(saying, `${listIds(saying)} says so beside what it measures.`);
    }
    return unsupported(shown, `${listIds(shown)} shows ${nameOf(reading.codes)}, but the sentence does not cite it.`);
  }
  if (reading.polarity === 'present' && below.length > 0) {
    return contradicted(below, `${listIds(below)} says that ${nameOf(reading.codes)} stays below the threshold.`);
  }
  if (reading.polarity === 'absent' && shown.length > 0) {
    return contradicted(shown, `${listIds(shown)} shows ${nameOf(reading.codes)}.`);
  }
  if (reading.polarity === 'absent' && below.length > 0) {
    return unsupported(
      below,
      `${listIds(below)} says so of ${nameOf(reading.codes)}, but the sentence does not cite it.`,
    );
  }
  return unsupported([], `No observation that the sentence cites is about ${nameOf(reading.codes)}.`);
};

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

const checkAbsent = (
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
      (below.length === 0 || below.some((absence) => overlaps(absence, observation))),
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

const checkHidden = (
  reading: UnitReading,
  pool: readonly ActionUnitObservation[],
  cited: readonly Observation[],
  evidence: Evidence,
): Outcome => {
  const hidden = pool.filter(
    (observation) => observation.au.status === 'not-visible' || observation.au.status === 'not-measured',
  );
  if (hidden.length > 0) {
    return supported(hidden, `${listIds(hidden)} says so.`);
  }
  const quality = cited.filter(isKind('quality'));
  if (quality.length > 0) {
    return supported(quality, `${listIds(quality)} says why.`);
  }
  if (pool.length > 0) {
    return contradicted(
      pool,
      `${listIds(pool)} did measure ${nameOf([...new Set(pool.map((observation) => observation.au.code))])}.`,
    );
  }
  const listed = evidence.analysis.notMeasured.some(({ what }) => reading.codes.some((code) => what.includes(code)));
  if (listed) {
    return supported([], 'The analysis lists it as not measured.');
  }
  return cited.length > 0
    ? unsupported([], `No observation that the sentence cites is about ${nameOf(reading.codes)}.`)
    : untestable('The analysis does not say whether this could be seen.');
};

const checkUnmeasured = (reading: UnitReading): Outcome => {
  const name = UNMEASURED_CODES[reading.number ?? 0];
  const said = `AU${reading.number ?? '?'}${name === undefined ? '' : ` (${name})`}`;
  return reading.polarity === 'hidden'
    ? supported([], `${said} is not among what is measured.`)
    : unsupported([], `${said} is not among what is measured.`);
};

/** Checks what a sentence says of action units against the observations that it cites. */
export const checkUnit = (reading: UnitReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  if (reading.codes.length === 0) {
    return checkUnmeasured(reading);
  }
  const { alias } = reading;
  if (alias !== null && !reading.codes.some((code) => alias.includes(code))) {
    return contradicted([], `It gives ${nameOf(reading.codes)} as another name of ${nameOf(alias)}.`);
  }
  const about = cited.filter((observation) => isAbout(observation, reading.person, evidence.scope));
  const pool = unitsAmong(about, reading.codes);
  if (pool.length === 0 && about.some(isKind('head')) && reading.codes.includes('AU26') && reading.number === null) {
    return untestable('It may speak of the head.');
  }
  const atRest = reading.resting ? pool.filter((observation) => /\brest(?:s|ing)?\b/.test(observation.text)) : [];
  if (atRest.length > 0) {
    return supported(atRest, `${listIds(atRest)} says how the face rests.`);
  }
  const blinks = reading.codes.includes('AU45') ? about.filter(isKind('blink')) : [];
  if (blinks.length > 0 && pool.length === 0) {
    const happens = blinks.some((observation) => observation.blink.count > 0);
    return happens === (reading.polarity === 'present')
      ? supported(blinks, `${listIds(blinks)} counts the blinks.`)
      : contradicted(blinks, `${listIds(blinks)} counts ${blinks[0]?.blink.count ?? 0} blinks.`);
  }
  const foreign = unitsAmong(cited, reading.codes);
  if (pool.length === 0 && foreign.length > 0) {
    return contradicted(
      foreign,
      `${listIds(foreign)} is about ${foreign[0]?.subject ?? 'somebody else'}, not about ${reading.person === 'other' || reading.person === null ? 'the person of this sentence' : reading.person}.`,
    );
  }
  const outcome =
    reading.polarity === 'hidden'
      ? checkHidden(reading, pool, about, evidence)
      : reading.polarity === 'absent'
        ? checkAbsent(reading, pool, about, evidence)
        : checkPresent(reading, pool, about, evidence);
  return reading.certainty === 'supposed' && outcome.verdict !== 'supported'
    ? untestable('The sentence supposes this; it does not say that it was seen.')
    : outcome;
};
