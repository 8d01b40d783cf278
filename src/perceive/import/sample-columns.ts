import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  type ActionUnitColumns,
  EXPRESSION_LABELS,
  type SubjectPercepts,
} from '../../contracts/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { Seen } from './people.ts';
import { presenceThreshold } from './presence-threshold.ts';
import { SCALES } from './scales.ts';
import type { TableLayout } from './table-layout.ts';

type Column = Array<number | null>;

/** Reads fields of a sample by name; `NaN` where the table has no such column or the cell is empty. */
export type ReadField = (sample: Seen, name: string) => number;

export const fieldReader = ({ fields }: TableLayout): ReadField => {
  const places = new Map(fields.map(({ name }, place) => [name, place]));
  return (sample, name) => {
    const place = places.get(name);
    return place === undefined ? Number.NaN : (sample.values[place] ?? Number.NaN);
  };
};

/** Share of a face's box (landmarks to landmarks) between the outer corners of the eyes; measured on frontal faces. */
const EYES_OF_BOX = 0.62;
const INTENSITY_DECIMALS = 3;

/** The box of a face in pixels, however the table gives it; `null` where it does not. */
export const boxOf = (read: ReadField, sample: Seen): Seen['box'] => {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => read(sample, name));
  const box = { x: x ?? Number.NaN, y: y ?? Number.NaN, width: width ?? Number.NaN, height: height ?? Number.NaN };
  return Object.values(box).every(Number.isFinite) ? box : sample.box;
};

/** The samples of one person as columns; `thresholds` are those of the whole table. */
export const subjectOf = (
  id: string,
  samples: readonly Seen[],
  { layout, read, thresholds, msOf }: SubjectNeeds,
): SubjectPercepts => {
  const column = (name: string, decimals: number, low = -1e6, high = 1e6): Column =>
    samples.map((sample) => rounded(read(sample, name), decimals, low, high));
  const derived = (value: (sample: Seen) => number, decimals: number): Column =>
    samples.map((sample) => rounded(value(sample), decimals, -1e6, 1e6));
  const has = (name: string): boolean => layout.fields.some((field) => field.name === name);
  const boxes = samples.map((sample) => boxOf(read, sample));
  const placed = boxes.flatMap((box) => (box === null ? [] : [box]));
  const whole = placed.length === samples.length ? placed : [];
  const actionUnits: SubjectPercepts['actionUnits'] = {};
  for (const [code, threshold] of thresholds) {
    actionUnits[code] = unitColumns(code, threshold, { column, derived, has, read });
  }
  const nothing: Column = samples.map(() => null);
  return {
    id,
    t: samples.map(msOf),
    frame: samples.map(({ frame }) => frame),
    confidence: samples.map((sample) => rounded(read(sample, 'confidence'), 3, 0, 1) ?? 1),
    // Empty where a table does not say where the faces are: a place of 0 would be a statement.
    box: {
      x: whole.map(({ x }) => near(x)),
      y: whole.map(({ y }) => near(y)),
      width: whole.map(({ width }) => near(width)),
      height: whole.map(({ height }) => near(height)),
    },
    interOcular: eyeDistances(samples, whole, read),
    head: { yaw: column('yaw', 2), pitch: column('pitch', 2), roll: column('roll', 2) },
    gaze: gazeOf(has, column, derived, read),
    actionUnits,
    visibility: {},
    sharpness: nothing,
    brightness: nothing,
    expression: EXPRESSION_LABELS.some((label) => has(`expression.${label}`))
      ? recordOf(EXPRESSION_LABELS, (label) => column(`expression.${label}`, 4, 0, 1))
      : null,
    affect:
      has('valence') && has('arousal')
        ? { valence: column('valence', 4, -1, 1), arousal: column('arousal', 4, -1, 1) }
        : null,
    blendshapes: null,
  };
};

export type SubjectNeeds = {
  layout: TableLayout;
  read: ReadField;
  thresholds: ReadonlyMap<ActionUnitCode, number>;
  msOf: (sample: Seen) => number;
};

