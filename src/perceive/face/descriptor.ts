/**
 * What a face looks like, roughly: enough to tell the people of one clip apart after a cut or when they come back.
 * Orientations of gradients over the levelled crop, and colours. It lives in memory for the length of one measurement
 * and has no form that could be written.
 */

export type FaceLook = Float32Array;

/** Side of the grey picture that is described; 6 × 6 cells of 8 pixels, 8 orientations each. */
const SIDE = 48;
const CELL = 8;
const CELLS = SIDE / CELL;
const ORIENTATIONS = 8;
const GRADIENTS = CELLS * CELLS * ORIENTATIONS;
const COLOURS = 16 * 2;
/** The face lies in the middle two thirds of the crop; a little more shows the hair. */
const MARGIN = 0.12;

/** @param crop the mesh's crop, `side`² colour pixels 0–1 */
export const lookOf = (crop: Float32Array, side: number, layout: 'interleaved' | 'planar'): FaceLook => {
  const pixel = layout === 'interleaved' ? 3 : 1;
  const channel = layout === 'interleaved' ? 1 : side * side;
  const grey = new Float32Array(SIDE * SIDE);
  const look = new Float32Array(GRADIENTS + COLOURS);
  const colours = new Float64Array(16 * 3);
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const y = Math.round((MARGIN + (row / (SIDE - 1)) * (1 - 2 * MARGIN)) * (side - 1));
      const x = Math.round((MARGIN + (column / (SIDE - 1)) * (1 - 2 * MARGIN)) * (side - 1));
      const index = (y * side + x) * pixel;
      const red = crop[index] ?? 0;
      const green = crop[index + channel] ?? 0;
      const blue = crop[index + 2 * channel] ?? 0;
      grey[row * SIDE + column] = 0.299 * red + 0.587 * green + 0.114 * blue;
      const patch = Math.floor((row * 4) / SIDE) * 4 + Math.floor((column * 4) / SIDE);
      colours[patch * 3] = (colours[patch * 3] ?? 0) + red;
      colours[patch * 3 + 1] = (colours[patch * 3 + 1] ?? 0) + green;
      colours[patch * 3 + 2] = (colours[patch * 3 + 2] ?? 0) + blue;
    }
  }
  for (let row = 1; row < SIDE - 1; row += 1) {
    for (let column = 1; column < SIDE - 1; column += 1) {
      const at = row * SIDE + column;
      const dx = (grey[at + 1] ?? 0) - (grey[at - 1] ?? 0);
      const dy = (grey[at + SIDE] ?? 0) - (grey[at - SIDE] ?? 0);
      const orientation = Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) / 2) * ORIENTATIONS) % ORIENTATIONS;
      const cell = Math.floor(row / CELL) * CELLS + Math.floor(column / CELL);
      const bin = cell * ORIENTATIONS + orientation;
      look[bin] = (look[bin] ?? 0) + Math.hypot(dx, dy);
    }
  }
  let energy = 0;
  for (let bin = 0; bin < GRADIENTS; bin += 1) {
    energy += look[bin] ?? 0;
  }
  for (let bin = 0; bin < GRADIENTS; bin += 1) {
    // Square roots of shares: a vector of length 1 in which no strong edge outweighs all the others.
    look[bin] = Math.sqrt((look[bin] ?? 0) / Math.max(energy, 1e-6));
  }
  for (let patch = 0; patch < 16; patch += 1) {
    const [red, green, blue] = [colours[patch * 3] ?? 0, colours[patch * 3 + 1] ?? 0, colours[patch * 3 + 2] ?? 0];
    const total = Math.max(red + green + blue, 1e-6);
    look[GRADIENTS + patch * 2] = red / total;
    look[GRADIENTS + patch * 2 + 1] = green / total;
  }
  return look;
};

/** 1 the same, 0 nothing alike. */
export const likeness = (one: FaceLook, other: FaceLook): number => {
  let shape = 0;
  for (let bin = 0; bin < GRADIENTS; bin += 1) {
    shape += (one[bin] ?? 0) * (other[bin] ?? 0);
  }
  let colour = 0;
  for (let bin = GRADIENTS; bin < GRADIENTS + COLOURS; bin += 1) {
    colour += Math.abs((one[bin] ?? 0) - (other[bin] ?? 0));
  }
  return shape - (2 * colour) / COLOURS;
};

/** The mean look so far, `count` faces in it, with one more. */
export const blendLook = (mean: FaceLook, count: number, look: FaceLook): void => {
  const share = 1 / (count + 1);
  for (let index = 0; index < mean.length; index += 1) {
    mean[index] = (mean[index] ?? 0) * (1 - share) + (look[index] ?? 0) * share;
  }
};
