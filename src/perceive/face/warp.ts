/** Crops a rotated square out of a picture into the float tensor a network wants. */
import type { RgbImage } from './image.ts';
import type { Region } from './region.ts';

export type WarpOptions = {
  /** Side of the square tensor. */
  side: number;
  /** Values that the bytes 0 and 255 are mapped to. */
  low: number;
  high: number;
  /** What lies outside the picture: black, or its nearest edge pixel. */
  border: 'zero' | 'replicate';
  /**
   * Where the tensor's first value is taken: `centres` at the middle of its first cell, as a GPU samples textures (all
   * MediaPipe JavaScript solutions), `corners` at the region's very corner, as OpenCV's `warpPerspective` does (the
   * Tasks on a CPU). The networks answer differently by half a cell.
   */
  sampling: 'centres' | 'corners';
  /** Whether a region that is shrunk by two or more is averaged over sub-samples. */
  smooth: boolean;
  /** `interleaved`: `[side, side, 3]` as TFLite; `planar`: `[3, side, side]`. */
  layout: 'interleaved' | 'planar';
};

/** A walk over the picture: where the tensor's first value is taken, and one step along a row and down a column. */
type Walk = { x: number; y: number; acrossX: number; acrossY: number; downX: number; downY: number };

const walkOf = (region: Region, side: number, sampling: WarpOptions['sampling'], samples: number): Walk => {
  const step = region.size / side / samples;
  const cos = Math.cos(region.rotation);
  const sin = Math.sin(region.rotation);
  const half = region.size / 2;
  // `centres`: pixel centres lie at half-integers, array indices half a pixel lower, and samples in the middle of cells.
  const shift = sampling === 'centres' ? 0.5 : 0;
  const first = sampling === 'centres' ? step / 2 : (step - step * samples) / 2;
  return {
    x: region.centreX - half * cos + half * sin - shift + first * (cos - sin),
    y: region.centreY - half * sin - half * cos - shift + first * (sin + cos),
    acrossX: step * cos,
    acrossY: step * sin,
    downX: -step * sin,
    downY: step * cos,
  };
};

/** One pixel in fixed point. */
const FIXED = 65536;

type Output = {
  tensor: Float32Array;
  side: number;
  samples: number;
  low: number;
  scale: number;
  planar: boolean;
  black: boolean;
};

const clampFixed = (value: number, largest: number): number => (value < 0 ? 0 : value > largest ? largest : value);

/** How much is left of a sample that lies `beyond` the border, in fixed point: black fades in over one pixel. */
const remaining = (beyond: number): number => Math.max(0, 1 - Math.abs(beyond) / FIXED);

/** In integers throughout; calls and small arrays in the inner loop would cost twice the time. */
const fill = (image: RgbImage, walk: Walk, output: Output): void => {
  const { data, width, height } = image;
  const { tensor, side, samples, low, planar, black } = output;
  const stride = width * 3;
  const channelStep = planar ? side * side : 1;
  const pixelStep = planar ? 1 : 3;
  const acrossX = Math.round(walk.acrossX * FIXED);
  const acrossY = Math.round(walk.acrossY * FIXED);
  const downX = Math.round(walk.downX * FIXED);
  const downY = Math.round(walk.downY * FIXED);
  const cellStepX = Math.imul(acrossX, samples);
  const cellStepY = Math.imul(acrossY, samples);
  // The last cell between two pixels; its far end is 255/256 of the edge pixel.
  const largestX = Math.max(0, (width - 1) * FIXED - 1);
  const largestY = Math.max(0, (height - 1) * FIXED - 1);
  const scale = output.scale / FIXED;
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    // Anew for each row, so that rounding does not add up.
    let cellX = Math.round((walk.x + walk.downX * row * samples) * FIXED) | 0;
    let cellY = Math.round((walk.y + walk.downY * row * samples) * FIXED) | 0;
    for (let column = 0; column < side; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sub = 0; sub < samples; sub += 1) {
        let x = (cellX + Math.imul(sub, downX)) | 0;
        let y = (cellY + Math.imul(sub, downY)) | 0;
        for (let step = 0; step < samples; step += 1) {
          const insideX = clampFixed(x, largestX);
          const insideY = clampFixed(y, largestY);
          const index = Math.imul(insideY >> 16, stride) + Math.imul(insideX >> 16, 3);
          const below = index + stride;
          const fx = (insideX >> 8) & 255;
          const fy = (insideY >> 8) & 255;
          // Weights of the four pixels; they sum to 65,536.
          let lowerRight = Math.imul(fx, fy);
          let upperRight = (fx << 8) - lowerRight;
          let lowerLeft = (fy << 8) - lowerRight;
          let upperLeft = FIXED - upperRight - lowerLeft - lowerRight;
          if (black && (insideX !== x || insideY !== y)) {
            const rest = remaining(x - insideX) * remaining(y - insideY);
            lowerRight = (lowerRight * rest) | 0;
            upperRight = (upperRight * rest) | 0;
            lowerLeft = (lowerLeft * rest) | 0;
            upperLeft = (upperLeft * rest) | 0;
          }
          red +=
            Math.imul(data[index] ?? 0, upperLeft) +
            Math.imul(data[index + 3] ?? 0, upperRight) +
            Math.imul(data[below] ?? 0, lowerLeft) +
            Math.imul(data[below + 3] ?? 0, lowerRight);
          green +=
            Math.imul(data[index + 1] ?? 0, upperLeft) +
            Math.imul(data[index + 4] ?? 0, upperRight) +
            Math.imul(data[below + 1] ?? 0, lowerLeft) +
            Math.imul(data[below + 4] ?? 0, lowerRight);
          blue +=
            Math.imul(data[index + 2] ?? 0, upperLeft) +
            Math.imul(data[index + 5] ?? 0, upperRight) +
            Math.imul(data[below + 2] ?? 0, lowerLeft) +
            Math.imul(data[below + 5] ?? 0, lowerRight);
          x = (x + acrossX) | 0;
          y = (y + acrossY) | 0;
        }
      }
      tensor[target] = red * scale + low;
      tensor[target + channelStep] = green * scale + low;
      tensor[target + 2 * channelStep] = blue * scale + low;
      target += pixelStep;
      cellX = (cellX + cellStepX) | 0;
      cellY = (cellY + cellStepY) | 0;
    }
  }
};

/** Fills `tensor` (3·side² values) with the region, bilinear. The picture is at most 16,000 pixels a side (15 + 16 bits). */
export const warp = (image: RgbImage, region: Region, options: WarpOptions, tensor: Float32Array): void => {
  const { side, low, high, border, layout, sampling, smooth } = options;
  const samples = smooth ? Math.min(4, Math.max(1, Math.floor(region.size / side / 2 + 0.25))) : 1;
  const scale = (high - low) / 255 / (samples * samples);
  const black = border === 'zero';
  fill(image, walkOf(region, side, sampling, samples), {
    tensor,
    side,
    samples,
    low,
    scale,
    planar: layout === 'planar',
    black,
  });
};
