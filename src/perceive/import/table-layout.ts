import { ACTION_UNIT_CODES, type ActionUnitCode, EXPRESSION_LABELS } from '../../contracts/index.ts';
import { EXPRESSION_COLUMNS, FACE_ID_COLUMNS, type Product, SCALES } from './scales.ts';

/** One number of a face that the table gives: from which column, and what turns it into ours. */
export type Field = { name: string; column: string; gain: number };

/** What a header line promises. */
export type TableLayout = {
  product: Product;
  /** Numbers of a face, `AU12.both`, `AU12.present`, `yaw`, `expression.anger` …, in the order of a sample's values. */
  fields: readonly Field[];
  /** Columns of other kinds, by what they tell; `null` where the table has none. */
  columns: Readonly<Record<'input' | 'frame' | 'seconds' | 'clock' | 'face' | 'success', string | null>>;
  /** Columns `x_0`, `y_0` … of the 68 points of a face, where a box has to be made of them. */
  points: ReadonlyArray<readonly [x: string, y: string]>;
  /** Units that the table has and whyface does not know. */
  unknownUnits: readonly string[];
};

const DEGREES = 180 / Math.PI;
/** Number of points in the 68-point layout that OpenFace and py-feat share; 36 and 45 are the outer corners of the eyes. */
const POINTS = 68;
const padded = (code: ActionUnitCode): string => `AU${code.slice(2).padStart(2, '0')}`;

/** Reads a header line; `null` where it names no action unit. */
export const layoutOf = (header: readonly string[]): TableLayout | null => {
  const has = (column: string): boolean => header.includes(column);
  const first = (names: readonly string[]): string | null => names.find(has) ?? null;
  const product = productOf(header);
  if (product === null) {
    return null;
  }
  const { gain } = SCALES[product];
  const wanted: Field[] = [
    field('confidence', first(['confidence', 'FaceScore'])),
    field('x', first(['face_x', 'FaceRectX'])),
    field('y', first(['face_y', 'FaceRectY'])),
    field('width', first(['face_w', 'FaceRectWidth'])),
    field('height', first(['face_h', 'FaceRectHeight'])),
    ...['36', '45'].flatMap((point) => [field(`eyeX${point}`, `x_${point}`), field(`eyeY${point}`, `y_${point}`)]),
    // Signs as in src/present/csv/rows.ts. py-feat's head angles change sign and unit between versions: left out.
    field('pitch', 'pose_Rx', -DEGREES),
    field('yaw', 'pose_Ry', -DEGREES),
    field('roll', 'pose_Rz', DEGREES),
    field('gazeAcross', 'gaze_angle_x', DEGREES),
    field('gazeDown', 'gaze_angle_y', DEGREES),
    // py-feat: radians relative to the head, positive up and towards the right of the picture.
    field('gazeYaw', 'gaze_yaw', DEGREES),
    field('gazePitch', 'gaze_pitch', DEGREES),
    field('frameWidth', 'FrameWidth'),
    field('frameHeight', 'FrameHeight'),
    field('valence', 'valence'),
    field('arousal', 'arousal'),
    ...EXPRESSION_LABELS.map((label) => field(`expression.${label}`, first(EXPRESSION_COLUMNS[label]))),
    ...ACTION_UNIT_CODES.flatMap((code) => [
      field(`${code}.both`, product === 'py-feat' ? padded(code) : `${padded(code)}_r`, gain),
      field(`${code}.left`, `${padded(code)}L_r`, gain),
      field(`${code}.right`, `${padded(code)}R_r`, gain),
      field(`${code}.present`, `${padded(code)}_c`),
    ]),
  ];
  const fields = wanted.filter(({ column }) => has(column));
  const boxed = has('face_w') || has('FaceRectWidth');
  const points = boxed ? [] : Array.from({ length: POINTS }, (_, point) => [`x_${point}`, `y_${point}`] as const);
  return {
    product,
    fields,
    points: points.every(([x, y]) => has(x) && has(y)) ? points : [],
    columns: {
      input: first(['input']),
      frame: first(['frame']),
      seconds: first(['timestamp']),
      clock: first(['approx_time']),
      face: first(FACE_ID_COLUMNS),
      success: first(['success']),
    },
    unknownUnits: unknownUnits(header),
  };
};

const field = (name: string, column: string | null, gain = 1): Field => ({ name, column: column ?? '', gain });

const productOf = (header: readonly string[]): Product | null => {
  if (header.some((column) => /^AU\d\d_[rc]$/.test(column))) {
    return header.includes('expression_anger') || header.includes('AU01L_r') ? 'whyface' : 'openface';
  }
  return header.some((column) => /^AU\d\d$/.test(column)) ? 'py-feat' : null;
};

const KNOWN: ReadonlySet<string> = new Set(ACTION_UNIT_CODES.map(padded));

const unknownUnits = (header: readonly string[]): string[] => {
  const named = header.flatMap((column) => /^(AU\d\d)(?:_[rc])?$/.exec(column)?.[1] ?? []);
  return [...new Set(named)].filter((code) => !KNOWN.has(code)).map((code) => code.replace(/^AU0?/, 'AU'));
};
