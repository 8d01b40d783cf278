/** The points of a face over time, small enough to travel: whole numbers, at fewer moments than are measured. */
import { type FaceLandmarks, LANDMARK_COUNT } from './landmarks.ts';

/** Shapes of one face in one stretch of a clip. */
export type FaceShapes = {
  t: number[];
  /** `t.length` × 478 × `x, y, z`, in parts of a pixel of the upright original. */
  points: Int16Array;
};

/** Which shapes are kept. */
export type ShapePlan = {
  /** Least time between two. */
  everyMs: number;
  /** Parts of a pixel: as fine as 16 bits allow for the frame. */
  perPixel: number;
};

const NUMBERS = LANDMARK_COUNT * 3;
const LARGEST = 32_767;
/** Points of a face that is cut off lie beyond the frame. */
const MARGIN = 2;
/** As often as a mesh can be seen to move. */
const SHORTEST_MS = 40;

/** @param most shapes of one person over the whole clip */
export const planShapes = (width: number, height: number, durationMs: number, most: number): ShapePlan => ({
  everyMs: Math.max(SHORTEST_MS, Math.ceil(durationMs / most)),
  perPixel: Math.max(1, Math.floor(LARGEST / (Math.max(width, height) * MARGIN))),
});

export type ShapeKeeper = {
  add: (landmarks: FaceLandmarks, ms: number, scale: number) => void;
  shapes: () => FaceShapes;
};

export const createShapeKeeper = ({ everyMs, perPixel }: ShapePlan): ShapeKeeper => {
  const t: number[] = [];
  const rows: Int16Array[] = [];
  return {
    add: (landmarks, ms, scale) => {
      const last = t.at(-1);
      // A few milliseconds early is in time: frames come in steps of their own.
      if (last !== undefined && ms - last < everyMs * 0.9) {
        return;
      }
      const row = new Int16Array(NUMBERS);
      for (let index = 0; index < NUMBERS; index += 1) {
        const value = Math.round((landmarks[index] ?? 0) * scale * perPixel);
        row[index] = Math.max(-LARGEST, Math.min(LARGEST, value));
      }
      t.push(ms);
      rows.push(row);
    },
    shapes: () => {
      const points = new Int16Array(rows.length * NUMBERS);
      for (const [index, row] of rows.entries()) {
        points.set(row, index * NUMBERS);
      }
      return { t, points };
    },
  };
};
