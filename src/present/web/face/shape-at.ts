import { indexAt } from '../state/playhead.ts';
import { usualStep } from '../state/usual-step.ts';
import type { ShapeTrack } from '../worker/tracks.ts';

/** Points of a shape, irises included. */
export const SHAPE_POINTS = 478;
const NUMBERS = SHAPE_POINTS * 3;
/** Between shapes further apart than this many usual steps, nothing is known. */
const REACH = 2.5;
const SHORTEST_REACH_MS = 120;

/**
 * All three coordinates of a face at a moment, between two measured shapes in proportion.
 *
 * @returns 478 × `x, y, z` in pixels of the upright frame; `null` where the face was not there
 */
export const shapeAt3 = (track: ShapeTrack | null, ms: number): Float32Array | null => {
  if (track === null || track.t.length === 0) {
    return null;
  }
  const { t, perPixel, points } = track;
  const before = Math.max(0, indexAt(t, ms));
  const after = Math.min(t.length - 1, before + 1);
  const [from, to] = [t[before] ?? 0, t[after] ?? 0];
  const reach = t.length > 1 ? Math.max(SHORTEST_REACH_MS, usualStep(t) * REACH) : Infinity;
  if (Math.min(Math.abs(ms - from), Math.abs(to - ms)) > reach) {
    return null;
  }
  const share = to > from && to - from <= reach ? Math.max(0, Math.min(1, (ms - from) / (to - from))) : 0;
  const result = new Float32Array(NUMBERS);
  for (let index = 0; index < NUMBERS; index += 1) {
    const one = points[before * NUMBERS + index] ?? 0;
    result[index] = (one + share * ((points[after * NUMBERS + index] ?? 0) - one)) / perPixel;
  }
  return result;
};

/** The same as `x, y` of each point, as the overlay draws them. */
export const shapeAt = (track: ShapeTrack | null, ms: number): Float32Array | null => {
  const shape = shapeAt3(track, ms);
  if (shape === null) {
    return null;
  }
  const flat = new Float32Array(SHAPE_POINTS * 2);
  for (let point = 0; point < SHAPE_POINTS; point += 1) {
    flat[point * 2] = shape[point * 3] ?? 0;
    flat[point * 2 + 1] = shape[point * 3 + 1] ?? 0;
  }
  return flat;
};
