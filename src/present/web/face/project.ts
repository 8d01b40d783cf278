import { CANONICAL_POINTS, POINT_COUNT } from './canonical.ts';

export type Pose = { yaw: number; pitch: number; roll: number };
export type Box = { x: number; y: number; width: number; height: number };

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Turns points of the canonical frame as a head is turned (angles as in percepts).
 *
 * @returns x to the right of the picture, y down, z towards the viewer
 */
export const turned = (points: Float32Array, { yaw, pitch, roll }: Pose): Float32Array => {
  const [cy, sy] = [Math.cos(radians(yaw)), Math.sin(radians(yaw))];
  const [cp, sp] = [Math.cos(radians(pitch)), Math.sin(radians(pitch))];
  const [cr, sr] = [Math.cos(radians(roll)), Math.sin(radians(roll))];
  const result = new Float32Array(points.length);
  for (let index = 0; index < points.length; index += 3) {
    const [x, y, z] = [points[index] ?? 0, points[index + 1] ?? 0, points[index + 2] ?? 0];
    const rolledX = cr * x + sr * y;
    const rolledY = -sr * x + cr * y;
    const liftedY = cp * rolledY + sp * z;
    const liftedZ = -sp * rolledY + cp * z;
    result[index] = cy * rolledX + sy * liftedZ;
    result[index + 1] = -liftedY;
    result[index + 2] = -sy * rolledX + cy * liftedZ;
  }
  return result;
};

/**
 * Where the points of a face lie in the picture, from its box and pose alone: the canonical face, turned, and laid into
 * the box, which is that of its points.
 *
 * @returns 468 × `x, y`, pixels of the upright frame
 */
export const facePoints = (box: Box, pose: Pose, shape: Float32Array = CANONICAL_POINTS): Float32Array => {
  const points = turned(shape, pose);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let index = 0; index < points.length; index += 3) {
    const [x, y] = [points[index] ?? 0, points[index + 1] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const result = new Float32Array(POINT_COUNT * 2);
  for (let point = 0; point < POINT_COUNT; point += 1) {
    result[point * 2] = box.x + (((points[point * 3] ?? 0) - left) / (right - left)) * box.width;
    result[point * 2 + 1] = box.y + (((points[point * 3 + 1] ?? 0) - top) / (bottom - top)) * box.height;
  }
  return result;
};
