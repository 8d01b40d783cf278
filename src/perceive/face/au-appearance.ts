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
  const x = Math.min(Math.max(px - 0.5, 0), width - 1);
  const y = Math.min(Math.max(py - 0.5, 0), height - 1);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const pixel = (column: number, row: number): number => {
    const at = (row * width + column) * 3;
    return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  };
  return (
    (1 - fy) * ((1 - fx) * pixel(left, top) + fx * pixel(right, top)) +
    fy * ((1 - fx) * pixel(left, bottom) + fx * pixel(right, bottom))
  );
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
  const place = (row: number, column: number, axis: number): number => places[(row * nodes + column) * 2 + axis] ?? 0;
  const middle = Math.floor(nodes / 2);
  const step =
    (Math.hypot(place(middle, nodes - 4, 0) - place(middle, 3, 0), place(middle, nodes - 4, 1) - place(middle, 3, 1)) /
      (nodes - 7)) *
    (cells / APPEARANCE_SIDE);
  // A face larger than the target is averaged over, so that its pores do not turn into noise.
  const samples = Math.min(4, Math.max(1, Math.round(step)));
  for (let row = 0; row < APPEARANCE_SIDE; row += 1) {
    for (let column = 0; column < APPEARANCE_SIDE; column += 1) {
      let sum = 0;
      for (let sub = 0; sub < samples * samples; sub += 1) {
        const v = ((row + (Math.floor(sub / samples) + 0.5) / samples) / APPEARANCE_SIDE) * cells;
        const u = ((column + ((sub % samples) + 0.5) / samples) / APPEARANCE_SIDE) * cells;
        const top = Math.min(Math.floor(v), cells - 1);
        const left = Math.min(Math.floor(u), cells - 1);
        const fy = v - top;
        const fx = u - left;
        const mix = (axis: number): number =>
          (1 - fy) * ((1 - fx) * place(top, left, axis) + fx * place(top, left + 1, axis)) +
          fy * ((1 - fx) * place(top + 1, left, axis) + fx * place(top + 1, left + 1, axis));
        sum += lumaAt(image, mix(0), mix(1));
      }
      const value = sum / (samples * samples);
      target[row * APPEARANCE_SIDE + column] = target instanceof Uint8Array ? Math.round(value) : value;
    }
  }
};
