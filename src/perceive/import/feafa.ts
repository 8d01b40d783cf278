import { z } from 'zod';
import { ACTION_UNIT_CODES, type Percepts } from '../../contracts/index.ts';
import { FEAFA_CODES, FEAFA_UNITS, feafaColumns } from '../../facs/feafa.ts';
import { importInvalid } from './import-invalid.ts';
import { SCALES } from './scales.ts';

const row = z.looseObject({
  file_name: z.string().max(1000).optional(),
  au: z.array(z.number()).length(FEAFA_UNITS.length),
});
const rows = z.union([z.array(row).min(1), row.transform((single) => [single])]);
export type FeafaRow = z.infer<typeof row>;

/** Whether parsed JSON looks like FEAFA's: objects with `au`. */
export const isFeafa = (value: unknown): boolean => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null && 'au' in first;
};

/**
 * FEAFA's rows by picture.
 *
 * @throws WhyfaceError `input-invalid` naming the entry that is not 24 numbers
 */
export const feafaRows = (value: unknown, name: string): Map<string, FeafaRow> => {
  const result = rows.safeParse(value);
  if (!result.success) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const wrong = list.findIndex((entry) => !row.safeParse(entry).success);
    throw importInvalid(
      `${name}, entry ${wrong + 1}: a FEAFA entry is {"file_name": "…", "au": [${FEAFA_UNITS.length} numbers from 0 to 1]}.`,
      { entry: wrong + 1 },
    );
  }
  const parts = new Map<string, FeafaRow>();
  for (const [index, entry] of result.data.entries()) {
    const key = entry.file_name ?? (result.data.length === 1 ? '' : `entry ${index + 1}`);
    if (parts.has(key)) {
      throw importInvalid(`${name}, entry ${index + 1}: ${JSON.stringify(key.slice(0, 80))} is there twice.`, {
        entry: index + 1,
      });
    }
    parts.set(key, entry);
  }
  return parts;
};

/** One picture as percepts: magnitudes 0–1 become 0–5; units that FEAFA does not have are not measured. */
export const feafaPercepts = ({ au }: FeafaRow, digest: string): Percepts => {
  const { threshold, source } = SCALES.feafa;
  return {
    schema: 'whyface/percepts@1',
    clip: {
      digest,
      kind: 'percepts',
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
        box: { x: [], y: [], width: [], height: [] },
        interOcular: [],
        head: { yaw: [null], pitch: [null], roll: [null] },
        gaze: null,
        actionUnits: feafaColumns(au),
        visibility: {},
        sharpness: [null],
        brightness: [null],
        expression: null,
        affect: null,
        blendshapes: null,
      },
    ],
    models: [{ id: source, version: `FEAFA's 24 values; present from ${threshold} of 5`, digest: '' }],
    notMeasured: [
      ...ACTION_UNIT_CODES.filter((code) => !FEAFA_CODES.has(code)).map((code) => ({
        what: code,
        why: "It is not among FEAFA's 24 values.",
      })),
      { what: 'visibility of the parts of the face', why: 'FEAFA does not tell it.' },
      { what: 'voice and words', why: 'Facial measurements hold no sound.' },
    ],
    warnings: [],
  };
};
