import type { ActionUnitCode, IntensityLetter, Side } from '../contracts/index.ts';
import { actionUnit } from './action-units.ts';
import { level } from './levels.ts';

/** The part that an action unit moves, without article: "lip corners", "left lip corner". */
export const partOf = (code: ActionUnitCode, side: Side): { text: string; plural: boolean } => {
  const entry = actionUnit(code);
  if (side === 'both' || entry.oneSide === null) {
    return entry.both;
  }
  return { text: entry.oneSide.replace('{side}', side), plural: entry.oneSide.endsWith('s') };
};

/** The shown state as a clause: "the left lip corner is slightly pulled up and back". */
export const stateClause = (code: ActionUnitCode, side: Side, letter: IntensityLetter | null): string => {
  const part = partOf(code, side);
  // Eyes are closed or not; how tightly is another unit's matter.
  const adverb = letter === null || code === 'AU43' ? '' : `${level(letter).adverb} `;
  return `the ${part.text} ${part.plural ? 'are' : 'is'} ${adverb}${actionUnit(code).done}`;
};

/** The movement as a noun phrase without article: "slight left lip-corner pull". */
export const movementNoun = (code: ActionUnitCode, side: Side, letter: IntensityLetter | null): string =>
  [letter === null ? '' : level(letter).adjective, side === 'both' ? '' : side, actionUnit(code).noun]
    .filter((word) => word !== '')
    .join(' ');
