/** BlazeFace's raw outputs as face detections (MediaPipe `SsdAnchorsCalculator`, `TensorsToDetectionsCalculator`). */
import type { FaceDetection } from './detection.ts';
import type { Region } from './region.ts';

export type DetectorShape = {
  /** Side of the square input, pixels of the tensor. */
  side: number;
  /** Grid cells a side and anchors a cell, layer after layer. */
  layers: ReadonlyArray<{ cells: number; anchors: number }>;
};

/** 128 × 128, faces within about two metres: strides 8, 16, 16, 16 with two anchors each. */
export const SHORT_RANGE: DetectorShape = {
  side: 128,
  layers: [
    { cells: 16, anchors: 2 },
    { cells: 8, anchors: 6 },
  ],
};

/** 192 × 192, faces within about five metres: stride 4, one anchor. */
export const FULL_RANGE: DetectorShape = { side: 192, layers: [{ cells: 48, anchors: 1 }] };

const VALUES_PER_BOX = 16;
const KEYPOINTS = 6;

/** Anchor centres `x, y` in 0–1; every anchor has size 1. */
export const anchorCentres = (shape: DetectorShape): Float32Array => {
  const centres: number[] = [];
  for (const { cells, anchors } of shape.layers) {
    for (let row = 0; row < cells; row += 1) {
      for (let column = 0; column < cells; column += 1) {
        for (let anchor = 0; anchor < anchors; anchor += 1) {
          centres.push((column + 0.5) / cells, (row + 0.5) / cells);
        }
      }
    }
  }
  return Float32Array.from(centres);
};

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * @param boxes 16 numbers an anchor: centre x, y, width, height, then six key points, in pixels of the tensor
 * @param logits one score an anchor, before the sigmoid
 * @param region what the tensor was cropped from (not rotated)
 */
export const decodeDetections = (
  boxes: Float32Array,
  logits: Float32Array,
  centres: Float32Array,
  shape: DetectorShape,
  region: Region,
  threshold: number,
): FaceDetection[] => {
  const found: FaceDetection[] = [];
  const left = region.centreX - region.size / 2;
  const top = region.centreY - region.size / 2;
  const lowest = Math.log(threshold / (1 - threshold));
  for (let anchor = 0; anchor < logits.length; anchor += 1) {
    const logit = logits[anchor] ?? -Infinity;
    if (!(logit >= lowest)) {
      continue;
    }
    const anchorX = centres[anchor * 2] ?? 0;
    const anchorY = centres[anchor * 2 + 1] ?? 0;
    const value = (index: number): number => (boxes[anchor * VALUES_PER_BOX + index] ?? 0) / shape.side;
    const width = value(2) * region.size;
    const height = value(3) * region.size;
    const keypoints = Array.from({ length: KEYPOINTS }, (_, point): readonly [number, number] => [
      left + (value(4 + point * 2) + anchorX) * region.size,
      top + (value(5 + point * 2) + anchorY) * region.size,
    ]);
    found.push({
      score: sigmoid(Math.min(100, logit)),
      box: {
        x: left + (value(0) + anchorX) * region.size - width / 2,
        y: top + (value(1) + anchorY) * region.size - height / 2,
        width,
        height,
      },
      keypoints,
    });
  }
  return found;
};
