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

const at = (data: Uint8Array, index: number): number => data[index] ?? 0;

/** One pixel in fixed point. */
const FIXED = 65536;

type Output = { tensor: Float32Array; side: number; samples: number; low: number; scale: number; planar: boolean };

const clampFixed = (value: number, largest: number): number => (value < 0 ? 0 : value > largest ? largest : value);

/** Beyond the border the nearest edge pixel goes on. In integers: some times as fast as `warpWithBlack`. */
const warpWithEdges = (image: RgbImage, walk: Walk, output: Output): void => {
  const { data, width, height } = image;
  const { tensor, side, samples, low, planar } = output;
  const stride = width * 3;
  const channelStep = planar ? side * side : 1;
  const pixelStep = planar ? 1 : 3;
  const acrossX = Math.round(walk.acrossX * FIXED);
  const acrossY = Math.round(walk.acrossY * FIXED);
  // The last cell between two pixels; its far end is 255/256 of the edge pixel.
  const largestX = (width - 1) * FIXED - 1;
  const largestY = (height - 1) * FIXED - 1;
  const scale = output.scale / FIXED;
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sub = 0; sub < samples; sub += 1) {
        const line = row * samples + sub;
        const first = column * samples;
        let x = (Math.round((walk.x + walk.downX * line) * FIXED) + acrossX * first) | 0;
        let y = (Math.round((walk.y + walk.downY * line) * FIXED) + acrossY * first) | 0;
        for (let step = 0; step < samples; step += 1) {
          const insideX = clampFixed(x, largestX);
          const insideY = clampFixed(y, largestY);
          const index = Math.imul(insideY >> 16, stride) + Math.imul(insideX >> 16, 3);
          const fx = (insideX >> 8) & 255;
          const fy = (insideY >> 8) & 255;
          // Weights of the four pixels; they sum to 65,536. Written out: calls and small arrays cost twice the time.
          const lowerRight = Math.imul(fx, fy);
          const upperRight = (fx << 8) - lowerRight;
          const lowerLeft = (fy << 8) - lowerRight;
          const upperLeft = FIXED - upperRight - lowerLeft - lowerRight;
          const below = index + stride;
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
    }
  }
};

/** Beyond the border lies black, which fades in over one pixel. */
const warpWithBlack = (image: RgbImage, walk: Walk, output: Output): void => {
  const { data, width, height } = image;
  const { tensor, side, samples, low, planar, scale } = output;
  const stride = width * 3;
  const channelStep = planar ? side * side : 1;
  const pixelStep = planar ? 1 : 3;
  const maxX = width - 1;
  const maxY = height - 1;
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const sums = [0, 0, 0];
      for (let sub = 0; sub < samples * samples; sub += 1) {
        const line = row * samples + ((sub / samples) | 0);
        const along = column * samples + (sub % samples);
        const x = walk.x + walk.acrossX * along + walk.downX * line;
        const y = walk.y + walk.acrossY * along + walk.downY * line;
        const insideX = x < 0 ? 0 : x > maxX ? maxX : x;
        const insideY = y < 0 ? 0 : y > maxY ? maxY : y;
        const weight = Math.max(0, 1 - Math.abs(x - insideX)) * Math.max(0, 1 - Math.abs(y - insideY));
        if (weight === 0) {
          continue;
        }
        const left = insideX | 0;
        const top = insideY | 0;
        const fx = insideX - left;
        const fy = insideY - top;
        const a = top * stride + left * 3;
        const b = left < maxX ? a + 3 : a;
        const down = top < maxY ? stride : 0;
        for (let channel = 0; channel < 3; channel += 1) {
          const above = at(data, a + channel) * (1 - fx) + at(data, b + channel) * fx;
          const below = at(data, a + down + channel) * (1 - fx) + at(data, b + down + channel) * fx;
          sums[channel] = (sums[channel] ?? 0) + (above * (1 - fy) + below * fy) * weight;
        }
      }
      tensor[target] = (sums[0] ?? 0) * scale + low;
      tensor[target + channelStep] = (sums[1] ?? 0) * scale + low;
      tensor[target + 2 * channelStep] = (sums[2] ?? 0) * scale + low;
      target += pixelStep;
    }
  }
};

/** Fills `tensor` (3·side² values) with the region, bilinear. */
export const warp = (image: RgbImage, region: Region, options: WarpOptions, tensor: Float32Array): void => {
  const { side, low, high, border, layout, sampling, smooth } = options;
  const samples = smooth ? Math.min(4, Math.max(1, Math.floor(region.size / side / 2 + 0.25))) : 1;
  const walk = walkOf(region, side, sampling, samples);
  const scale = (high - low) / 255 / (samples * samples);
  const output = { tensor, side, samples, low, scale, planar: layout === 'planar' };
  // A picture of one row or column has no cell between pixels.
  if (border === 'replicate' && image.width > 1 && image.height > 1) {
    warpWithEdges(image, walk, output);
  } else {
    warpWithBlack(image, walk, output);
  }
};
