import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  EXPRESSION_LABELS,
  SIDED_ACTION_UNITS,
} from '../../contracts/index.ts';

/** AU43 is worded by `observe` from the lid closure of AU45; no head measures it frame by frame. */
export const CSV_UNITS: readonly ActionUnitCode[] = ACTION_UNIT_CODES.filter((code) => code !== 'AU43');
export const CSV_SIDED_UNITS: readonly ActionUnitCode[] = SIDED_ACTION_UNITS;

/** `AU1` as OpenFace writes it: `AU01`. */
const padded = (code: ActionUnitCode): string => `AU${code.slice(2).padStart(2, '0')}`;

/** The header line of `observe --format csv` (DESIGN §5), the same for every input and every model. */
export const CSV_COLUMNS: readonly string[] = [
  'input',
  'frame',
  'timestamp',
  'face_id',
  'confidence',
  'success',
  'face_x',
  'face_y',
  'face_w',
  'face_h',
  'pose_Rx',
  'pose_Ry',
  'pose_Rz',
  'gaze_angle_x',
  'gaze_angle_y',
  ...CSV_UNITS.map((code) => `${padded(code)}_r`),
  ...CSV_SIDED_UNITS.flatMap((code) => [`${padded(code)}L_r`, `${padded(code)}R_r`]),
  ...CSV_UNITS.map((code) => `${padded(code)}_c`),
  ...EXPRESSION_LABELS.map((label) => `expression_${label}`),
  'valence',
  'arousal',
];
