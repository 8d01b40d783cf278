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

/** Luma (BT.601) at a place between pixels; the border repeats. */
const lumaAt = ({ data, width, height }: RgbImage, px: number, py: number): number => {
  const x = px < 0.5 ? 0 : px > width - 0.5 ? width - 1 : px - 0.5;
  const y = py < 0.5 ? 0 : py > height - 0.5 ? height - 1 : py - 0.5;
  const left = x | 0;
  const top = y | 0;
  const fx = x - left;
  const fy = y - top;
  const a = (top * width + left) * 3;
  const b = left < width - 1 ? a + 3 : a;
  const down = top < height - 1 ? width * 3 : 0;
  const [wa, wb, wc, wd] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  const red = at(data, a) * wa + at(data, b) * wb + at(data, a + down) * wc + at(data, b + down) * wd;
  const green = at(data, a + 1) * wa + at(data, b + 1) * wb + at(data, a + down + 1) * wc + at(data, b + down + 1) * wd;
  const blue = at(data, a + 2) * wa + at(data, b + 2) * wb + at(data, a + down + 2) * wc + at(data, b + down + 2) * wd;
  return 0.299 * red + 0.587 * green + 0.114 * blue;
};

/** Pixels of the picture that one pixel of the target stands for, judged across the middle of the face. */
const stepOf = (places: Float32Array, nodes: number): number => {
  const row = (nodes >> 1) * nodes;
  const [from, to] = [(row + 3) * 2, (row + nodes - 4) * 2];
  const across = Math.hypot(at(places, to) - at(places, from), at(places, to + 1) - at(places, from + 1));
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
  const sums = new Float32Array(APPEARANCE_SIDE);
  for (let row = 0; row < APPEARANCE_SIDE; row += 1) {
    sums.fill(0);
    for (let subRow = 0; subRow < samples; subRow += 1) {
      const v = (row * samples + subRow + 0.5) * toCells;
      const top = v | 0;
      const fy = v - top;
      for (let subColumn = 0; subColumn < fine; subColumn += 1) {
        const u = (subColumn + 0.5) * toCells;
        const left = u | 0;
        const fx = u - left;
        const a = (top * nodes + left) * 2;
        const c = a + nodes * 2;
        const [wa, wb, wc, wd] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
        const x = at(places, a) * wa + at(places, a + 2) * wb + at(places, c) * wc + at(places, c + 2) * wd;
        const y = at(places, a + 1) * wa + at(places, a + 3) * wb + at(places, c + 1) * wc + at(places, c + 3) * wd;
        const column = (subColumn / samples) | 0;
        sums[column] = at(sums, column) + lumaAt(image, x, y);
      }
    }
    for (let column = 0; column < APPEARANCE_SIDE; column += 1) {
      // Whole grey levels: the weights were fitted to bytes.
      target[row * APPEARANCE_SIDE + column] = Math.round(at(sums, column) / (samples * samples));
    }
  }
};

// The optimiser folds this into a plain load; `?? 0` is never reached.
const at = (values: Uint8Array | Float32Array, index: number): number => values[index] ?? 0;
