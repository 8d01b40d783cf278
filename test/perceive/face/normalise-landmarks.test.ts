import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POSE_BASIS } from '../../../src/perceive/face/canonical-face.ts';
import { LANDMARK_COUNT } from '../../../src/perceive/face/landmarks.ts';
import { normaliseLandmarks } from '../../../src/perceive/face/normalise-landmarks.ts';

/** A face as the mesh would report it: y down, z away from the camera. */
const face = (seed: number): Float32Array => {
  const points = Float32Array.from(
    { length: LANDMARK_COUNT * 3 },
    (_, index) => 6 * Math.sin(index * 12.9898 + seed * 78.233),
  );
  for (const [landmark, , x, y, z] of POSE_BASIS) {
    points.set([x, -y, -z], landmark * 3);
  }
  return points;
};

type Placing = { yaw: number; pitch: number; roll: number; scale: number; x: number; y: number };

const placed = (points: Float32Array, { yaw, pitch, roll, scale, x, y }: Placing): Float32Array => {
  const result = new Float32Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    let [px, py, pz] = [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0];
    [px, pz] = [px * Math.cos(yaw) + pz * Math.sin(yaw), pz * Math.cos(yaw) - px * Math.sin(yaw)];
    [py, pz] = [py * Math.cos(pitch) - pz * Math.sin(pitch), pz * Math.cos(pitch) + py * Math.sin(pitch)];
    [px, py] = [px * Math.cos(roll) - py * Math.sin(roll), py * Math.cos(roll) + px * Math.sin(roll)];
    result.set([px * scale + x, py * scale + y, pz * scale], at);
  }
  return result;
};

const angle = fc.double({ min: -0.9, max: 0.9, noNaN: true });
const placing = fc.record({
  yaw: angle,
  pitch: angle,
  roll: angle,
  scale: fc.double({ min: 2, max: 60, noNaN: true }),
  x: fc.double({ min: 0, max: 2000, noNaN: true }),
  y: fc.double({ min: 0, max: 2000, noNaN: true }),
});

describe('normaliseLandmarks', () => {
  it('gives the same face wherever, however large and however turned it is in the picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), placing, (seed, place) => {
        const straight = normaliseLandmarks(face(seed));
        const moved = normaliseLandmarks(placed(face(seed), place));
        expect(moved.pixelsPerCentimetre / straight.pixelsPerCentimetre).toBeCloseTo(place.scale, 2);
        for (const [index, value] of straight.points.entries()) {
          expect(Math.abs((moved.points[index] ?? Number.NaN) - value)).toBeLessThan(0.01);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('turns the axes: x to the left of the person, y up, z out of the face', () => {
    const { points } = normaliseLandmarks(face(1));
    const point = (landmark: number): number[] => [...points.subarray(landmark * 3, landmark * 3 + 3)];
    expect(point(263)[0]).toBeGreaterThan(3);
    expect(point(10)[1]).toBeGreaterThan(7);
    expect(point(4)[2]).toBeGreaterThan(6);
  });

  it('answers zeros for points without extent', () => {
    const { points, pixelsPerCentimetre } = normaliseLandmarks(new Float32Array(LANDMARK_COUNT * 3).fill(7));
    expect(pixelsPerCentimetre).toBe(0);
    expect(points.every((value) => value === 0)).toBe(true);
  });
});
