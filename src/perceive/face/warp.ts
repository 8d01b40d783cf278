/** Crops a rotated square out of a picture into the float tensor a network wants. */
import type { RgbImage } from './image.ts';
import type { CropWalk, PixelKernel } from './pixel-kernel.ts';
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

/** The walk in fixed point. Rows start anew, so that rounding does not add up. */
const inFixedPoint = (walk: Walk, side: number, samples: number): CropWalk => {
  const starts = new Int32Array(side * 2);
  for (let row = 0; row < side; row += 1) {
    starts[row * 2] = Math.round((walk.x + walk.downX * row * samples) * FIXED);
    starts[row * 2 + 1] = Math.round((walk.y + walk.downY * row * samples) * FIXED);
  }
  return {
    starts,
    acrossX: Math.round(walk.acrossX * FIXED),
    acrossY: Math.round(walk.acrossY * FIXED),
    downX: Math.round(walk.downX * FIXED),
    downY: Math.round(walk.downY * FIXED),
  };
};

/** Fills `tensor` (3·side² values) with the region, bilinear. The picture is at most 16,000 pixels a side (15 + 16 bits). */
export const warp = (
  kernel: PixelKernel,
  image: RgbImage,
  region: Region,
  options: WarpOptions,
  tensor: Float32Array,
): void => {
  const { side, low, high, border, layout, sampling, smooth } = options;
  const samples = smooth ? Math.min(4, Math.max(1, Math.floor(region.size / side / 2 + 0.25))) : 1;
  kernel.crop(
    image,
    inFixedPoint(walkOf(region, side, sampling, samples), side, samples),
    {
      side,
      samples,
      planar: layout === 'planar',
      black: border === 'zero',
      scale: (high - low) / 255 / (samples * samples) / FIXED,
      low,
    },
    tensor,
  );
};
