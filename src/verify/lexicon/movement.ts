import type { ActionUnitCode } from '../../contracts/index.ts';
import type { Action, Body } from './sense.ts';

/** What a movement amounts to: any of `codes`, or, `negated`, none of them ("the mouth is closed"). */
export type Movement = { codes: readonly ActionUnitCode[]; negated?: boolean };

const any = (...codes: readonly ActionUnitCode[]): Movement => ({ codes });
const none = (...codes: readonly ActionUnitCode[]): Movement => ({ codes, negated: true });

/**
 * Which units a part that does something may be: the visible appearance changes of FACS (Ekman, Friesen & Hager 2002),
 * as loosely as plain English names them. A pair that is missing is no claim about a unit.
 */
export const MOVEMENTS: Readonly<Record<Body, Partial<Record<Action, Movement>>>> = {
  brow: {
    up: any('AU1', 'AU2'), arch: any('AU1', 'AU2'), down: any('AU4'), together: any('AU4'), furrow: any('AU4'), wrinkle: any('AU4'), tighten: any('AU4'), narrow: any('AU4'),
    in: any('AU4'), bunch: any('AU4'), press: any('AU4'), close: any('AU4'), curl: any('AU1', 'AU2'),
  },
  'inner-brow': { up: any('AU1'), arch: any('AU1'), bunch: any('AU1'), down: any('AU4'), together: any('AU4'), furrow: any('AU4'), in: any('AU4') },
  'outer-brow': { up: any('AU2'), arch: any('AU2'), down: any('AU4') },
  forehead: { wrinkle: any('AU1', 'AU2', 'AU4'), furrow: any('AU1', 'AU2', 'AU4'), up: any('AU1', 'AU2'), tighten: any('AU1', 'AU2', 'AU4') },
  'between-brows': { wrinkle: any('AU4'), furrow: any('AU4'), narrow: any('AU4'), deepen: any('AU4'), together: any('AU4'), bunch: any('AU4'), tighten: any('AU4') },
  eyes: {
    wide: any('AU5'), narrow: any('AU7', 'AU6', 'AU43'), tighten: any('AU7', 'AU6'), close: any('AU43', 'AU45'), wrinkle: any('AU6', 'AU7'), press: any('AU43', 'AU45', 'AU7'), bunch: any('AU6'),
  },
  lids: { up: any('AU5'), tighten: any('AU7'), narrow: any('AU7'), press: any('AU7', 'AU43'), close: any('AU43', 'AU45'), wide: any('AU5'), down: any('AU43', 'AU45'), wrinkle: any('AU6', 'AU7'), back: any('AU5'), part: any('AU5') },
  'upper-lid': { up: any('AU5'), wide: any('AU5'), back: any('AU5'), down: any('AU43', 'AU45'), close: any('AU43', 'AU45'), tighten: any('AU7'), narrow: any('AU7'), arch: any('AU5') },
  'lower-lid': { up: any('AU7', 'AU6'), tighten: any('AU7'), bunch: any('AU7', 'AU6'), press: any('AU7'), narrow: any('AU7'), wrinkle: any('AU6', 'AU7') },
  'eye-corner': { wrinkle: any('AU6'), bunch: any('AU6'), furrow: any('AU6'), tighten: any('AU6', 'AU7'), together: any('AU6'), deepen: any('AU6') },
  cheeks: { up: any('AU6'), down: none('AU6'), bunch: any('AU6'), dimple: any('AU14'), tighten: any('AU6', 'AU14'), wrinkle: any('AU6'), arch: any('AU6') },
  nose: { wrinkle: any('AU9'), down: none('AU9'), up: any('AU9'), furrow: any('AU9'), bunch: any('AU9'), narrow: any('AU9'), tighten: any('AU9'), curl: any('AU9') },
  nasolabial: { deepen: any('AU10', 'AU9', 'AU12'), furrow: any('AU10', 'AU9', 'AU12'), wrinkle: any('AU10', 'AU9', 'AU12') },
  mouth: {
    open: any('AU25', 'AU26', 'AU27'), wide: any('AU27', 'AU12', 'AU20', 'AU25', 'AU26'), part: any('AU25', 'AU26', 'AU27'), apart: any('AU25', 'AU26', 'AU27'), stretch: any('AU27', 'AU20'), sideways: any('AU20', 'AU12'),
    up: any('AU12'), arch: any('AU12'), down: any('AU15', 'AU26'), tighten: any('AU23', 'AU24', 'AU14'), press: any('AU24', 'AU23'), close: none('AU25', 'AU26', 'AU27'), pucker: any('AU18'), funnel: any('AU22'),
    forward: any('AU18', 'AU22'), curl: any('AU10', 'AU12', 'AU15'), narrow: any('AU23', 'AU24', 'AU18'), dimple: any('AU14'), furrow: any('AU15'), back: any('AU20', 'AU12'), suck: any('AU28'), together: none('AU25', 'AU26', 'AU27'),
  },
  lips: {
    press: any('AU24', 'AU23'), tighten: any('AU23', 'AU24'), narrow: any('AU23', 'AU24'), part: any('AU25', 'AU26', 'AU27'), apart: any('AU25', 'AU26', 'AU27'), open: any('AU25', 'AU26', 'AU27'), wide: any('AU20', 'AU12', 'AU27', 'AU25', 'AU26'),
    stretch: any('AU20'), sideways: any('AU20'), back: any('AU20', 'AU12'), pucker: any('AU18'), forward: any('AU18', 'AU22'), out: any('AU22', 'AU18'), funnel: any('AU22'), suck: any('AU28'), in: any('AU28', 'AU24'),
    up: any('AU12', 'AU10'), arch: any('AU12'), down: any('AU15', 'AU16'), close: none('AU25', 'AU26', 'AU27'), together: none('AU25', 'AU26', 'AU27'), curl: any('AU10', 'AU12'), furrow: any('AU15'), bunch: any('AU17', 'AU18'),
  },
  'upper-lip': { up: any('AU10'), curl: any('AU10'), bare: any('AU10'), wrinkle: any('AU10', 'AU9'), tighten: any('AU23', 'AU24'), back: any('AU10'), suck: any('AU28'), arch: any('AU10'), press: any('AU24'), down: any('AU28', 'AU24') },
  'lower-lip': { down: any('AU16'), bare: any('AU16'), up: any('AU17'), bunch: any('AU17'), forward: any('AU17', 'AU18', 'AU22'), out: any('AU17', 'AU22'), suck: any('AU28'), in: any('AU28'), tighten: any('AU23', 'AU24'), press: any('AU24', 'AU17'), curl: any('AU17') },
  'lip-corner': {
    up: any('AU12'), arch: any('AU12'), curl: any('AU12', 'AU14'), back: any('AU12', 'AU20', 'AU14'), down: any('AU15'), stretch: any('AU20'), sideways: any('AU20'), apart: any('AU20'), wide: any('AU20', 'AU12'), tighten: any('AU14'),
    in: any('AU14'), together: any('AU14'), dimple: any('AU14'), narrow: any('AU14'), press: any('AU14'), furrow: any('AU15'), out: any('AU20', 'AU12'), wrinkle: any('AU14', 'AU12'), suck: any('AU14'), deepen: any('AU14'), pucker: any('AU18'),
  },
  teeth: { bare: any('AU25', 'AU10', 'AU16'), open: any('AU25'), apart: any('AU26', 'AU27') },
  jaw: { down: any('AU26', 'AU27'), open: any('AU26', 'AU27'), part: any('AU26', 'AU27'), stretch: any('AU27'), wide: any('AU27', 'AU26'), close: none('AU26', 'AU27'), narrow: none('AU26', 'AU27') },
  chin: { down: any('AU26', 'AU27'), bunch: any('AU17'), wrinkle: any('AU17'), dimple: any('AU17'), pucker: any('AU17'), tighten: any('AU17'), up: any('AU17'), furrow: any('AU17'), forward: any('AU17'), curl: any('AU17') },
  'upper-face': {},
  'lower-face': {},
  face: {},
  head: {},
}; // biome-ignore format: one table

