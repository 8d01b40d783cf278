import sharp from 'sharp';
import { lidsClosed } from './lids.ts';
import { ANCHORS, MOVEMENTS } from './movements.ts';
import { COURSES, levelAt, swayAt } from './script.ts';
import { type Field, type Point, thinPlate } from './thin-plate.ts';

/** Side of the clip in pixels, and the square of the photo that fills it. */
export const SIDE = 512;
const SCALE = 2;
const CORNER: Point = [97, 0];
/** Every so many pixels the field is computed; between them it is interpolated. */
const GRID = 4;
const STIFFNESS = 18;
const CHANNELS = 3;

export type Photo = { pixels: Buffer; width: number; height: number; landmarks: readonly Point[] };

/** The photo at the scale of the clip, and its landmarks in that scale. */
export const openPhoto = async (path: string, landmarks: readonly Point[]): Promise<Photo> => {
  const photo = sharp(path).removeAlpha();
  const { width, height } = await photo.metadata();
  const { data, info } = await photo
    .resize(width * SCALE, height * SCALE, { kernel: 'lanczos3' })
    .sharpen({ sigma: 0.9, m1: 0.6, m2: 0.6 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const scaled = landmarks.map(([x, y]): Point => [x * SCALE, y * SCALE]);
  return { pixels: data, width: info.width, height: info.height, landmarks: scaled };
};

/** One frame, RGB. For each of its pixels the place in the photo is looked up: nothing can tear. */
export const renderFrame = (photo: Photo, ms: number): Buffer => {
  const backwards = backwardField(photo, ms);
  const { x: swayX, y: swayY, turn } = swayAt(ms);
  const [middleX, middleY] = [CORNER[0] * SCALE + SIDE / 2, CORNER[1] * SCALE + SIDE / 2];
  const nodes = SIDE / GRID + 1;
  const field = new Float64Array(nodes * nodes * 2);
  for (let row = 0; row < nodes; row += 1) {
    for (let column = 0; column < nodes; column += 1) {
      const fromX = column * GRID - SIDE / 2 - swayX;
      const fromY = row * GRID - SIDE / 2 - swayY;
      const x = middleX + fromX * Math.cos(turn) + fromY * Math.sin(turn);
      const y = middleY - fromX * Math.sin(turn) + fromY * Math.cos(turn);
      const [dx, dy] = backwards === null ? [0, 0] : backwards(x, y);
      field[(row * nodes + column) * 2] = x + dx;
      field[(row * nodes + column) * 2 + 1] = y + dy;
    }
  }
  const lids = Math.max(
    0,
    ...COURSES.filter(({ movement }) => movement === 'lidsClose').map((one) => levelAt(one, ms)),
  );
  const behindLids = lids > 0 ? lidsClosed(photo.landmarks, lids) : null;
  const frame = Buffer.alloc(SIDE * SIDE * CHANNELS);
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const [plainX, plainY] = interpolated(field, nodes, column / GRID, row / GRID);
      const [x, y] = behindLids === null ? [plainX, plainY] : behindLids(plainX, plainY);
      sample(photo, x, y, frame, (row * SIDE + column) * CHANNELS);
    }
  }
  return frame;
};

/** From a place in the moved face to the place in the photo; `null` when nothing moves. */
const backwardField = (photo: Photo, ms: number): Field | null => {
  const [right, left] = [photo.landmarks[33], photo.landmarks[263]];
  if (right === undefined || left === undefined) {
    return null;
  }
  const unit = Math.hypot(left[0] - right[0], left[1] - right[1]) / 100;
  const moved = new Map<number, [number, number]>(ANCHORS.map((index) => [index, [0, 0]]));
  for (const movement of Object.values(MOVEMENTS)) {
    for (const index of movement.keys()) {
      moved.set(index, [0, 0]);
    }
  }
  let still = true;
  for (const course of COURSES) {
    const level = levelAt(course, ms);
    if (level === 0 || course.movement === 'lidsClose') {
      continue;
    }
    still = false;
    for (const [index, [dx, dy]] of MOVEMENTS[course.movement]) {
      const sum = moved.get(index) ?? [0, 0];
      moved.set(index, [sum[0] + level * dx * unit, sum[1] + level * dy * unit]);
    }
  }
  if (still) {
    return null;
  }
  const places: Point[] = [];
  const back: Point[] = [];
  for (const [index, [dx, dy]] of moved) {
    const [x, y] = photo.landmarks[index] ?? [0, 0];
    places.push([x + dx, y + dy]);
    back.push([-dx, -dy]);
  }
  // A frame around the head that holds still, so that hair and background do.
  const [noseX, noseY] = photo.landmarks[1] ?? [0, 0];
  for (let step = 0; step < 24; step += 1) {
    const angle = (step / 24) * 2 * Math.PI;
    places.push([noseX + 175 * unit * Math.cos(angle), noseY + 185 * unit * Math.sin(angle)]);
    back.push([0, 0]);
  }
  return thinPlate(places, back, STIFFNESS);
};

const interpolated = (field: Float64Array, nodes: number, column: number, row: number): Point => {
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [across, down] = [column - left, row - top];
  const at = (c: number, r: number, axis: number): number =>
    field[(Math.min(nodes - 1, r) * nodes + Math.min(nodes - 1, c)) * 2 + axis] ?? 0;
  const mix = (axis: number): number =>
    (at(left, top, axis) * (1 - across) + at(left + 1, top, axis) * across) * (1 - down) +
    (at(left, top + 1, axis) * (1 - across) + at(left + 1, top + 1, axis) * across) * down;
  return [mix(0), mix(1)];
};

/** Catmull-Rom sampling; beyond the photo its edge goes on. */
const sample = (photo: Photo, x: number, y: number, target: Buffer, offset: number): void => {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < 4; i += 1) {
    const row = Math.min(photo.height - 1, Math.max(0, top + i - 1)) * photo.width;
    const down = weight(i, y - top);
    for (let j = 0; j < 4; j += 1) {
      const column = Math.min(photo.width - 1, Math.max(0, left + j - 1));
      const share = down * weight(j, x - left);
      const at = (row + column) * CHANNELS;
      red += share * (photo.pixels[at] ?? 0);
      green += share * (photo.pixels[at + 1] ?? 0);
      blue += share * (photo.pixels[at + 2] ?? 0);
    }
  }
  // A buffer would wrap round what lies beyond 0–255.
  target[offset] = Math.min(255, Math.max(0, Math.round(red)));
  target[offset + 1] = Math.min(255, Math.max(0, Math.round(green)));
  target[offset + 2] = Math.min(255, Math.max(0, Math.round(blue)));
};

const weight = (tap: number, t: number): number => {
  switch (tap) {
    case 0:
      return ((2 - t) * t - 1) * t * 0.5;
    case 1:
      return (t * t * (3 * t - 5) + 2) * 0.5;
    case 2:
      return ((4 - 3 * t) * t + 1) * t * 0.5;
    default:
      return (t - 1) * t * t * 0.5;
  }
};
