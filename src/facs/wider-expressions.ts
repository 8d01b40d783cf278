import type { ActionUnitCode } from '../contracts/index.ts';

/** A named expression outside the basic eight, by its action units and head or eye position. */
export type WiderExpression = {
  word: string;
  units: readonly ActionUnitCode[];
  /** FACS head codes that belong to it: 51/52 turned left/right, 53 up, 54 down, 55/56 tilted left/right, 57 forward. */
  head: ReadonlyArray<'AU51' | 'AU52' | 'AU53' | 'AU54' | 'AU55' | 'AU56' | 'AU57'>;
};

/**
 * Wider sets, as quoted from Keltner et al. 2019 (Table 2) and Cordaro et al. 2018 (International Core Patterns); read in
 * secondary quotation. Units that whyface does not measure are left out. Words only: they are never scored.
 */
export const WIDER_EXPRESSIONS: readonly WiderExpression[] = [
  { word: 'amused', units: ['AU6', 'AU7', 'AU12', 'AU25', 'AU26'], head: ['AU53'] },
  { word: 'embarrassed', units: ['AU7', 'AU12', 'AU15'], head: ['AU52', 'AU54'] },
  { word: 'proud', units: ['AU7', 'AU12'], head: ['AU53'] },
  { word: 'confused', units: ['AU4', 'AU7'], head: ['AU56'] },
  { word: 'interested', units: ['AU1', 'AU2', 'AU12'], head: [] },
  { word: 'sympathetic', units: ['AU1', 'AU17', 'AU24'], head: ['AU57'] },
  { word: 'awed', units: ['AU1', 'AU2', 'AU5', 'AU12', 'AU25'], head: [] },
  { word: 'content', units: ['AU12', 'AU43'], head: [] },
  { word: 'ashamed', units: ['AU4', 'AU17'], head: ['AU54'] },
];
