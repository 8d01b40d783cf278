/**
 * Weighted similarity that takes one point set to another: rotation, scale, translation.
 * Horn 1987, "Closed-form solution of absolute orientation using unit quaternions", J. Opt. Soc. Am. A 4(4).
 */

/** Row-major 3 × 3. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

export type Vector = readonly [number, number, number];

export type Similarity = { rotation: Rotation; scale: number; translation: Vector };

/** One pair of points and the weight it has. */
export type Correspondence = { source: Vector; target: Vector; weight: number };

type Quaternion = readonly [number, number, number, number];

// biome-ignore format: a matrix
const rotationOf = ([w, x, y, z]: Quaternion): Rotation => [
  1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
  2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
  2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
];

const at = (matrix: Float64Array, row: number, column: number): number => matrix[row * 4 + column] ?? 0;

/** Turns rows and columns `p` and `q` so that their shared entry vanishes. */
const jacobiStep = (matrix: Float64Array, vectors: Float64Array, p: number, q: number): void => {
  const shared = at(matrix, p, q);
  if (shared === 0) {
    return;
  }
  const theta = (at(matrix, q, q) - at(matrix, p, p)) / (2 * shared);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turnColumns = (target: Float64Array): void => {
    for (let k = 0; k < 4; k += 1) {
      const kp = at(target, k, p);
      const kq = at(target, k, q);
      target[k * 4 + p] = c * kp - s * kq;
      target[k * 4 + q] = s * kp + c * kq;
    }
  };
  turnColumns(matrix);
  for (let k = 0; k < 4; k += 1) {
    const pk = at(matrix, p, k);
    const qk = at(matrix, q, k);
    matrix[p * 4 + k] = c * pk - s * qk;
    matrix[q * 4 + k] = s * pk + c * qk;
  }
  turnColumns(vectors);
};

/** Eigenvector of the largest eigenvalue of a symmetric 4 × 4 matrix (row-major, overwritten). */
const principalVector = (matrix: Float64Array): Quaternion => {
  const vectors = Float64Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  // Jacobi converges quadratically; a 4 × 4 matrix is done after five or six sweeps.
  for (let sweep = 0; sweep < 10; sweep += 1) {
    for (let p = 0; p < 3; p += 1) {
      for (let q = p + 1; q < 4; q += 1) {
        jacobiStep(matrix, vectors, p, q);
      }
    }
  }
  let best = 0;
  for (let index = 1; index < 4; index += 1) {
    best = at(matrix, index, index) > at(matrix, best, best) ? index : best;
  }
  return [at(vectors, 0, best), at(vectors, 1, best), at(vectors, 2, best), at(vectors, 3, best)];
};

export const rotate = (r: Rotation, [x, y, z]: Vector): Vector => [
  r[0] * x + r[1] * y + r[2] * z,
  r[3] * x + r[4] * y + r[5] * z,
  r[6] * x + r[7] * y + r[8] * z,
];

/** The inverse turn. */
export const rotateBack = (r: Rotation, [x, y, z]: Vector): Vector => [
  r[0] * x + r[3] * y + r[6] * z,
  r[1] * x + r[4] * y + r[7] * z,
  r[2] * x + r[5] * y + r[8] * z,
];

const weightedCentre = (pairs: readonly Correspondence[], side: 'source' | 'target'): Vector => {
  let [x, y, z, total] = [0, 0, 0, 0];
  for (const pair of pairs) {
    x += pair[side][0] * pair.weight;
    y += pair[side][1] * pair.weight;
    z += pair[side][2] * pair.weight;
    total += pair.weight;
  }
  return [x / total, y / total, z / total];
};

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The similarity that takes `source` nearest to `target` in weighted least squares; scale as MediaPipe defines it. */
export const fitSimilarity = (pairs: readonly Correspondence[]): Similarity => {
  const sourceCentre = weightedCentre(pairs, 'source');
  const targetCentre = weightedCentre(pairs, 'target');
  const s = new Float64Array(9);
  for (const { source, target, weight } of pairs) {
    const a = minus(source, sourceCentre);
    const b = minus(target, targetCentre);
    for (let row = 0; row < 3; row += 1) {
      for (let column = 0; column < 3; column += 1) {
        s[row * 3 + column] = (s[row * 3 + column] ?? 0) + weight * (a[row] ?? 0) * (b[column] ?? 0);
      }
    }
  }
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  // biome-ignore format: a matrix
  const rotation = rotationOf(principalVector(Float64Array.from([
    xx + yy + zz, yz - zy, zx - xz, xy - yx,
    yz - zy, xx - yy - zz, xy + yx, zx + xz,
    zx - xz, xy + yx, yy - xx - zz, yz + zy,
    xy - yx, zx + xz, yz + zy, zz - xx - yy,
  ])));
  let numerator = 0;
  let denominator = 0;
  for (const { source, target, weight } of pairs) {
    const a = minus(source, sourceCentre);
    numerator += weight * dot(rotate(rotation, a), minus(target, targetCentre));
    denominator += weight * dot(a, a);
  }
  const scale = denominator > 0 ? numerator / denominator : 1;
  const turned = rotate(rotation, sourceCentre);
  return {
    rotation,
    scale,
    translation: [
      targetCentre[0] - scale * turned[0],
      targetCentre[1] - scale * turned[1],
      targetCentre[2] - scale * turned[2],
    ],
  };
};
