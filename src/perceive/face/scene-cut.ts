/** Notices when a video jumps to another shot: the people in it must then be looked for anew. */
import type { RgbImage } from './image.ts';

const COLUMNS = 32;
const ROWS = 18;
/** Mean change of 576 sampled pixels, 0–1, that only a cut or a flash reaches … */
const LEAST_CHANGE = 0.09;
/** … more of it where frames lie far apart, since people move meanwhile … */
const LEAST_CHANGE_FAR = 0.2;
const FAR_MS = 150;
/** … and that stands out from the usual change. */
const OVER_USUAL = 4;

/** A function of successive frames: whether this one begins a new shot. */
export const createCutDetector = (): ((image: RgbImage, ms: number) => boolean) => {
  let previous: Float32Array | null = null;
  let previousMs = 0;
  let usual = 0.02;
  return ({ data, width, height }, ms) => {
    const current = new Float32Array(COLUMNS * ROWS);
    for (let row = 0; row < ROWS; row += 1) {
      for (let column = 0; column < COLUMNS; column += 1) {
        const y = Math.floor(((row + 0.5) * height) / ROWS);
        const x = Math.floor(((column + 0.5) * width) / COLUMNS);
        const index = (y * width + x) * 3;
        current[row * COLUMNS + column] =
          ((data[index] ?? 0) + 2 * (data[index + 1] ?? 0) + (data[index + 2] ?? 0)) / 1020;
      }
    }
    let change = 0;
    if (previous !== null) {
      for (let index = 0; index < current.length; index += 1) {
        change += Math.abs((current[index] ?? 0) - (previous[index] ?? 0));
      }
      change /= current.length;
    }
    previous = current;
    const least = ms - previousMs > FAR_MS ? LEAST_CHANGE_FAR : LEAST_CHANGE;
    previousMs = ms;
    const cut = change > least && change > usual * OVER_USUAL;
    usual = usual * 0.9 + Math.min(change, LEAST_CHANGE) * 0.1;
    return cut;
  };
};
