import type { ActionUnitCode } from '../contracts/index.ts';
import { ACCOMPANIMENTS } from './accompaniments.ts';
import { COMPOUND_LIKELIHOODS, EXPRESSION_LIKELIHOODS } from './likelihood.ts';

/** Two units that two fifths of the people show each, in one expression: as common together as listed variants are. */
const COMMON_PAIR = 0.4 * 0.4;

/**
 * How rarely two action units are seen together, 0 (in some tabled expression both are common, or one drags the other
 * along) to 1 (in none). From the shares of people who show each unit (Du, Tao & Martinez 2014, Table 1, and the
 * Investigator's Guide): within one expression units are taken as independent.
 */
export const rarityOfPair = (one: ActionUnitCode, other: ActionUnitCode): number => {
  const dragged = ACCOMPANIMENTS.some(
    ({ driver, code }) => (driver === one && code === other) || (driver === other && code === one),
  );
  if (dragged || one === other) {
    return 0;
  }
  const tables = [...Object.values(EXPRESSION_LIKELIHOODS), ...Object.values(COMPOUND_LIKELIHOODS)];
  const commonest = Math.max(...tables.map((likelihoods) => likelihoods[one] * likelihoods[other]));
  return 1 - Math.min(1, commonest / COMMON_PAIR);
};
