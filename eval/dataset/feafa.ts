import { createHash } from 'node:crypto';
import { ACTION_UNIT_CODES, type Percepts } from '../../src/contracts/index.ts';
import { FEAFA_CODES, feafaColumns } from '../../src/facs/feafa.ts';

/** One row of FEAFA values as the percepts of a photo: what the 24 units cannot tell is not there. */
export const perceptsOfFeafa = (values: readonly number[], name: string): Percepts => {
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
        actionUnits: feafaColumns(values),
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
        what: `action units ${ACTION_UNIT_CODES.filter((code) => !FEAFA_CODES.has(code)).join(', ')}`,
        why: 'The 24 units of FEAFA do not tell them.',
      },
    ],
    warnings: [],
  };
};
