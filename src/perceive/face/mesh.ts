/** Runs a face-mesh network on a region of a picture and takes its points back into pixels. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { RgbImage } from './image.ts';
import { EYE_RINGS, REFINED_POINTS } from './landmark-indices.ts';
import { type FaceLandmarks, LANDMARK_COUNT, MESH_COUNT } from './landmarks.ts';
import type { PixelKernel } from './pixel-kernel.ts';
import type { Region } from './region.ts';
import { inputSide, type Layout, type Networks, outputNumbers } from './session.ts';
import { type WarpOptions, warp } from './warp.ts';

export type MeshResult = {
  landmarks: FaceLandmarks;
  /** Face presence, 0–1. */
  score: number;
};

export type MeshRunner = {
  /** Side of the network's input, pixels. */
  side: number;
  layout: Layout;
  /** The crop of the latest run, 0–1, until the next one. */
  crop: Float32Array;
  run: (image: RgbImage, region: Region) => Promise<MeshResult>;
};

const copyPlanar = (source: Float32Array, indices: readonly number[], points: Float32Array): void => {
  for (const [position, index] of indices.entries()) {
    points[index * 3] = source[position * 2] ?? 0;
    points[index * 3 + 1] = source[position * 2 + 1] ?? 0;
  }
};

const meanDepth = (points: Float32Array, indices: readonly number[]): number => {
  let sum = 0;
  for (const index of indices) {
    sum += points[index * 3 + 2] ?? 0;
  }
  return sum / indices.length;
};

const setDepth = (points: Float32Array, indices: readonly number[], depth: number): void => {
  for (const index of indices) {
    points[index * 3 + 2] = depth;
  }
};

/**
 * The six outputs of the attention mesh as 478 points, in pixels of the tensor: lips, eyes and irises replace x and y
 * of the mesh; the depth of an iris is the mean of its lid margin (MediaPipe `LandmarksRefinementCalculator`).
 */
export const mergeAttention = (outputs: readonly Float32Array[]): Float32Array => {
  const [mesh, lips, rightEye, leftEye, rightIris, leftIris] = outputs;
  const points = new Float32Array(LANDMARK_COUNT * 3);
  if (!mesh || !lips || !rightEye || !leftEye || !rightIris || !leftIris) {
    return points;
  }
  points.set(mesh.subarray(0, MESH_COUNT * 3));
  copyPlanar(lips, REFINED_POINTS.lips, points);
  copyPlanar(rightEye, REFINED_POINTS.rightEye, points);
  copyPlanar(leftEye, REFINED_POINTS.leftEye, points);
  copyPlanar(rightIris, REFINED_POINTS.rightIris, points);
  copyPlanar(leftIris, REFINED_POINTS.leftIris, points);
  setDepth(points, REFINED_POINTS.rightIris, meanDepth(points, EYE_RINGS.right));
  setDepth(points, REFINED_POINTS.leftIris, meanDepth(points, EYE_RINGS.left));
  return points;
};

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Moves points from pixels of the tensor into pixels of the picture, in place. */
export const projectBack = (points: Float32Array, region: Region, side: number): Float32Array => {
  const scale = region.size / side;
  const cos = Math.cos(region.rotation) * scale;
  const sin = Math.sin(region.rotation) * scale;
  const half = side / 2;
  for (let offset = 0; offset < points.length; offset += 3) {
    const x = (points[offset] ?? 0) - half;
    const y = (points[offset + 1] ?? 0) - half;
    points[offset] = region.centreX + x * cos - y * sin;
    points[offset + 1] = region.centreY + x * sin + y * cos;
    points[offset + 2] = (points[offset + 2] ?? 0) * scale;
  }
  return points;
};

/** @param session the attention mesh (7 outputs), mesh V2 (1,434 numbers) or the plain mesh (1,404; irises stay 0) */
export const createMeshRunner = (
  session: InferenceSession,
  TensorClass: Networks['Tensor'],
  { kernel, sampling = 'centres' }: { kernel: PixelKernel; sampling?: WarpOptions['sampling'] },
): MeshRunner => {
  const { side, layout, name } = inputSide(session);
  const buffer = new Float32Array(side * side * 3);
  const dims = layout === 'interleaved' ? [1, side, side, 3] : [1, 3, side, side];
  const input: Tensor = new TensorClass('float32', buffer, dims);
  const feeds = { [name]: input };
  const warping = { side, low: 0, high: 1, border: 'replicate', layout, sampling, smooth: true } as const;
  return {
    side,
    layout,
    crop: buffer,
    run: async (image, region) => {
      warp(kernel, image, region, warping, buffer);
      const answer = await session.run(feeds);
      const outputs = session.outputNames.map((output) => outputNumbers(answer[output], output));
      const score = outputs.find((numbers) => numbers.length === 1)?.[0] ?? -Infinity;
      const [first] = outputs;
      let points: FaceLandmarks = new Float32Array(LANDMARK_COUNT * 3);
      if (outputs.length >= 7) {
        points = mergeAttention(outputs);
      } else if (first !== undefined) {
        points.set(first.subarray(0, points.length));
      }
      return { landmarks: projectBack(points, region, side), score: sigmoid(score) };
    },
  };
};
