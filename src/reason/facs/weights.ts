import type { ActionUnitCode } from '../../contracts/index.ts';

/**
 * How much the evidence of one action unit counts, 0 to a little over 1: what is left of it beside the units it usually comes with
 * (brow halves, mouth openings, lip tension move together, and counting each in full would count one movement twice),
 * times how far landmark-based detectors can be trusted with it (lid tightening least: notes on training, AUC .83–.88).
 * Our estimates.
 */
export const UNIT_WEIGHTS = {
  AU1: 0.75, AU2: 0.6, AU4: 1, AU5: 0.75, AU6: 0.7, AU7: 0.6, AU9: 1, AU10: 0.6, AU12: 1.2, AU14: 0.6, AU15: 0.9, AU16: 0.4,
  AU17: 0.7, AU18: 0.4, AU20: 0.8, AU22: 0.4, AU23: 0.6, AU24: 0.7, AU25: 0.5, AU26: 0.6, AU27: 0.8, AU28: 0.4, AU43: 0.6,
  // A blink says nothing about an expression.
  AU45: 0,
} as const satisfies Record<ActionUnitCode, number>; // biome-ignore format: one table

/**
 * P(the unit is there | it stays below its threshold): what detectors overlook, lid tightening and lowered brows above all,
 * in eyes with a deep fold or under low brows most. Estimates from how well landmark heads tell each unit (AUC of .83–.88
 * for AU4, AU7 and AU23, about .95 for the others) on photos coded by people.
 */
export const OVERLOOKED: Partial<Record<ActionUnitCode, number>> = {
  AU4: 0.25,
  AU7: 0.25,
  AU15: 0.15,
  AU17: 0.2,
  AU23: 0.2,
};
export const OVERLOOKED_OTHERWISE = 0.1;

/** Units of the mouth that speech moves; their evidence is worth less while the person speaks. */
export const ARTICULATORS: ReadonlySet<ActionUnitCode> = new Set([
  'AU16', 'AU17', 'AU18', 'AU20', 'AU22', 'AU23', 'AU24', 'AU25', 'AU26', 'AU27', 'AU28',
]); // biome-ignore format: one table

export const WEIGHTS = {
  /** Of the one-sidedness of a lip corner. */
  oneSided: 1,
  /** Prior of contempt where no lip corner was seen: the rest of such a face looks like one at rest. */
  unseenContempt: 0.3,
  /** Of an action unit that nobody listed although the face was measured: below the threshold, but not worth a line. */
  unlisted: 0.8,
  /** Of an articulator while the person speaks. */
  speaking: 0.4,
  /**
   * Of the logarithm of the expression model's scores beside the summed evidence of the action units. Chosen on the
   * developers' labelled photos (docs/accuracy.md): below 1.5 the units overrule a better reader, above 2 the model
   * overrules clear movements.
   */
  expressionModel: 2,
  /** Of an affect model's valence and arousal in the mean with those that follow from the expression. */
  affectModel: 0.5,
  /** Prior weight of each compound beside each of the eight: a compound must explain the face better, not as well. */
  compoundPrior: 0.4,
  /** Divides the summed log evidence: units are not independent, and unscaled sums are overconfident. */
  temperature: 1.25,
  /** The same where an expression model has its say: it looks at the same face, and its evidence is not new. */
  temperatureWithModel: 2,
} as const;

/** Thresholds of abstaining and of naming things. */
export const DECISION = {
  /** Lead over the runner-up below which two readings are level. */
  nearTie: 0.08,
  /** Share of the best label below which the evidence is spread over too many. */
  spread: 0.3,
  /** Share below which a compound is not named although nothing explains the face better. */
  compound: 0.25,
  /** Summed log evidence of the units that are there, against a resting face, below which a reading rests on too little. */
  thin: 0.75,
  /** Share of the decisive weight that must have been visible. */
  visible: 0.45,
  /** Severity of a quality issue of the whole face from which stillness cannot be told from missed movement. */
  unreadable: 0.6,
  /** Mean confidence of the units below which one unit alone carries no reading. */
  poor: 0.4,
} as const;
