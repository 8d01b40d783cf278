import type { ActionUnitCode, CompoundLabel, ExpressionLabel } from '../contracts/index.ts';

/** An action unit of the table; AU11 (nasolabial deepener) is in the paper and not measured by whyface. */
type TabledCode = ActionUnitCode | 'AU11';

/** One row: which action units more than 70 % of the subjects showed, and the share of subjects for the others. */
export type DuRow = {
  prototype: readonly TabledCode[];
  /** Share of subjects, 0–1; an action unit that is missing here was shown by fewer than a fifth. */
  variants: Partial<Record<TabledCode, number>>;
};

/**
 * Du, Tao & Martinez 2014, "Compound facial expressions of emotion", PNAS 111(15):E1454, Table 1: 230 subjects posing
 * after a described situation. The prototypes alone do not tell fear from `sadly-fearful`, or `appalled` from `hatred`:
 * only the percentages do. `sadly-disgusted` AU25, `fearfully-angry` AU11, `fearfully-surprised` AU10 and AU11,
 * `fearfully-disgusted` AU6 and AU15 and `appalled` AU6 are not seen at that level in the components (marked * there).
 */
export const DU_2014 = {
  happiness: { prototype: ['AU12', 'AU25'], variants: { AU6: 0.51 } },
  sadness: { prototype: ['AU4', 'AU15'], variants: { AU1: 0.6, AU6: 0.5, AU11: 0.26, AU17: 0.67 } },
  fear: { prototype: ['AU1', 'AU4', 'AU20', 'AU25'], variants: { AU2: 0.57, AU5: 0.63, AU26: 0.33 } },
  anger: { prototype: ['AU4', 'AU7', 'AU24'], variants: { AU10: 0.26, AU17: 0.52, AU23: 0.29 } },
  surprise: { prototype: ['AU1', 'AU2', 'AU25', 'AU26'], variants: { AU5: 0.66 } },
  disgust: { prototype: ['AU9', 'AU10', 'AU17'], variants: { AU4: 0.31, AU24: 0.26 } },
  'happily-surprised': { prototype: ['AU1', 'AU2', 'AU12', 'AU25'], variants: { AU5: 0.64, AU26: 0.67 } },
  'happily-disgusted': { prototype: ['AU10', 'AU12', 'AU25'], variants: { AU4: 0.32, AU6: 0.61, AU9: 0.59 } },
  'sadly-fearful': { prototype: ['AU1', 'AU4', 'AU20', 'AU25'], variants: { AU2: 0.46, AU5: 0.24, AU6: 0.34, AU15: 0.3 } },
  'sadly-angry': { prototype: ['AU4', 'AU15'], variants: { AU6: 0.26, AU7: 0.48, AU11: 0.2, AU17: 0.5 } },
  'sadly-surprised': { prototype: ['AU1', 'AU4', 'AU25', 'AU26'], variants: { AU2: 0.27, AU6: 0.31 } },
  'sadly-disgusted': { prototype: ['AU4', 'AU10'], variants: { AU1: 0.49, AU6: 0.61, AU9: 0.2, AU11: 0.35, AU15: 0.54, AU17: 0.47, AU25: 0.43 } },
  'fearfully-angry': { prototype: ['AU4', 'AU20', 'AU25'], variants: { AU5: 0.4, AU7: 0.39, AU10: 0.3, AU11: 0.33 } },
  'fearfully-surprised': { prototype: ['AU1', 'AU2', 'AU5', 'AU20', 'AU25'], variants: { AU4: 0.47, AU10: 0.35, AU11: 0.22, AU26: 0.51 } },
  'fearfully-disgusted': { prototype: ['AU1', 'AU4', 'AU10', 'AU20', 'AU25'], variants: { AU2: 0.64, AU5: 0.5, AU6: 0.26, AU9: 0.28, AU15: 0.33 } },
  'angrily-surprised': { prototype: ['AU4', 'AU25', 'AU26'], variants: { AU5: 0.35, AU7: 0.5, AU10: 0.34 } },
  'angrily-disgusted': { prototype: ['AU4', 'AU10', 'AU17'], variants: { AU7: 0.6, AU9: 0.57, AU24: 0.36 } },
  'disgustedly-surprised': { prototype: ['AU1', 'AU2', 'AU5', 'AU10'], variants: { AU4: 0.45, AU9: 0.37, AU17: 0.66, AU24: 0.33 } },
  appalled: { prototype: ['AU4', 'AU10'], variants: { AU6: 0.25, AU9: 0.56, AU17: 0.67, AU24: 0.36 } },
  hatred: { prototype: ['AU4', 'AU10'], variants: { AU7: 0.57, AU9: 0.27, AU17: 0.63, AU24: 0.37 } },
  awed: { prototype: ['AU1', 'AU2', 'AU5', 'AU25'], variants: { AU4: 0.21, AU20: 0.62, AU26: 0.56 } },
} as const satisfies Record<Exclude<ExpressionLabel, 'contempt' | 'neutral'> | CompoundLabel, DuRow>; // biome-ignore format: one table
