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

/**
 * Fills `tensor` (3·side² values) with the region, bilinear.
 */
export const warp = (image: RgbImage, region: Region, options: WarpOptions, tensor: Float32Array): void => {
  const { side, low, high, border, layout, sampling, smooth } = options;
  const { data, width, height } = image;
  const step = region.size / side;
  const samples = smooth ? Math.min(4, Math.max(1, Math.floor(step / 2 + 0.25))) : 1;
  const cos = Math.cos(region.rotation);
  const sin = Math.sin(region.rotation);
  const half = region.size / 2;
  // Pixel centres lie at half-integers, array indices half a pixel lower.
  const shift = sampling === 'centres' ? 0.5 : 0;
  const first = sampling === 'centres' ? (step / samples) * 0.5 : (step / samples - step) * 0.5;
  const originX = region.centreX - half * cos + half * sin - shift;
  const originY = region.centreY - half * sin - half * cos - shift;
  const scale = (high - low) / 255 / (samples * samples);
  const stride = width * 3;
  const maxX = width - 1;
  const maxY = height - 1;
  const plane = side * side;
  const pixelStep = layout === 'interleaved' ? 3 : 1;
  const channelStep = layout === 'interleaved' ? 1 : plane;
  const subStep = step / samples;
  const zero = border === 'zero';
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let subRow = 0; subRow < samples; subRow += 1) {
        const v = row * step + first + subRow * subStep;
        for (let subColumn = 0; subColumn < samples; subColumn += 1) {
          const u = column * step + first + subColumn * subStep;
          let x = originX + u * cos - v * sin;
          let y = originY + u * sin + v * cos;
          let weight = 1;
          if (x < 0 || y < 0 || x > maxX || y > maxY) {
            const insideX = x < 0 ? 0 : x > maxX ? maxX : x;
            const insideY = y < 0 ? 0 : y > maxY ? maxY : y;
            if (zero) {
              weight = Math.max(0, 1 - Math.abs(x - insideX)) * Math.max(0, 1 - Math.abs(y - insideY));
              if (weight === 0) {
                continue;
              }
            }
            x = insideX;
            y = insideY;
          }
          const left = x | 0;
          const top = y | 0;
          const fx = x - left;
          const fy = y - top;
          const a = top * stride + left * 3;
          const b = left < maxX ? a + 3 : a;
          const down = top < maxY ? stride : 0;
          const weightA = (1 - fx) * (1 - fy) * weight;
          const weightB = fx * (1 - fy) * weight;
          const weightC = (1 - fx) * fy * weight;
          const weightD = fx * fy * weight;
          const c = a + down;
          const d = b + down;
          red += at(data, a) * weightA + at(data, b) * weightB + at(data, c) * weightC + at(data, d) * weightD;
          green +=
            at(data, a + 1) * weightA +
            at(data, b + 1) * weightB +
            at(data, c + 1) * weightC +
            at(data, d + 1) * weightD;
          blue +=
            at(data, a + 2) * weightA +
            at(data, b + 2) * weightB +
            at(data, c + 2) * weightC +
            at(data, d + 2) * weightD;
        }
      }
      tensor[target] = red * scale + low;
      tensor[target + channelStep] = green * scale + low;
      tensor[target + 2 * channelStep] = blue * scale + low;
      target += pixelStep;
    }
  }
};

// The optimiser folds this into a plain load; `?? 0` is never reached inside the picture.
const at = (data: Uint8Array, index: number): number => data[index] ?? 0;
