import { letterOf } from '../../facs/index.ts';
import type { LevelFacet } from '../read/reading.ts';
import type { ActionUnitObservation } from './evidence.ts';

/** Readings this close to the border of two letters may be called by either word. */
const BORDER = 0.25;

/** Why the level of a claim does not fit the observation, or `null` where it does. */
export const levelProblem = (facet: LevelFacet, observation: ActionUnitObservation): string | null => {
  const { intensity, code, overBaseline } = observation.au;
  const letter = observation.au.letter ?? (intensity === null ? null : letterOf(intensity));
  const measured = `${observation.id} has ${code} at ${[letter === null ? null : `level ${letter}`, intensity === null ? null : intensity.toFixed(1)].filter((part) => part !== null).join(', ') || 'no level'}`;
  if (facet.kind === 'letter') {
    return letter !== null && facet.letters.includes(letter)
      ? null
      : `it says level ${facet.letters.join('–')}, but ${measured}`;
  }
  if (facet.kind === 'number') {
    const tolerance = 0.5 / 10 ** facet.decimals + 0.051 + (facet.approximate ? 0.25 : 0);
    const fits = [intensity, overBaseline].some(
      (value) => value !== null && Math.abs(value - facet.value) <= tolerance,
    );
    return fits ? null : `it says ${facet.value}, but ${measured}`;
  }
  if (intensity === null && letter === null) {
    return `it says "${facet.word}", but ${measured}`;
  }
  if (facet.denied) {
    const value = intensity ?? 0;
    return value >= facet.from && value <= facet.to ? `it says not "${facet.word}", but ${measured}` : null;
  }
  const byNumber = intensity !== null && intensity >= facet.from - BORDER && intensity <= facet.to + BORDER;
  const middle = letter === null ? null : { A: 1, B: 2, C: 3, D: 4, E: 5 }[letter];
  const byLetter = intensity === null && middle !== null && middle >= facet.from && middle <= facet.to;
  return byNumber || byLetter ? null : `it says "${facet.word}", but ${measured}`;
};
