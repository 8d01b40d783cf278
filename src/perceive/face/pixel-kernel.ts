/** The loops over pixels, in WebAssembly (`kernel/index.ts`): crops for the networks, and the aligned face. */
import { z } from 'zod';
import type { RgbImage } from './image.ts';
import { KERNEL_WASM } from './pixel-kernel-wasm.ts';

/** Where a crop takes its samples, in fixed point (16 bits of fraction), pixels. */
export type CropWalk = {
  /** `x, y` of the first sample of each row. */
  starts: Int32Array;
  acrossX: number;
  acrossY: number;
  downX: number;
  downY: number;
};

export type CropOutput = {
  side: number;
  /** Sub-samples a side of each cell. */
  samples: number;
  planar: boolean;
  /** Black outside the picture; its edge otherwise. */
  black: boolean;
  /** A sum of samples becomes `sum · scale + low`. */
  scale: number;
  low: number;
};

export type PixelKernel = {
  /** Fills `target` (3·side² values). The picture is at most 16,000 pixels a side. */
  crop(image: RgbImage, walk: CropWalk, output: CropOutput, target: Float32Array): void;
  /**
   * Lays a face out on a lattice of `nodes`² places (`x, y` each, pixels); `target` receives side² whole grey levels,
   * each the mean of `samples`² between pixels.
   */
  align(
    image: RgbImage,
    lattice: { nodes: number; places: Float32Array },
    output: { side: number; samples: number },
    target: Float32Array,
  ): void;
};

type Loop = (...values: number[]) => void;
const loop = z.custom<Loop>((value) => typeof value === 'function');
const exported = z.object({ crop: loop, align: loop });

/** Bytes behind the picture that the kernel may read. */
const MARGIN = 16;
const PAGE = 65_536;

const aligned = (address: number): number => (address + 15) & ~15;

/** One kernel a worker: it has one memory, into which the frame is copied once for all its crops. */
export const createPixelKernel = async (): Promise<PixelKernel> => {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const { instance } = await WebAssembly.instantiate(Buffer.from(KERNEL_WASM, 'base64'), { env: { memory } });
  const run = exported.parse(instance.exports);
  /** The frame that lies in the memory. */
  let loaded: RgbImage | null = null;
  let behind = 0;

  const reserve = (bytes: number): void => {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE));
    }
  };

  /** Puts the frame at address 16 and gives the first free address behind it. */
  const load = (image: RgbImage, room: number): number => {
    if (loaded !== image) {
      behind = aligned(MARGIN + image.width * image.height * 3 + MARGIN);
      reserve(behind);
      new Uint8Array(memory.buffer).set(image.data, MARGIN);
      loaded = image;
    }
    reserve(behind + room);
    return behind;
  };

  return {
    crop: (image, walk, { side, samples, planar, black, scale, low }, target) => {
      const startBytes = aligned(walk.starts.byteLength);
      const starts = load(image, startBytes + target.byteLength);
      const out = starts + startBytes;
      new Int32Array(memory.buffer, starts, walk.starts.length).set(walk.starts);
      const steps = [walk.acrossX, walk.acrossY, walk.downX, walk.downY];
      const flags = [planar ? 1 : 0, black ? 1 : 0];
      run.crop(MARGIN, image.width, image.height, starts, out, side, samples, ...flags, ...steps, scale, low);
      target.set(new Float32Array(memory.buffer, out, 3 * side * side));
    },
    align: (image, { nodes, places }, { side, samples }, target) => {
      const sizes = [places.byteLength, nodes * 16, side * samples * 16, side * side * 4].map(aligned);
      const [placeBytes = 0, lineBytes = 0, columnBytes = 0] = sizes;
      const at = load(
        image,
        sizes.reduce((sum, size) => sum + size, 0),
      );
      const lines = at + placeBytes;
      const columns = lines + lineBytes;
      const out = columns + columnBytes;
      new Float32Array(memory.buffer, at, places.length).set(places);
      run.align(MARGIN, image.width, image.height, at, nodes, lines, columns, out, side, samples);
      target.set(new Float32Array(memory.buffer, out, side * side));
    },
  };
};
