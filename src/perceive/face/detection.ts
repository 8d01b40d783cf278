import type { Box } from './region.ts';

/** One face as a detector reports it, in pixels of the upright picture. */
export type FaceDetection = {
  /** 0–1. */
  score: number;
  box: Box;
  /** The person's right eye, left eye, nose tip, mouth centre, right ear, left ear. */
  keypoints: ReadonlyArray<readonly [number, number]>;
};
