/**
 * The aligned face that the appearance half of the action-unit head looks at: the skin between the landmarks, laid out
 * the same for every face, so that a fold always lies at the same place.
 */
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';

/** Side of the aligned face, pixels. */
export const APPEARANCE_SIDE = 128;

/** Square lattice over the aligned face; every node is a mix of three landmarks (barycentric on the mean face). */
export type FaceGrid = {
  /** Nodes a side. */
  nodes: number;
  /** nodes² × 3 landmark numbers, row after row. */
  landmarks: readonly number[];
  /** nodes² × 3 weights that sum to 1; outside the face's outline they extrapolate. */
  weights: readonly number[];
};

/** One pixel, or one grey level, in fixed point. */
const FIXED = 65536;

const clampFixed = (value: number, largest: number): number => (value < 0 ? 0 : value > largest ? largest : value) | 0;

/** Where the lattice's nodes lie in the picture: nodes² × `x, y`, pixels. */
const placeNodes = (grid: FaceGrid, landmarks: FaceLandmarks): Float32Array => {
  const count = grid.nodes * grid.nodes;
  const places = new Float32Array(count * 2);
  for (let node = 0; node < count; node += 1) {
    let x = 0;
    let y = 0;
    for (let corner = node * 3; corner < node * 3 + 3; corner += 1) {
      const weight = grid.weights[corner] ?? 0;
      const landmark = (grid.landmarks[corner] ?? 0) * 3;
      x += weight * (landmarks[landmark] ?? 0);
      y += weight * (landmarks[landmark + 1] ?? 0);
    }
    places[node * 2] = x;
    places[node * 2 + 1] = y;
  }
  return places;
};

/**
 * Luma (BT.601, times 256) at a place between pixels, in integers: 16.16 fixed point in, whole multiples out; the
 * border repeats.
 */
// Loads are written out: one small function for arrays of three kinds would be slow for all of them.
const lumaAt = (data: Uint8Array, index: number, stride: number, fx: number, fy: number): number => {
  const below = index + stride;
  const a =
    Math.imul(data[index] ?? 0, 77) + Math.imul(data[index + 1] ?? 0, 150) + Math.imul(data[index + 2] ?? 0, 29);
  const b =
    Math.imul(data[index + 3] ?? 0, 77) + Math.imul(data[index + 4] ?? 0, 150) + Math.imul(data[index + 5] ?? 0, 29);
  const c =
    Math.imul(data[below] ?? 0, 77) + Math.imul(data[below + 1] ?? 0, 150) + Math.imul(data[below + 2] ?? 0, 29);
  const d =
    Math.imul(data[below + 3] ?? 0, 77) + Math.imul(data[below + 4] ?? 0, 150) + Math.imul(data[below + 5] ?? 0, 29);
  const upper = (a << 8) + Math.imul(b - a, fx);
  const lower = (c << 8) + Math.imul(d - c, fx);
  return upper + (Math.imul((lower - upper) >> 8, fy) | 0);
};

/** Pixels of the picture that one pixel of the target stands for, judged across the middle of the face. */
const stepOf = (places: Float32Array, nodes: number): number => {
  const row = (nodes >> 1) * nodes;
  const [from, to] = [(row + 3) * 2, (row + nodes - 4) * 2];
  const across = Math.hypot((places[to] ?? 0) - (places[from] ?? 0), (places[to + 1] ?? 0) - (places[from + 1] ?? 0));
  return (across / (nodes - 7)) * ((nodes - 1) / APPEARANCE_SIDE);
};

/**
 * Lays the face out on the lattice.
 *
 * @param image the upright picture
 * @param landmarks 478 points in its pixels
 * @param target receives `APPEARANCE_SIDE²` grey values, 0–255, rows from the forehead down, the person's left at the
 *   right
 */
export const alignedFace = (
  image: RgbImage,
  landmarks: FaceLandmarks,
  grid: FaceGrid,
  target: Uint8Array | Float32Array,
): void => {
  const { nodes } = grid;
  const places = placeNodes(grid, landmarks);
  const cells = nodes - 1;
  // A face larger than the target is averaged over, so that its pores do not turn into noise.
  const samples = Math.min(3, Math.max(1, Math.round(stepOf(places, nodes) * 0.8)));
  const fine = APPEARANCE_SIDE * samples;
  const toCells = cells / fine;
  const sums = new Float64Array(APPEARANCE_SIDE);
  const { data, width, height } = image;
  const stride = width * 3;
  const largestX = Math.max(0, (width - 1) * FIXED - 1);
  const largestY = Math.max(0, (height - 1) * FIXED - 1);
  // The lattice's nodes at the height of one fine row, in fixed-point array indices (half a pixel before the places).
  const nodesX = new Float64Array(nodes);
  const nodesY = new Float64Array(nodes);
  const leftNodes = new Int32Array(fine);
  const leftShares = new Float64Array(fine);
  for (let column = 0; column < fine; column += 1) {
    const u = (column + 0.5) * toCells;
    leftNodes[column] = u;
    leftShares[column] = u % 1;
  }
  for (let row = 0; row < APPEARANCE_SIDE; row += 1) {
    sums.fill(0);
    for (let subRow = 0; subRow < samples; subRow += 1) {
      const v = (row * samples + subRow + 0.5) * toCells;
      const top = v | 0;
      const fy = v - top;
      for (let node = 0; node < nodes; node += 1) {
        const a = (top * nodes + node) * 2;
        const c = a + nodes * 2;
        nodesX[node] = ((places[a] ?? 0) + ((places[c] ?? 0) - (places[a] ?? 0)) * fy - 0.5) * FIXED;
        nodesY[node] = ((places[a + 1] ?? 0) + ((places[c + 1] ?? 0) - (places[a + 1] ?? 0)) * fy - 0.5) * FIXED;
      }
      let subColumn = 0;
      for (let column = 0; column < APPEARANCE_SIDE; column += 1) {
        let sum = 0;
        for (let sample = 0; sample < samples; sample += 1) {
          const left = leftNodes[subColumn] ?? 0;
          const fx = leftShares[subColumn] ?? 0;
          const x = clampFixed((nodesX[left] ?? 0) + ((nodesX[left + 1] ?? 0) - (nodesX[left] ?? 0)) * fx, largestX);
          const y = clampFixed((nodesY[left] ?? 0) + ((nodesY[left + 1] ?? 0) - (nodesY[left] ?? 0)) * fx, largestY);
          const index = Math.imul(y >> 16, stride) + Math.imul(x >> 16, 3);
          sum += lumaAt(data, index, stride, (x >> 8) & 255, (y >> 8) & 255);
          subColumn += 1;
        }
        sums[column] = (sums[column] ?? 0) + sum;
      }
    }
    for (let column = 0; column < APPEARANCE_SIDE; column += 1) {
      // Whole grey levels: the weights were fitted to bytes.
      target[row * APPEARANCE_SIDE + column] = Math.round((sums[column] ?? 0) / (FIXED * samples * samples));
    }
  }
};
