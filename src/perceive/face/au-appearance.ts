/**
 * The aligned face that the appearance half of the action-unit head looks at: the skin between the landmarks, laid out
 * the same for every face, so that a fold always lies at the same place.
 */
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import type { PixelKernel } from './pixel-kernel.ts';

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
  kernel: PixelKernel,
  image: RgbImage,
  landmarks: FaceLandmarks,
  grid: FaceGrid,
  target: Float32Array,
): void => {
  const { nodes } = grid;
  const places = placeNodes(grid, landmarks);
  // A face larger than the target is averaged over, so that its pores do not turn into noise.
  const samples = Math.min(3, Math.max(1, Math.round(stepOf(places, nodes) * 0.8)));
  kernel.align(image, { nodes, places }, { side: APPEARANCE_SIDE, samples }, target);
};
