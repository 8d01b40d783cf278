/** Runs a BlazeFace network on a square of a picture. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { anchorCentres, type DetectorShape, decodeDetections } from './decode-detections.ts';
import type { FaceDetection } from './detection.ts';
import type { RgbImage } from './image.ts';
import type { PixelKernel } from './pixel-kernel.ts';
import type { Region } from './region.ts';
import { inputSide, type Networks, outputNumbers } from './session.ts';
import { suppress } from './suppress.ts';
import { type WarpOptions, warp } from './warp.ts';

export type DetectorRunner = {
  /** Faces in one square of the picture, best first. */
  run: (image: RgbImage, region: Region, threshold: number) => Promise<FaceDetection[]>;
};

export type DetectorOptions = { kernel: PixelKernel } & Partial<Pick<WarpOptions, 'sampling' | 'smooth'>>;

export const createDetectorRunner = (
  session: InferenceSession,
  TensorClass: Networks['Tensor'],
  shape: DetectorShape,
  { kernel, sampling = 'centres', smooth = false }: DetectorOptions,
): DetectorRunner => {
  const { side, layout, name } = inputSide(session);
  const buffer = new Float32Array(side * side * 3);
  const dims = layout === 'interleaved' ? [1, side, side, 3] : [1, 3, side, side];
  const input: Tensor = new TensorClass('float32', buffer, dims);
  const feeds = { [name]: input };
  const centres = anchorCentres(shape);
  const warping = { side, low: -1, high: 1, border: 'zero', layout, sampling, smooth } as const;
  return {
    run: async (image, region, threshold) => {
      warp(kernel, image, region, warping, buffer);
      const answer = await session.run(feeds);
      const outputs = session.outputNames.map((output) => outputNumbers(answer[output], output));
      const logits = outputs.find((numbers) => numbers.length * 2 === centres.length);
      const boxes = outputs.find((numbers) => numbers.length === centres.length * 8);
      if (logits === undefined || boxes === undefined) {
        return [];
      }
      return suppress(decodeDetections(boxes, logits, centres, shape, region, threshold));
    },
  };
};
