import { stringify } from 'csv-stringify/sync';
import { EXPRESSION_LABELS, type Percepts, type SubjectPercepts } from '../../contracts/index.ts';
import { plain } from '../view/plain.ts';
import { CSV_COLUMNS, CSV_SIDED_UNITS, CSV_UNITS } from './columns.ts';

type Cell = string | number | null;

/** The header line, with its line end. */
export const csvHeader = (): string => stringify([[...CSV_COLUMNS]]);

/**
 * The rows of one input, a few hundred a piece, in the order of the frames and within a frame of the people. A frame
 * without a face is one row with `success` 0 and empty measurements. What was not measured is empty, never 0.
 *
 * `face_id` is whyface's own (`P1`), so that rows and observations can be joined. `timestamp` is seconds. Poses and
 * gaze angles are radians with OpenFace's signs (camera frame, x to the right of the picture, y down): `pose_Rx`
 * positive looks down, `pose_Ry` positive is turned to the person's own right, `pose_Rz` positive leans to the own
 * left shoulder; `gaze_angle_x` positive looks to the own left, `gaze_angle_y` positive looks down; both angles are
 * those of the eyes plus those of the head (OpenFace wiki, "Output Format").
 */
export function* csvRows(input: string, percepts: Percepts): Generator<string> {
  const name = guarded(input);
  const places = new Map<number, Array<{ subject: SubjectPercepts; index: number }>>();
  for (const subject of percepts.subjects) {
    for (const [index, frame] of subject.frame.entries()) {
      const here = places.get(frame);
      if (here === undefined) {
        places.set(frame, [{ subject, index }]);
      } else {
        here.push({ subject, index });
      }
    }
  }
  let rows: Cell[][] = [];
  for (const [position, frame] of percepts.frames.frame.entries()) {
    const seconds = (percepts.frames.t[position] ?? 0) / 1000;
    const faces = places.get(frame) ?? [];
    if (faces.length === 0) {
      rows.push([name, frame, seconds, null, 0, 0, ...EMPTY_MEASUREMENTS]);
    }
    for (const { subject, index } of faces) {
      rows.push([name, frame, seconds, subject.id, ...measurements(subject, index)]);
    }
    if (rows.length >= ROWS_A_PIECE) {
      yield stringify(rows);
      rows = [];
    }
  }
  if (rows.length > 0) {
    yield stringify(rows);
  }
}

const ROWS_A_PIECE = 400;
const LEADING_COLUMNS = 6;
const EMPTY_MEASUREMENTS: readonly null[] = CSV_COLUMNS.slice(LEADING_COLUMNS).map(() => null);

const measurements = (subject: SubjectPercepts, index: number): Cell[] => {
  const { head, gaze, expression, affect, box } = subject;
  const pitch = head.pitch[index];
  const yaw = head.yaw[index];
  return [
    decimals(subject.confidence[index], 3),
    1,
    decimals(box.x[index], 1),
    decimals(box.y[index], 1),
    decimals(box.width[index], 1),
    decimals(box.height[index], 1),
    radians(negated(pitch)),
    radians(negated(yaw)),
    radians(head.roll[index]),
    radians(sum(yaw, gaze?.yaw[index])),
    radians(negated(sum(pitch, gaze?.pitch[index]))),
    ...CSV_UNITS.map((code) => decimals(subject.actionUnits[code]?.both[index], 3)),
    ...CSV_SIDED_UNITS.flatMap((code) => {
      const columns = subject.actionUnits[code];
      return [decimals(columns?.left?.[index], 3), decimals(columns?.right?.[index], 3)];
    }),
    ...CSV_UNITS.map((code) => {
      const columns = subject.actionUnits[code];
      const value = columns?.both[index] ?? null;
      return columns === undefined || value === null ? null : Number(value >= columns.threshold);
    }),
    ...EXPRESSION_LABELS.map((label) => decimals(expression?.[label][index], 4)),
    decimals(affect?.valence[index], 4),
    decimals(affect?.arousal[index], 4),
  ];
};

type Reading = number | null | undefined;

const decimals = (value: Reading, places: number): number | null => {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return null;
  }
  const scale = 10 ** places;
  // `+ 0` turns a negative zero into 0.
  return Math.round(value * scale) / scale + 0;
};

const radians = (degrees: Reading): number | null =>
  degrees === null || degrees === undefined ? null : decimals((degrees * Math.PI) / 180, 4);

const negated = (value: Reading): Reading => (value === null || value === undefined ? null : -value);

const sum = (a: Reading, b: Reading): Reading =>
  a === null || a === undefined || b === null || b === undefined ? null : a + b;

/** A name that a spreadsheet will not take for a formula (OWASP, CSV injection). */
const guarded = (name: string): string => {
  const text = plain(name);
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
};
