/** Worker side: which parts of a still a model's answer hangs on, by hiding one part after another. */
import { ACTION_UNIT_CODES } from '../contracts/action-unit.ts';
import type { ModelAttribution } from '../contracts/attention.ts';
import { EXPRESSION_LABELS } from '../contracts/expression.ts';
import type { Still } from '../contracts/still.ts';
import { insidePolygon } from '../kit/inside-polygon.ts';
import type { FaceEngine } from './face/face-engine.ts';
import type { RgbImage } from './face/image.ts';
import { type FaceLandmarks, LANDMARK_COUNT } from './face/landmarks.ts';
import { boxOfLandmarks, regionOfLandmarks } from './face/region.ts';

/** Cells along each side of the face, and how many of them are hidden at once: fine enough to tell an eye from a brow. */
const CELLS = 14;
const HIDDEN = 3;
/** The grid reaches this far (share of the face's box) beyond the landmarks, which end below the hair. */
const MARGIN = 0.06;
/** Outline of the face on the mesh, as in MediaPipe's canonical face. */
const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
  136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const; // biome-ignore format: one table

type Target = ModelAttribution['target'];
type Answer = {
  target: Target;
  valueOf: (image: RgbImage, landmarks: FaceLandmarks) => Promise<number>;
  value: number;
};

/**
 * Occlusion sensitivity of the leading expression (log-odds) or, without an expression model, of the action unit that
 * rises furthest over its threshold (0–5). The hidden part is painted in the mean colour of the face; the mesh runs
 * again on each picture, because landmarks are part of what the heads see.
 *
 * @param onStep called now and then: the sign of life
 */
export const attributeStill = async (
  engine: FaceEngine,
  still: Still,
  onStep: (done: number) => void,
): Promise<ModelAttribution | null> => {
  const image = await decode(still);
  const { landmarks } = await engine.mesh.run(image, regionOfLandmarks(pointsOf(still)));
  const answer = await answerOf(engine, image, landmarks);
  if (answer === null) {
    return null;
  }
  const grid = gridOf(landmarks);
  const oval = OVAL.map((point) => [landmarks[3 * point] ?? 0, landmarks[3 * point + 1] ?? 0] as const);
  const [cellWidth, cellHeight] = [grid.width / CELLS, grid.height / CELLS];
  const colour = meanColour(image, grid);
  const region = regionOfLandmarks(landmarks);
  const cells: Array<number | null> = [];
  for (let cell = 0; cell < CELLS * CELLS; cell += 1) {
    const x = grid.x + ((cell % CELLS) + 0.5) * cellWidth;
    const y = grid.y + (Math.floor(cell / CELLS) + 0.5) * cellHeight;
    if (!insidePolygon(oval, x, y)) {
      cells.push(null);
      continue;
    }
    const hidden = withHidden(image, { x, y, width: HIDDEN * cellWidth, height: HIDDEN * cellHeight }, colour);
    const seen = await engine.mesh.run(hidden, region);
    const value = await answer.valueOf(hidden, seen.landmarks);
    cells.push(Math.round((answer.value - value) * 1e4) / 1e4 + 0);
    onStep(cells.length);
  }
  return {
    subject: still.subject,
    ms: still.ms,
    target: answer.target,
    unit: answer.target.kind === 'expression' ? 'log-odds' : 'intensity',
    grid: { ...grid, columns: CELLS, rows: CELLS, patch: HIDDEN },
    cells,
  };
};

const decode = async ({ jpeg }: Still): Promise<RgbImage> => {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
};

const pointsOf = ({ landmarks }: Still): FaceLandmarks => {
  const points = new Float32Array(LANDMARK_COUNT * 3);
  for (const [index, [x, y]] of landmarks.entries()) {
    points.set([x, y, 0], index * 3);
  }
  return points;
};

const answerOf = async (
  { expression, actionUnits }: FaceEngine,
  image: RgbImage,
  landmarks: FaceLandmarks,
): Promise<Answer | null> => {
  if (expression !== null) {
    const { scores } = await expression(image, landmarks);
    const label = EXPRESSION_LABELS.reduce((best, each) => (scores[each] > scores[best] ? each : best));
    return {
      target: { kind: 'expression', label, score: Math.min(1, Math.max(0, scores[label])) },
      value: logOdds(scores[label]),
      valueOf: async (hidden, points) => logOdds((await expression(hidden, points)).scores[label]),
    };
  }
  if (actionUnits === null) {
    return null;
  }
  const { units: readings } = await actionUnits.read(image, landmarks);
  const over = (code: (typeof ACTION_UNIT_CODES)[number]): number =>
    (readings[code]?.both ?? Number.NEGATIVE_INFINITY) - (actionUnits.thresholds[code] ?? 0);
  const code = ACTION_UNIT_CODES.reduce((best, each) => (over(each) > over(best) ? each : best));
  const intensity = readings[code]?.both;
  return intensity === undefined
    ? null
    : {
        target: { kind: 'action-unit', code, intensity },
        value: intensity,
        valueOf: async (hidden, points) => (await actionUnits.read(hidden, points)).units[code]?.both ?? 0,
      };
};

/** Probabilities near 1 hardly move; their odds do. */
const logOdds = (probability: number): number => {
  const held = Math.min(1 - 1e-4, Math.max(1e-4, probability));
  return Math.log(held / (1 - held));
};

type Rectangle = { x: number; y: number; width: number; height: number };

const gridOf = (landmarks: FaceLandmarks): Rectangle => {
  const { x, y, width, height } = boxOfLandmarks(landmarks);
  const [across, down] = [width * MARGIN, height * MARGIN];
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
};

const bounds = ({ x, y, width, height }: Rectangle, image: RgbImage) => ({
  left: Math.max(0, Math.round(x)),
  top: Math.max(0, Math.round(y)),
  right: Math.min(image.width, Math.round(x + width)),
  bottom: Math.min(image.height, Math.round(y + height)),
});

const meanColour = (image: RgbImage, area: Rectangle): readonly [number, number, number] => {
  const { left, top, right, bottom } = bounds(area, image);
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let row = top; row < bottom; row += 2) {
    for (let column = left; column < right; column += 2) {
      const at = (row * image.width + column) * 3;
      red += image.data[at] ?? 0;
      green += image.data[at + 1] ?? 0;
      blue += image.data[at + 2] ?? 0;
      count += 1;
    }
  }
  const pixels = Math.max(1, count);
  return [red / pixels, green / pixels, blue / pixels];
};

/** A copy of the picture with a patch around a point painted over. */
const withHidden = (image: RgbImage, centred: Rectangle, colour: readonly [number, number, number]): RgbImage => {
  const { x, y, width, height } = centred;
  const { left, top, right, bottom } = bounds({ x: x - width / 2, y: y - height / 2, width, height }, image);
  const data = Uint8Array.from(image.data);
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      data.set(colour, (row * image.width + column) * 3);
    }
  }
  return { ...image, data };
};
