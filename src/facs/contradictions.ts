import type { ActionUnitCode } from '../contracts/index.ts';

/** Two movements whose usual readings exclude each other, with what coders make of the meeting. */
export type Contradiction = {
  first: ActionUnitCode;
  second: ActionUnitCode;
  /** With this one beside them the two belong to one pattern, and there is no conflict. */
  unless?: ActionUnitCode;
  /** What the meeting is often read as; completes "a meeting that is often read as …". */
  reading: string;
};

/**
 * Smile controls and mixed signals. A smile met by AU14, 15, 17, 23 or 24 is a "controlled" or "dampened" smile, by AU4 or
 * AU9/10 a masking or mixed one (Ekman & Friesen 1982, "Felt, false and miserable smiles"); raised against lowered brows
 * is fear's and grief's own pattern and a conflict only where AU1 is missing.
 */
export const CONTRADICTIONS: readonly Contradiction[] = [
  { first: 'AU12', second: 'AU15', reading: 'a smile that is held back or put over an unhappy look' },
  { first: 'AU12', second: 'AU4', reading: 'a smile over effort, doubt or displeasure' },
  { first: 'AU12', second: 'AU9', reading: 'amusement mixed with distaste' },
  { first: 'AU12', second: 'AU1', unless: 'AU2', reading: 'a smile with a worried or pleading note' },
  { first: 'AU12', second: 'AU24', reading: 'a smile that is being kept down' },
  { first: 'AU12', second: 'AU23', reading: 'a tight, controlled smile' },
  { first: 'AU12', second: 'AU17', reading: 'a smile that is being kept down' },
  { first: 'AU2', second: 'AU4', unless: 'AU1', reading: 'alarm and disapproval at once' },
  { first: 'AU5', second: 'AU43', reading: 'a change within the moment that was measured' },
];
