import { createHash } from 'node:crypto';
import type { ActionUnitCode, ActionUnitColumns, Percepts } from '../../src/contracts/index.ts';

/**
 * FEAFA's 24 action units (arXiv 1904.01509; the order of ExpLLM's `au` lists, confirmed by the words of its chains):
 * left and right eye closure, lid raise, brow lowering and brow raise; jaw drop, jaw left and right; left and right
 * lip-corner pull and stretch; upper and lower lip suck, jaw thrust, upper-lip raise, lower-lip drop, chin raise, lip
 * pucker, cheek puff, nose wrinkle. 0 to 1.
 */
export const FEAFA_UNITS = 24;

/** FACS codes by the places of the left, right and whole values. */
const CODES: ReadonlyArray<{ code: ActionUnitCode; left?: number; right?: number; both?: readonly number[] }> = [
  { code: 'AU1', left: 6, right: 7 },
  { code: 'AU2', left: 6, right: 7 },
  { code: 'AU4', left: 4, right: 5 },
  { code: 'AU5', left: 2, right: 3 },
  { code: 'AU9', both: [23] },
  { code: 'AU10', both: [18] },
  { code: 'AU12', left: 11, right: 12 },
  { code: 'AU16', both: [19] },
  { code: 'AU17', both: [20] },
  { code: 'AU18', both: [21] },
  { code: 'AU20', left: 13, right: 14 },
  { code: 'AU26', both: [8] },
  { code: 'AU28', both: [15, 16] },
  { code: 'AU45', left: 0, right: 1 },
];

/** Codes that such a list can tell. */
export const FEAFA_CODES: readonly ActionUnitCode[] = CODES.map(({ code }) => code);

/** The 0–1 magnitudes on the 0–5 scale. */
const SCALE = 5;
const THRESHOLD = 1;

/** One row of FEAFA values as the percepts of a photo: what the 24 units cannot tell is not there. */
export const perceptsOfFeafa = (values: readonly number[], name: string): Percepts => {
  const at = (index: number | undefined): number =>
    index === undefined ? 0 : Math.min(SCALE, Math.max(0, (values[index] ?? 0) * SCALE));
  const columns = CODES.map(({ code, left, right, both }): [ActionUnitCode, ActionUnitColumns] => {
    const whole = both === undefined ? Math.max(at(left), at(right)) : Math.max(...both.map(at));
    const sided = left !== undefined && right !== undefined;
    return [
      code,
      { both: [whole], left: sided ? [at(left)] : null, right: sided ? [at(right)] : null, threshold: THRESHOLD },
    ];
  });
  const nothing = [null];
  return {
    schema: 'whyface/percepts@1',
    clip: {
      digest: createHash('sha256')
        .update(`${name}\n${JSON.stringify(values)}`)
        .digest('hex'),
      // A still face: the values stand for a picture that is not here.
      kind: 'image',
      durationMs: 0,
      width: null,
      height: null,
      fps: null,
      hasAudio: false,
      hasSpeech: null,
    },
    sampling: { fps: 0, frames: 1 },
    frames: { t: [0], frame: [0] },
    subjects: [
      {
        id: 'P1',
        t: [0],
        frame: [0],
        confidence: [1],
        box: { x: [0], y: [0], width: [200], height: [240] },
        interOcular: [100],
        head: { yaw: nothing, pitch: nothing, roll: nothing },
        gaze: null,
        actionUnits: Object.fromEntries(columns),
        visibility: {},
        sharpness: nothing,
        brightness: nothing,
        expression: null,
        affect: null,
        blendshapes: null,
      },
    ],
    models: [{ id: 'feafa-24-action-units', version: '1', digest: '' }],
    notMeasured: [
      {
        what: 'action units AU6, AU7, AU14, AU15, AU22, AU23, AU24, AU25, AU27',
        why: 'The 24 units of FEAFA do not tell them.',
      },
    ],
    warnings: [],
  };
};

/** The 24 FEAFA values of measured FACS intensities (0–5), for ExpLLM's layout; what FACS codes do not tell is 0. */
export const feafaOf = (
  units: ReadonlyMap<ActionUnitCode, { left: number; right: number; both: number }>,
): number[] => {
  const list = new Array<number>(FEAFA_UNITS).fill(0);
  for (const { code, left, right, both } of CODES) {
    const unit = units.get(code);
    if (unit === undefined) {
      continue;
    }
    const put = (index: number, value: number): void => {
      list[index] = Math.max(list[index] ?? 0, Math.round((value / SCALE) * 10_000) / 10_000);
    };
    if (left !== undefined && right !== undefined) {
      put(left, unit.left);
      put(right, unit.right);
    }
    for (const index of both ?? []) {
      put(index, unit.both);
    }
  }
  return list;
};
