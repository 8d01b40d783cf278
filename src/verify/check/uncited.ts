import type { ActionUnitCode, Observation } from '../../contracts/index.ts';
import { actionUnit } from '../../facs/index.ts';
import type { UnitReading } from '../read/reading.ts';
import { readSentence } from '../read/sentence.ts';
import { type Evidence, measuredOf, unitsAmong } from './evidence.ts';
import { contradicted, listIds, type Outcome, supported, unsupported } from './outcome.ts';

/** "AU4 (brow lowerer)", "AU1 (…) or AU2 (…)". */
export const nameOf = (codes: readonly ActionUnitCode[]): string =>
  codes
    .map((code) => `${code} (${actionUnit(code).name})`)
    .slice(0, 3)
    .join(' or ') + (codes.length > 3 ? ' …' : '');

/** "While the lip corners are pulled up, the cheeks are not raised": the sentence of one observation names another unit. */
const saysSo = (reading: UnitReading, observation: Observation): boolean =>
  observation.kind !== 'speech' &&
  observation.kind !== 'scene-text' &&
  readSentence(observation.text).readings.some(
    (other) =>
      other.kind === 'unit' &&
      !(observation.kind === 'action-unit' && other.codes.includes(observation.au.code)) &&
      other.polarity === reading.polarity &&
      other.codes.some((code) => reading.codes.includes(code)),
  );

/** Nothing that is cited is about the unit: what the rest of the analysis says decides how wrong that is. */
export const uncited = (reading: UnitReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
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
