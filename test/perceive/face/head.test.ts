import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { POSE_BASIS } from '../../../src/perceive/face/canonical-face.ts';
import { findFacesInPhoto } from '../../../src/perceive/face/find-faces.ts';
import { measureEyes } from '../../../src/perceive/face/gaze.ts';
import { headGeometry } from '../../../src/perceive/face/head-pose.ts';
import { LID_PAIRS } from '../../../src/perceive/face/landmark-indices.ts';
import type { FaceLandmarks } from '../../../src/perceive/face/landmarks.ts';
import { measureVisibility } from '../../../src/perceive/face/visibility.ts';
import { ROOT } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, pictureAt } from '../support/engine.ts';

const WIDTH = 1000;
const HEIGHT = 800;
const FOCAL = HEIGHT / 2 / Math.tan((63 * Math.PI) / 360);
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

type Pose = { yaw: number; pitch: number; roll: number };

/** The canonical face, turned, half a metre away, seen by the camera; all other points sit at its middle. */
const faceAt = ({ yaw, pitch, roll }: Pose): FaceLandmarks => {
  const [cy, sy] = [Math.cos(radians(yaw)), Math.sin(radians(yaw))];
  const [cp, sp] = [Math.cos(radians(-pitch)), Math.sin(radians(-pitch))];
  const [cr, sr] = [Math.cos(radians(-roll)), Math.sin(radians(-roll))];
  const turned = (x: number, y: number, z: number): [number, number, number] => {
    const [x1, y1] = [cr * x - sr * y, sr * x + cr * y];
    const [y2, z2] = [cp * y1 - sp * z, sp * y1 + cp * z];
    return [cy * x1 + sy * z2, y2, -sy * x1 + cy * z2];
  };
  const seen = (x: number, y: number, z: number): [number, number, number] => {
    const [a, b, c] = turned(x, y, z);
    const depth = 50 - c;
    // The mesh gives depth in the scale of the face's middle.
    return [WIDTH / 2 + (FOCAL * a) / depth, HEIGHT / 2 - (FOCAL * b) / depth, (-c * FOCAL) / 50];
  };
  const points = new Float32Array(478 * 3);
  for (let index = 0; index < 478; index += 1) {
    points.set(seen(0, 0, 3), index * 3);
  }
  for (const [index, , x, y, z] of POSE_BASIS) {
    points.set(seen(x, y, z), index * 3);
  }
  return points;
};

describe('head pose', () => {
  it('recovers yaw to the own left, pitch up, and roll to the own left shoulder', () => {
    const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    fc.assert(
      fc.property(degrees(50), degrees(30), degrees(40), (yaw, pitch, roll) => {
        const { pose } = headGeometry(faceAt({ yaw, pitch, roll }), WIDTH, HEIGHT);
        expect(Math.abs(pose.yaw - yaw)).toBeLessThan(6);
        expect(Math.abs(pose.pitch - pitch)).toBeLessThan(6);
        expect(Math.abs(pose.roll - roll)).toBeLessThan(6);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the size of the picture', () => {
    const points = faceAt({ yaw: 20, pitch: -10, roll: 5 });
    const twice = points.map((value) => value * 2);
    const { pose } = headGeometry(points, WIDTH, HEIGHT);
    const { pose: same } = headGeometry(twice, WIDTH * 2, HEIGHT * 2);
    expect(same.yaw).toBeCloseTo(pose.yaw, 3);
    expect(same.roll).toBeCloseTo(pose.roll, 3);
  });
});

const models = temporaryFolder('head');
let points: FaceLandmarks = new Float32Array();
let width = 0;
let height = 0;

beforeAll(async () => {
  const image = await pictureAt(join(ROOT, 'examples', 'astronaut.png'));
  const [face] = await findFacesInPhoto(image, await engineIn(models));
  ({ width, height } = image);
  points = face?.landmarks ?? points;
});

describe('eyes', () => {
  it('moves gaze with the irises: to the own left on the picture’s right, up with less y', () => {
    const before = measureEyes(headGeometry(points, width, height)).gaze;
    const moved = points.slice();
    for (let iris = 468; iris < 478; iris += 1) {
      moved[iris * 3] = (moved[iris * 3] ?? 0) + 2;
      moved[iris * 3 + 1] = (moved[iris * 3 + 1] ?? 0) - 1;
    }
    const after = measureEyes(headGeometry(moved, width, height)).gaze;
    expect((after?.yaw ?? 0) - (before?.yaw ?? 0)).toBeGreaterThan(5);
    expect((after?.pitch ?? 0) - (before?.pitch ?? 0)).toBeGreaterThan(3);
  });

  it('says no direction for closed eyes', () => {
    const closed = points.slice();
    for (const [upper, lower] of [...LID_PAIRS.left, ...LID_PAIRS.right]) {
      closed.copyWithin(upper * 3, lower * 3, lower * 3 + 3);
    }
    const { gaze, opening } = measureEyes(headGeometry(closed, width, height));
    expect(gaze).toBeNull();
    expect(opening.left).toBeLessThan(0.05);
  });
});

describe('visibility', () => {
  it('falls where the picture ends, and for cheeks when the head turns away', () => {
    const head = headGeometry(points, width, height);
    const whole = measureVisibility(points, head, width, height, 1);
    expect(whole.eyes).toBeGreaterThan(0.9);
    const chinY = points[152 * 3 + 1] ?? 0;
    const cut = measureVisibility(points, head, width, chinY - 12, 1);
    expect(cut.chin).toBeLessThan(0.5);
    expect(cut.eyes).toBe(whole.eyes);
    const { rotation, translation } = headGeometry(faceAt({ yaw: 60, pitch: 0, roll: 0 }), WIDTH, HEIGHT);
    const turned = measureVisibility(points, { ...head, rotation, translation }, width, height, 1);
    expect(turned.cheeks).toBeLessThan(0.75);
    expect(turned.cheeks).toBeGreaterThan(0.2);
  });
});
