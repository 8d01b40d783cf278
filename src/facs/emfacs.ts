import type { ActionUnitCode, ExpressionLabel } from '../contracts/index.ts';

/** The coders' prototype of one expression, and the action units that its listed variants add or put in their place. */
export type EmfacsEntry = {
  core: readonly ActionUnitCode[];
  variants: readonly ActionUnitCode[];
};

/**
 * Prototypes of EMFACS and the FACS Investigator's Guide (Ekman, Friesen & Hager 2002). `core` is the line quoted most
 * (happiness 6+12, sadness 1+4+15, surprise 1+2+5B+26, fear 1+2+4+5+7+20+26, anger 4+5+7+23, disgust 9+15+16 or
 * 9+15+17, contempt R12A+R14A); `variants` are the further units of the Guide's list of predicted combinations
 * (surprise with 27, fear with 25 or 27, sadness with 6 or 17, anger with 10, 17, 22, 24, 25 or 26, disgust with 10,
 * 16, 17, 25 or 26). Of disgust only the nose wrinkle is in every line of the Guide that has one.
 * Contempt's core units count on one side of the face only: see `ONE_SIDED_LIP_CORNER`.
 */
export const EMFACS = {
  anger: { core: ['AU4', 'AU5', 'AU7', 'AU23'], variants: ['AU10', 'AU17', 'AU22', 'AU24', 'AU25', 'AU26'] },
  contempt: { core: [], variants: ['AU14'] },
  disgust: { core: ['AU9'], variants: ['AU10', 'AU15', 'AU16', 'AU17', 'AU25', 'AU26'] },
  fear: { core: ['AU1', 'AU2', 'AU4', 'AU5', 'AU20'], variants: ['AU7', 'AU25', 'AU26', 'AU27'] },
  happiness: { core: ['AU6', 'AU12'], variants: ['AU25'] },
  neutral: { core: [], variants: [] },
  sadness: { core: ['AU1', 'AU4', 'AU15'], variants: ['AU6', 'AU17'] },
  surprise: { core: ['AU1', 'AU2', 'AU5', 'AU26'], variants: ['AU25', 'AU27'] },
} as const satisfies Record<ExpressionLabel, EmfacsEntry>; // biome-ignore format: one table

/**
 * A lip corner pulled (AU12) or tucked in (AU14) on one side only: EMFACS's contempt, and safe only as such (tools
 * without sides cannot report it). `share` is P(one-sided | expression): our estimate, from the prototype being one-sided
 * by definition and from ordinary smiles being slightly uneven.
 */
export const ONE_SIDED_LIP_CORNER = {
  codes: ['AU12', 'AU14'],
  share: { anger: 0.05, contempt: 0.8, disgust: 0.07, fear: 0.04, happiness: 0.08, neutral: 0.05, sadness: 0.05, surprise: 0.04 },
  /** Difference between the sides, on the 0–5 scale, that is still ordinary unevenness: half a letter. */
  tolerance: 0.5,
} as const satisfies { codes: readonly ActionUnitCode[]; share: Record<ExpressionLabel, number>; tolerance: number }; // biome-ignore format: one table
