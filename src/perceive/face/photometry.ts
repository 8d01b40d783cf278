/** Sharpness and brightness of a face, from the crop that the mesh looked at. */

export type Photometry = {
  /** Mean gradient energy relative to a sharp face = 1. */
  sharpness: number;
  /** Mean luma, 0–1. */
  brightness: number;
};

/** Gradient energy over variance of a sharp, large face (75th percentile of 120 portraits). */
const SHARP = 0.09;
/** The face fills the middle of the crop: 1 / 1.5 of it. */
const INNER = 0.3;

/**
 * @param crop `side`² colour pixels, 0–1
 * @param layout as the crop was made
 */
export const measurePhotometry = (crop: Float32Array, side: number, layout: 'interleaved' | 'planar'): Photometry => {
  const pixel = layout === 'interleaved' ? 3 : 1;
  const channel = layout === 'interleaved' ? 1 : side * side;
  const luma = (index: number): number =>
    0.299 * (crop[index * pixel] ?? 0) +
    0.587 * (crop[index * pixel + channel] ?? 0) +
    0.114 * (crop[index * pixel + 2 * channel] ?? 0);
  const from = Math.round(side * INNER);
  const to = Math.round(side * (1 - INNER));
  let sum = 0;
  let squares = 0;
  let energy = 0;
  let count = 0;
  for (let row = from; row < to; row += 1) {
    let previous = luma(row * side + from - 1);
    for (let column = from; column < to; column += 1) {
      const here = luma(row * side + column);
      const across = here - previous;
      const down = here - luma((row - 1) * side + column);
      energy += across * across + down * down;
      sum += here;
      squares += here * here;
      count += 1;
      previous = here;
    }
  }
  const mean = sum / count;
  const variance = squares / count - mean * mean;
  return { brightness: mean, sharpness: variance > 1e-5 ? energy / count / (2 * variance) / SHARP : 0 };
};
