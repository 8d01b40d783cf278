import type { ActionUnitCode } from '../contracts/index.ts';

/** How an action unit behaves in faces at rest and in talking faces. */
export type ActionUnitHabit = {
  /**
   * Most of a constant level that can be how the face rests: built-in brows, droopy lids, lips that do not close. A
   * smile or an open mouth held for the whole clip is none of these and stays an event.
   */
  restMost: number;
  /** Moves with every syllable: its pauses are bridged and it makes no micro-expression. */
  articulates: boolean;
  /** Which of the sentence shapes fits it; so that a reader is not given twenty equal sentences. */
  shape: 'span' | 'course' | 'noun';
};

/**
 * `restMost` from how faces are built (FACS 2002, chapter on the neutral face: permanent folds and positions are not
 * scored) and from how the measured columns sit on faces at rest; `articulates` from the articulation of lips and jaw.
 */
export const ACTION_UNIT_HABITS = {
  AU1: { restMost: 1.5, articulates: false, shape: 'course' },
  AU2: { restMost: 1.5, articulates: false, shape: 'span' },
  AU4: { restMost: 2.5, articulates: false, shape: 'span' },
  AU5: { restMost: 1.5, articulates: false, shape: 'course' },
  AU6: { restMost: 1, articulates: false, shape: 'span' },
  AU7: { restMost: 2, articulates: false, shape: 'noun' },
  AU9: { restMost: 1, articulates: false, shape: 'noun' },
  AU10: { restMost: 1.5, articulates: false, shape: 'span' },
  AU12: { restMost: 1, articulates: false, shape: 'course' },
  AU14: { restMost: 1.5, articulates: false, shape: 'noun' },
  AU15: { restMost: 2, articulates: false, shape: 'course' },
  AU16: { restMost: 1, articulates: true, shape: 'noun' },
  AU17: { restMost: 1.5, articulates: true, shape: 'noun' },
  AU18: { restMost: 1, articulates: true, shape: 'noun' },
  AU20: { restMost: 1.5, articulates: false, shape: 'span' },
  AU22: { restMost: 1, articulates: true, shape: 'noun' },
  AU23: { restMost: 1.5, articulates: true, shape: 'span' },
  AU24: { restMost: 1.5, articulates: true, shape: 'span' },
  AU25: { restMost: 1, articulates: true, shape: 'span' },
  AU26: { restMost: 0.5, articulates: true, shape: 'course' },
  AU27: { restMost: 0, articulates: true, shape: 'noun' },
  AU28: { restMost: 1, articulates: true, shape: 'noun' },
  AU43: { restMost: 0, articulates: false, shape: 'span' },
  AU45: { restMost: 2, articulates: false, shape: 'noun' },
} as const satisfies Record<ActionUnitCode, ActionUnitHabit>;
