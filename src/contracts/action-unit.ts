import { z } from 'zod';

/**
 * The action units whyface measures, in rising order. Names, muscles and wording are in `src/facs`; here are only the
 * codes that data may carry. AU45 is lid closure, continuous, as OpenFace reports it; a closure that lasts is worded as
 * AU43 by `observe`.
 */
export const ACTION_UNIT_CODES = [
  'AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU7', 'AU9', 'AU10', 'AU12', 'AU14', 'AU15', 'AU16',
  'AU17', 'AU18', 'AU20', 'AU22', 'AU23', 'AU24', 'AU25', 'AU26', 'AU27', 'AU28', 'AU43', 'AU45',
] as const; // biome-ignore format: one table

export const actionUnitCode = z.enum(ACTION_UNIT_CODES);
export type ActionUnitCode = z.infer<typeof actionUnitCode>;

/** Action units that each half of the face can show by itself (columns `AUxxL_r`, `AUxxR_r`). */
export const SIDED_ACTION_UNITS = [
  'AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU7', 'AU9', 'AU10', 'AU12', 'AU14', 'AU15', 'AU16', 'AU20', 'AU45',
] as const satisfies readonly ActionUnitCode[]; // biome-ignore format: one table

/** The person's own left and right, never the viewer's. */
export const side = z.enum(['both', 'left', 'right']);
export type Side = z.infer<typeof side>;

/** FACS intensity letters: A trace, B slight, C marked, D severe, E maximum (FACS 2002). */
export const intensityLetter = z.enum(['A', 'B', 'C', 'D', 'E']);
export type IntensityLetter = z.infer<typeof intensityLetter>;

/** Unknown is not zero: `not-visible` and `not-measured` say nothing about the muscle. */
export const actionUnitStatus = z.enum(['present', 'below-threshold', 'not-visible', 'not-measured']);
export type ActionUnitStatus = z.infer<typeof actionUnitStatus>;
