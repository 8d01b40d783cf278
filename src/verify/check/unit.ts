import type { Observation } from '../../contracts/index.ts';
import { UNMEASURED_CODES } from '../lexicon/units.ts';
import type { UnitReading } from '../read/reading.ts';
import { type ActionUnitObservation, type Evidence, isAbout, isKind, unitsAmong } from './evidence.ts';
import { contradicted, listIds, type Outcome, supported, unsupported, untestable } from './outcome.ts';
import { nameOf } from './uncited.ts';
import { checkAbsent } from './unit-absent.ts';
import { checkPresent } from './unit-present.ts';

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
