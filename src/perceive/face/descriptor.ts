/**
 * What a person looks like, roughly: enough to tell the people of one clip apart when one is lost for a moment, after a
 * cut, or when they come back. Orientations of gradients over the levelled face, and the colours of skin, hair and
 * clothes. It lives in memory for the length of one measurement and has no form that could be written.
 */
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import type { MeshRunner } from './mesh.ts';
import { boxOfLandmarks } from './region.ts';

/** 288 shares of gradient, then 7 colours as red, green, blue 0–1; `NaN` where a colour lies outside the picture. */
export type FaceLook = Float32Array;

/** Side of the grey picture that is described; 6 × 6 cells of 8 pixels, 8 orientations each. */
const SIDE = 48;
const CELL = 8;
const CELLS = SIDE / CELL;
const ORIENTATIONS = 8;
const GRADIENTS = CELLS * CELLS * ORIENTATIONS;
/** The face lies in the middle two thirds of the crop; a little more shows the hair line. */
const MARGIN = 0.12;

/** Where colours are taken, in widths and heights of the face's box from its centre: skin, hair, clothes. */
const COLOUR_SPOTS = [
  [-0.25, 0.1],
  [0.25, 0.1],
  [0, -0.65],
  [0, 1],
  [-0.6, 1.15],
  [0.6, 1.15],
  [0, 1.5],
] as const;
/** Half the side of a spot, in widths of the box, and samples a side. */
const SPOT = 0.12;
const SPOT_SAMPLES = 6;
/** How much a difference of colour counts against likeness of form. */
const COLOUR_WEIGHT = 1.2;

const addForm = (mesh: MeshRunner, look: FaceLook): void => {
  const { crop, side } = mesh;
  const pixel = mesh.layout === 'interleaved' ? 3 : 1;
  const channel = mesh.layout === 'interleaved' ? 1 : side * side;
  const grey = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const y = Math.round((MARGIN + (row / (SIDE - 1)) * (1 - 2 * MARGIN)) * (side - 1));
      const x = Math.round((MARGIN + (column / (SIDE - 1)) * (1 - 2 * MARGIN)) * (side - 1));
      const index = (y * side + x) * pixel;
      grey[row * SIDE + column] =
        0.299 * (crop[index] ?? 0) + 0.587 * (crop[index + channel] ?? 0) + 0.114 * (crop[index + 2 * channel] ?? 0);
    }
  }
  let energy = 0;
  for (let row = 1; row < SIDE - 1; row += 1) {
    for (let column = 1; column < SIDE - 1; column += 1) {
      const at = row * SIDE + column;
      const dx = (grey[at + 1] ?? 0) - (grey[at - 1] ?? 0);
      const dy = (grey[at + SIDE] ?? 0) - (grey[at - SIDE] ?? 0);
      const orientation = Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) / 2) * ORIENTATIONS) % ORIENTATIONS;
      const bin = (Math.floor(row / CELL) * CELLS + Math.floor(column / CELL)) * ORIENTATIONS + orientation;
      const strength = Math.hypot(dx, dy);
      look[bin] = (look[bin] ?? 0) + strength;
      energy += strength;
    }
  }
  for (let bin = 0; bin < GRADIENTS; bin += 1) {
    // Square roots of shares: a vector of length 1 in which no strong edge outweighs all the others.
    look[bin] = Math.sqrt((look[bin] ?? 0) / Math.max(energy, 1e-6));
  }
};

const addColours = ({ data, width, height }: RgbImage, points: FaceLandmarks, look: FaceLook): void => {
  const box = boxOfLandmarks(points);
  for (const [spot, [across, down]] of COLOUR_SPOTS.entries()) {
    const centreX = box.x + box.width * (0.5 + across);
    const centreY = box.y + box.height * (0.5 + down);
    const reach = box.width * SPOT;
    const sums = [0, 0, 0];
    let count = 0;
    for (let sample = 0; sample < SPOT_SAMPLES * SPOT_SAMPLES; sample += 1) {
      const x = Math.round(centreX + reach * (((sample % SPOT_SAMPLES) / (SPOT_SAMPLES - 1)) * 2 - 1));
      const y = Math.round(centreY + reach * ((Math.floor(sample / SPOT_SAMPLES) / (SPOT_SAMPLES - 1)) * 2 - 1));
      if (x >= 0 && y >= 0 && x < width && y < height) {
        count += 1;
        for (let channel = 0; channel < 3; channel += 1) {
          sums[channel] = (sums[channel] ?? 0) + (data[(y * width + x) * 3 + channel] ?? 0);
        }
      }
    }
    for (let channel = 0; channel < 3; channel += 1) {
      look[GRADIENTS + spot * 3 + channel] = count === 0 ? Number.NaN : (sums[channel] ?? 0) / count / 255;
    }
  }
};

/** @param mesh its crop must still be the one these landmarks were found in */
export const lookOf = (image: RgbImage, points: FaceLandmarks, mesh: MeshRunner): FaceLook => {
  const look = new Float32Array(GRADIENTS + COLOUR_SPOTS.length * 3);
  addForm(mesh, look);
  addColours(image, points, look);
  return look;
};

/** About 0.8 and more the same person in the same light, 0.6 and less another; at most 1. */
export const likeness = (one: FaceLook, other: FaceLook): number => {
  let form = 0;
  for (let bin = 0; bin < GRADIENTS; bin += 1) {
    form += (one[bin] ?? 0) * (other[bin] ?? 0);
  }
  let difference = 0;
  let count = 0;
  for (let index = GRADIENTS; index < one.length; index += 1) {
    const step = Math.abs((one[index] ?? Number.NaN) - (other[index] ?? Number.NaN));
    if (Number.isFinite(step)) {
      difference += step;
      count += 1;
    }
  }
  return form - (count === 0 ? 0 : (COLOUR_WEIGHT * difference) / count);
};

/** Looks of one person that differ among themselves: turned, moved, in another light. */
export type LookGallery = FaceLook[];

const MOST_LOOKS = 8;
/** A look this near to a known one says nothing new. */
const KNOWN = 0.85;

/** Likeness to the nearest look of a person. */
export const likenessTo = (gallery: LookGallery, look: FaceLook): number =>
  gallery.reduce((best, known) => Math.max(best, likeness(known, look)), -1);

/** Keeps a look that is new; a full gallery stays as it is. */
export const remember = (gallery: LookGallery, look: FaceLook, most = MOST_LOOKS): void => {
  if (gallery.length < most && likenessTo(gallery, look) < KNOWN) {
    gallery.push(look);
  }
};
