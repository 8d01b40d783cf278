import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  COMPOUND_LABELS,
  type CompoundLabel,
  EXPRESSION_LABELS,
  type ExpressionLabel,
} from '../contracts/index.ts';
import { recordOf } from '../kit/record-of.ts';
import { DU_2014, type DuRow } from './du-2014.ts';
import { EMFACS, type EmfacsEntry } from './emfacs.ts';

/** P(action unit shown | expression), 0–1. */
export type Likelihoods = Record<ActionUnitCode, number>;

/** "More than 70 %" as one number: the middle of what is left. */
const PROTOTYPE_SHARE = 0.85;
/** "Fewer than 20 %, not listed" as one number. */
const UNLISTED_SHARE = 0.08;
/** A unit of some of the Guide's combinations: about every second. */
const VARIANT_SHARE = 0.45;

/**
 * What a resting face shows by its build or by chance. Our estimate: no published rates; lips a little apart, corners or
 * chin a little set, lids a little narrow are the usual false alarms on neutral photographs.
 */
const AT_REST: Partial<Likelihoods> = {
  AU7: 0.1, AU14: 0.1, AU15: 0.1, AU17: 0.1, AU24: 0.1, AU23: 0.08, AU25: 0.12, AU4: 0.08,
}; // biome-ignore format: one table
const AT_REST_OTHERWISE = 0.05;

/**
 * Where both sources are wrong about pictures: the two mouth openings exclude each other, so AU27 takes a part of AU26's
 * share (EMFACS lists "26 or 27"); a nose wrinkle drags the brows down and narrows the eyes (FACS manual, AU9), and posed
 * disgust is rarely without either; the sadness of the International Core Patterns is 4+43+54 (Cordaro et al. 2018). Our
 * estimates.
 */
const CORRECTIONS: Partial<Record<ExpressionLabel, Partial<Likelihoods>>> = {
  surprise: { AU27: 0.4 },
  fear: { AU27: 0.2 },
  disgust: { AU4: 0.45, AU7: 0.4, AU6: 0.25 },
  sadness: { AU43: 0.25 },
  contempt: { AU14: 0.5, AU12: 0.35, AU24: 0.15, AU17: 0.15, AU10: 0.12 },
};

const fromEntry = (code: ActionUnitCode, entry: EmfacsEntry): number => {
  if (entry.core.includes(code)) {
    return PROTOTYPE_SHARE;
  }
  return entry.variants.includes(code) ? VARIANT_SHARE : UNLISTED_SHARE;
};

const fromRow = (code: ActionUnitCode, row: DuRow): number =>
  row.prototype.includes(code) ? PROTOTYPE_SHARE : (row.variants[code] ?? UNLISTED_SHARE);

const mean = (first: number, second: number): number => (first + second) / 2;

const expressionShare = (label: ExpressionLabel, code: ActionUnitCode): number => {
  if (label === 'neutral') {
    return AT_REST[code] ?? AT_REST_OTHERWISE;
  }
  const corrected = CORRECTIONS[label]?.[code];
  if (corrected !== undefined) {
    return corrected;
  }
  return label === 'contempt'
    ? (AT_REST[code] ?? AT_REST_OTHERWISE)
    : mean(fromRow(code, DU_2014[label]), fromEntry(code, EMFACS[label]));
};

/**
 * P(action unit | expression). For the six that both sources have, it is the mean of what Du, Tao & Martinez's subjects
 * showed (posing after a situation) and of the coders' combinations (posing by muscle): photographs are made both ways.
 * Contempt is a face at rest but for its lip corner (`ONE_SIDED_LIP_CORNER`) and the units given above; `neutral` and the
 * corrections are our estimates.
 */
export const EXPRESSION_LIKELIHOODS: Record<ExpressionLabel, Likelihoods> = recordOf(EXPRESSION_LABELS, (label) =>
  recordOf(ACTION_UNIT_CODES, (code) => expressionShare(label, code)),
);

/** P(action unit | compound expression): Du, Tao & Martinez 2014 alone; nobody else has tabulated the compounds. */
export const COMPOUND_LIKELIHOODS: Record<CompoundLabel, Likelihoods> = recordOf(COMPOUND_LABELS, (label) =>
  recordOf(ACTION_UNIT_CODES, (code) => fromRow(code, DU_2014[label])),
);
