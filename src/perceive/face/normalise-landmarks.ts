/**
 * Takes head pose, place and size out of a face's 478 points: the similarity that lays the points which expressions
 * hardly move (eye corners, nose bridge and tip, temples, forehead) on Google's canonical face, found in closed form
 * (Horn 1987, "Closed-form solution of absolute orientation using unit quaternions").
 */
import { POSE_BASIS } from './canonical-face.ts';
import { type FaceLandmarks, LANDMARK_COUNT } from './landmarks.ts';

/** Landmark → weight in the fit. Jaw, mouth, nostrils, cheeks and brows are left out: they are what is measured. */
const STABLE_WEIGHTS: ReadonlyMap<number, number> = new Map([
  [4, 0.5],
  [6, 1],
  [10, 0.5],
  [33, 1],
  [133, 1],
  [263, 1],
  [362, 1],
  [54, 0.3],
  [284, 0.3],
  [67, 0.3],
  [297, 0.3],
  [127, 0.4],
  [356, 0.4],
  [143, 0.4],
  [372, 0.4],
  [121, 0.5],
  [350, 0.5],
]);

type Anchor = { landmark: number; weight: number; x: number; y: number; z: number };

const ANCHORS: readonly Anchor[] = POSE_BASIS.flatMap(([landmark, , x, y, z]) => {
  const weight = STABLE_WEIGHTS.get(landmark);
  return weight === undefined ? [] : [{ landmark, weight, x, y, z }];
});

const TOTAL_WEIGHT = ANCHORS.reduce((sum, { weight }) => sum + weight, 0);

const mean = (value: (anchor: Anchor) => number): number =>
  ANCHORS.reduce((sum, anchor) => sum + anchor.weight * value(anchor), 0) / TOTAL_WEIGHT;

const CENTRE = [mean((anchor) => anchor.x), mean((anchor) => anchor.y), mean((anchor) => anchor.z)] as const;

export type NormalisedFace = {
  /**
   * 478 × `x, y, z` in centimetres of the canonical face, frontal and upright: x to the person's left, y up, z out of
   * the face.
   */
  points: Float32Array;
  /** Pixels of the picture in one centimetre. */
  pixelsPerCentimetre: number;
};

type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

/** Eigenvector of the largest eigenvalue of a symmetric 4 × 4 matrix, by Jacobi rotations. */
const leadingEigenvector = (matrix: number[][]): [number, number, number, number] => {
  const vectors = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => (row === column ? 1 : 0)));
  const at = (rows: number[][], row: number, column: number): number => rows[row]?.[column] ?? 0;
  const set = (rows: number[][], row: number, column: number, value: number): void => {
    const target = rows[row];
    if (target !== undefined) {
      target[column] = value;
    }
  };
  for (let sweep = 0; sweep < 24; sweep += 1) {
    let off = 0;
    for (let p = 0; p < 3; p += 1) {
      for (let q = p + 1; q < 4; q += 1) {
        const apq = at(matrix, p, q);
        off += apq * apq;
        if (apq === 0) {
          continue;
        }
        const theta = (at(matrix, q, q) - at(matrix, p, p)) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cos = 1 / Math.sqrt(t * t + 1);
        const sin = t * cos;
        for (let k = 0; k < 4; k += 1) {
          const kp = at(matrix, k, p);
          const kq = at(matrix, k, q);
          set(matrix, k, p, cos * kp - sin * kq);
          set(matrix, k, q, sin * kp + cos * kq);
        }
        for (let k = 0; k < 4; k += 1) {
          const pk = at(matrix, p, k);
          const qk = at(matrix, q, k);
          set(matrix, p, k, cos * pk - sin * qk);
          set(matrix, q, k, sin * pk + cos * qk);
        }
        for (let k = 0; k < 4; k += 1) {
          const kp = at(vectors, k, p);
          const kq = at(vectors, k, q);
          set(vectors, k, p, cos * kp - sin * kq);
          set(vectors, k, q, sin * kp + cos * kq);
        }
      }
    }
    if (off < 1e-20) {
      break;
    }
  }
  let best = 0;
  for (let k = 1; k < 4; k += 1) {
    best = at(matrix, k, k) > at(matrix, best, best) ? k : best;
  }
  return [at(vectors, 0, best), at(vectors, 1, best), at(vectors, 2, best), at(vectors, 3, best)];
};

const rotationOf = ([w, x, y, z]: readonly [number, number, number, number]): Matrix3 => [
  w * w + x * x - y * y - z * z,
  2 * (x * y - w * z),
  2 * (x * z + w * y),
  2 * (x * y + w * z),
  w * w - x * x + y * y - z * z,
  2 * (y * z - w * x),
  2 * (x * z - w * y),
  2 * (y * z + w * x),
  w * w - x * x - y * y + z * z,
];

/**
 * Lays a face on the canonical one.
 *
 * @param landmarks 478 points in pixels, y down, z smaller nearer to the camera
 * @returns 478 points in centimetres of the canonical face; all zero when the points have no extent
 */
export const normaliseLandmarks = (landmarks: FaceLandmarks): NormalisedFace => {
  const points = new Float32Array(LANDMARK_COUNT * 3);
  // The canonical axes: y up, z towards the camera.
  const pointAt = (landmark: number): [number, number, number] => [
    landmarks[landmark * 3] ?? 0,
    -(landmarks[landmark * 3 + 1] ?? 0),
    -(landmarks[landmark * 3 + 2] ?? 0),
  ];
  let mx = 0;
  let my = 0;
  let mz = 0;
  for (const { landmark, weight } of ANCHORS) {
    const [x, y, z] = pointAt(landmark);
    mx += (weight * x) / TOTAL_WEIGHT;
    my += (weight * y) / TOTAL_WEIGHT;
    mz += (weight * z) / TOTAL_WEIGHT;
  }
  const s = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let spread = 0;
  for (const anchor of ANCHORS) {
    const [px, py, pz] = pointAt(anchor.landmark);
    const from = [px - mx, py - my, pz - mz];
    const to = [anchor.x - CENTRE[0], anchor.y - CENTRE[1], anchor.z - CENTRE[2]];
    for (const [row, a] of from.entries()) {
      spread += anchor.weight * a * a;
      for (const [column, b] of to.entries()) {
        s[row * 3 + column] = (s[row * 3 + column] ?? 0) + anchor.weight * a * b;
      }
    }
  }
  if (!(spread > 1e-9)) {
    return { points, pixelsPerCentimetre: 0 };
  }
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  const quaternion = leadingEigenvector([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ]);
  const r = rotationOf(quaternion);
  let aligned = 0;
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      aligned += (r[row * 3 + column] ?? 0) * (s[column * 3 + row] ?? 0);
    }
  }
  const scale = aligned / spread;
  for (let landmark = 0; landmark < LANDMARK_COUNT; landmark += 1) {
    const [px, py, pz] = pointAt(landmark);
    const x = (px - mx) * scale;
    const y = (py - my) * scale;
    const z = (pz - mz) * scale;
    points[landmark * 3] = r[0] * x + r[1] * y + r[2] * z + CENTRE[0];
    points[landmark * 3 + 1] = r[3] * x + r[4] * y + r[5] * z + CENTRE[1];
    points[landmark * 3 + 2] = r[6] * x + r[7] * y + r[8] * z + CENTRE[2];
  }
  return { points, pixelsPerCentimetre: scale > 0 ? 1 / scale : 0 };
};
