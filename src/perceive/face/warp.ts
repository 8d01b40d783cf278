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

/** Whether every sample and its right and lower neighbours lie in the picture. */
const staysInside = (walk: Walk, count: number, { width, height }: RgbImage): boolean => {
  const last = count - 1;
  const inside = (row: number, column: number): boolean => {
    const x = walk.x + walk.acrossX * column + walk.downX * row;
    const y = walk.y + walk.acrossY * column + walk.downY * row;
    return x >= 0.01 && y >= 0.01 && x < width - 1.01 && y < height - 1.01;
  };
  return inside(0, 0) && inside(0, last) && inside(last, 0) && inside(last, last);
};

const at = (data: Uint8Array, index: number): number => data[index] ?? 0;

/** Bilinear in fixed point (8 bits), for one channel: the value times 65,536. */
const blend = (data: Uint8Array, index: number, stride: number, fx: number, fy: number): number => {
  const a = at(data, index);
  const c = at(data, index + stride);
  const top = (a << 8) + Math.imul(at(data, index + 3) - a, fx);
  const bottom = (c << 8) + Math.imul(at(data, index + stride + 3) - c, fx);
  return (top << 8) + Math.imul(bottom - top, fy);
};

type Output = { tensor: Float32Array; side: number; samples: number; low: number; scale: number; planar: boolean };

/** The common case, in integers: three times as fast as `warpAcross`. */
const warpInside = (image: RgbImage, walk: Walk, output: Output): void => {
  const { data, width } = image;
  const { tensor, side, samples, low, planar } = output;
  const stride = width * 3;
  const channelStep = planar ? side * side : 1;
  const pixelStep = planar ? 1 : 3;
  const acrossX = Math.round(walk.acrossX * 65536);
  const acrossY = Math.round(walk.acrossY * 65536);
  const scale = output.scale / 65536;
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sub = 0; sub < samples; sub += 1) {
        const line = row * samples + sub;
        const first = column * samples;
        let x = ((walk.x + walk.downX * line) * 65536 + acrossX * first) | 0;
        let y = ((walk.y + walk.downY * line) * 65536 + acrossY * first) | 0;
        for (let step = 0; step < samples; step += 1) {
          const index = Math.imul(y >> 16, stride) + Math.imul(x >> 16, 3);
          const fx = (x >> 8) & 255;
          const fy = (y >> 8) & 255;
          red += blend(data, index, stride, fx, fy);
          green += blend(data, index + 1, stride, fx, fy);
          blue += blend(data, index + 2, stride, fx, fy);
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

/** Any region, with what lies outside the picture made up by the border rule. */
const warpAcross = (image: RgbImage, walk: Walk, output: Output, zero: boolean): void => {
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
        const weight = zero ? Math.max(0, 1 - Math.abs(x - insideX)) * Math.max(0, 1 - Math.abs(y - insideY)) : 1;
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
  if (staysInside(walk, side * samples, image)) {
    warpInside(image, walk, output);
  } else {
    warpAcross(image, walk, output, border === 'zero');
  }
};