/** The units that act in a part: what "no movement in the brows" or "the lips stay relaxed" is about. */
export const UNITS_OF: Readonly<Record<Body, readonly ActionUnitCode[]>> = {
  brow: ['AU1', 'AU2', 'AU4'],
  'inner-brow': ['AU1', 'AU4'],
  'outer-brow': ['AU2'],
  forehead: ['AU1', 'AU2', 'AU4'],
  'between-brows': ['AU4'],
  eyes: ['AU5', 'AU6', 'AU7'],
  lids: ['AU5', 'AU7'],
  'upper-lid': ['AU5'],
  'lower-lid': ['AU7'],
  'eye-corner': ['AU6'],
  cheeks: ['AU6'],
  nose: ['AU9'],
  nasolabial: ['AU10'],
  mouth: ['AU10', 'AU12', 'AU14', 'AU15', 'AU16', 'AU18', 'AU20', 'AU22', 'AU23', 'AU24', 'AU25', 'AU26', 'AU27', 'AU28'],
  lips: ['AU12', 'AU15', 'AU18', 'AU20', 'AU22', 'AU23', 'AU24', 'AU25', 'AU28'],
  'upper-lip': ['AU10'],
  'lower-lip': ['AU16'],
  'lip-corner': ['AU12', 'AU14', 'AU15', 'AU20'],
  teeth: ['AU25'],
  jaw: ['AU26', 'AU27'],
  chin: ['AU17'],
  'upper-face': ['AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU7'],
  'lower-face': [
    'AU9', 'AU10', 'AU12', 'AU14', 'AU15', 'AU16', 'AU17', 'AU18', 'AU20', 'AU22', 'AU23', 'AU24', 'AU25', 'AU26', 'AU27', 'AU28',
  ],
  face: [
    'AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU7', 'AU9', 'AU10', 'AU12', 'AU14', 'AU15', 'AU16', 'AU17', 'AU18', 'AU20', 'AU22', 'AU23', 'AU24', 'AU25', 'AU26', 'AU27', 'AU28',
  ],
  head: [],
}; // biome-ignore format: one table