type Columns = {
  column: (name: string, decimals: number, low?: number, high?: number) => Column;
  derived: (value: (sample: Seen) => number, decimals: number) => Column;
  has: (name: string) => boolean;
  read: ReadField;
};

const unitColumns = (
  code: ActionUnitCode,
  threshold: number,
  { column, derived, has, read }: Columns,
): ActionUnitColumns => {
  const sided = has(`${code}.left`) && has(`${code}.right`);
  return {
    both: has(`${code}.both`)
      ? column(`${code}.both`, INTENSITY_DECIMALS, 0, 5)
      : derived((sample) => presentAs(read(sample, `${code}.present`)), INTENSITY_DECIMALS),
    left: sided ? column(`${code}.left`, INTENSITY_DECIMALS, 0, 5) : null,
    right: sided ? column(`${code}.right`, INTENSITY_DECIMALS, 0, 5) : null,
    threshold,
  };
};

/** Presence without intensity: the least intensity that can be present. */
const presentAs = (presence: number): number => (Number.isNaN(presence) ? presence : Number(presence >= 0.5));

const gazeOf = (
  has: Columns['has'],
  column: Columns['column'],
  derived: Columns['derived'],
  read: ReadField,
): SubjectPercepts['gaze'] => {
  if (has('gazeYaw') && has('gazePitch')) {
    return { yaw: column('gazeYaw', 2), pitch: column('gazePitch', 2) };
  }
  if (!(has('gazeAcross') && has('gazeDown') && has('yaw') && has('pitch'))) {
    return null;
  }
  // These angles are of the eyes in the world; ours are relative to the head.
  return {
    yaw: derived((sample) => read(sample, 'gazeAcross') - read(sample, 'yaw'), 2),
    pitch: derived((sample) => -read(sample, 'gazeDown') - read(sample, 'pitch'), 2),
  };
};

const eyeDistances = (samples: readonly Seen[], boxes: ReadonlyArray<{ width: number }>, read: ReadField): number[] => {
  const distances = samples.map((sample, index) => {
    const eyes = Math.hypot(
      read(sample, 'eyeX45') - read(sample, 'eyeX36'),
      read(sample, 'eyeY45') - read(sample, 'eyeY36'),
    );
    return Number.isNaN(eyes) ? (boxes[index]?.width ?? Number.NaN) * EYES_OF_BOX : eyes;
  });
  return distances.every(Number.isFinite) ? distances.map(near) : [];
};

/** From which intensity each unit of the table counts as present, by the presence it states; in the order of the units. */
export const thresholdsOf = (
  layout: TableLayout,
  people: ReadonlyArray<readonly Seen[]>,
  read: ReadField,
): Map<ActionUnitCode, number> => {
  const usual = SCALES[layout.product].threshold;
  const thresholds = new Map<ActionUnitCode, number>();
  for (const code of ACTION_UNIT_CODES) {
    const [both, present] = [`${code}.both`, `${code}.present`];
    const has = (name: string): boolean => layout.fields.some((field) => field.name === name);
    if (!has(both) && !has(present)) {
      continue;
    }
    const pairs: Array<{ intensity: number; present: boolean }> = [];
    let values = 0;
    for (const sample of people.flat()) {
      const [intensity, presence] = [read(sample, both), read(sample, present)];
      values += Number.isNaN(has(both) ? intensity : presence) ? 0 : 1;
      if (!Number.isNaN(intensity) && !Number.isNaN(presence)) {
        pairs.push({ intensity: Math.min(5, Math.max(0, intensity)), present: presence >= 0.5 });
      }
    }
    // A column without a value is no measurement.
    if (values > 0) {
      thresholds.set(code, pairs.length === 0 ? usual : presenceThreshold(pairs, usual));
    }
  }
  return thresholds;
};

const rounded = (value: number, decimals: number, low: number, high: number): number | null => {
  if (!Number.isFinite(value)) {
    return null;
  }
  const factor = 10 ** decimals;
  return Math.round(Math.min(high, Math.max(low, value)) * factor) / factor + 0;
};

const near = (value: number): number => Math.round(value * 10) / 10 + 0;
