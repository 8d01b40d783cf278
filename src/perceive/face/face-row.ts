/** One face in one frame as a row of numbers; columns of such rows are what leaves a worker. */
import { ACTION_UNIT_CODES, type ActionUnitCode } from '../../contracts/action-unit.ts';
import { EXPRESSION_LABELS, type ExpressionLabel } from '../../contracts/expression.ts';
import { FACE_REGIONS } from '../../contracts/percepts.ts';
import { BLENDSHAPE_NAMES } from './blendshapes.ts';
import type { FaceEngine } from './face-engine.ts';
import { measureEyes } from './gaze.ts';
import { headGeometry } from './head-pose.ts';
import type { RgbImage } from './image.ts';
import { LANDMARKS } from './landmark-indices.ts';
import type { FaceLandmarks } from './landmarks.ts';
import { measurePhotometry } from './photometry.ts';
import { boxOfLandmarks } from './region.ts';
import { clear, measureVisibility } from './visibility.ts';

const BASE = [
  'confidence',
  'x',
  'y',
  'width',
  'height',
  'interOcular',
  'yaw',
  'pitch',
  'roll',
  'gazeYaw',
  'gazePitch',
  'sharpness',
  'brightness',
] as const;

type BaseColumn = (typeof BASE)[number];
type Region = (typeof FACE_REGIONS)[number];
export type ActionUnitSide = 'both' | 'left' | 'right';
export type ColumnName =
  | BaseColumn
  | `visibility.${Region}`
  | `${ActionUnitCode}.${ActionUnitSide}`
  | `expression.${ExpressionLabel}`
  | 'valence'
  | 'arousal'
  | `blendshape.${string}`;

/** Every column, in the order of a row. `NaN` stands for no value. */
export const COLUMNS: readonly ColumnName[] = [
  ...BASE,
  ...FACE_REGIONS.map((region): ColumnName => `visibility.${region}`),
  ...ACTION_UNIT_CODES.flatMap((code): ColumnName[] => [`${code}.both`, `${code}.left`, `${code}.right`]),
  ...EXPRESSION_LABELS.map((label): ColumnName => `expression.${label}`),
  'valence',
  'arousal',
  ...BLENDSHAPE_NAMES.map((name): ColumnName => `blendshape.${name}`),
];

const POSITIONS: ReadonlyMap<ColumnName, number> = new Map(COLUMNS.map((name, index) => [name, index]));

/** Position of a column in a row. */
export const columnIndex = (name: ColumnName): number => POSITIONS.get(name) ?? -1;

/** What the mesh found, and where the crop it looked at still is. */
export type MeasuredFace = { landmarks: FaceLandmarks; score: number };

/**
 * Measures one face. The mesh's crop must still be the one this face was found in.
 *
 * @param scale pixels of the upright original for one pixel of `image`
 */
export const measureRow = async (
  engine: FaceEngine,
  image: RgbImage,
  face: MeasuredFace,
  scale: number,
): Promise<Float32Array> => {
  const { landmarks, score } = face;
  const row = new Float32Array(COLUMNS.length).fill(Number.NaN);
  const set = (name: ColumnName, value: number): void => {
    row[columnIndex(name)] = value;
  };
  const photometry = measurePhotometry(engine.mesh.crop, engine.mesh.side, engine.mesh.layout);
  const head = headGeometry(landmarks, image.width, image.height);
  const eyes = measureEyes(head);
  const box = boxOfLandmarks(landmarks);
  const visibility = measureVisibility(landmarks, head, image.width, image.height, score);
  const [outerRight, outerLeft] = [LANDMARKS.rightEyeOuter * 3, LANDMARKS.leftEyeOuter * 3];
  set('confidence', score);
  set('x', box.x * scale);
  set('y', box.y * scale);
  set('width', box.width * scale);
  set('height', box.height * scale);
  set(
    'interOcular',
    scale *
      Math.hypot(
        (landmarks[outerRight] ?? 0) - (landmarks[outerLeft] ?? 0),
        (landmarks[outerRight + 1] ?? 0) - (landmarks[outerLeft + 1] ?? 0),
      ),
  );
  set('yaw', head.pose.yaw);
  set('pitch', head.pose.pitch);
  set('roll', head.pose.roll);
  set('gazeYaw', eyes.gaze?.yaw ?? Number.NaN);
  set('gazePitch', eyes.gaze?.pitch ?? Number.NaN);
  set('sharpness', photometry.sharpness);
  set('brightness', photometry.brightness);
  if (engine.actionUnits !== null) {
    const { units, covered } = await engine.actionUnits.read(image, landmarks);
    for (const region of FACE_REGIONS) {
      visibility[region] *= clear(covered[region]);
    }
    for (const code of ACTION_UNIT_CODES) {
      const unit = units[code];
      if (unit !== undefined) {
        set(`${code}.both`, unit.both);
        set(`${code}.left`, unit.left ?? Number.NaN);
        set(`${code}.right`, unit.right ?? Number.NaN);
      }
    }
  }
  for (const region of FACE_REGIONS) {
    set(`visibility.${region}`, visibility[region]);
  }
  if (engine.expression !== null) {
    const { scores, valence, arousal } = await engine.expression(image, landmarks);
    for (const label of EXPRESSION_LABELS) {
      set(`expression.${label}`, scores[label]);
    }
    set('valence', valence);
    set('arousal', arousal);
  }
  if (engine.blendshapes !== null) {
    const scores = await engine.blendshapes(landmarks);
    row.set(scores.subarray(0, BLENDSHAPE_NAMES.length), columnIndex(`blendshape.${BLENDSHAPE_NAMES[0]}`));
  }
  return row;
};
