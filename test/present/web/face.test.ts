import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANONICAL_POINTS } from '../../../src/present/web/face/canonical.ts';
import { facePoints } from '../../../src/present/web/face/project.ts';
import { shapeAt } from '../../../src/present/web/face/shape-at.ts';
import { isMovable, movementOf } from '../../../src/present/web/mesh/movements.ts';
import { restingShape, shownShape } from '../../../src/present/web/mesh/stabilised.ts';
import { seriesOf } from '../../../src/present/web/worker/pyramid.ts';
import type { SubjectTracks } from '../../../src/present/web/worker/tracks.ts';

const NOSE = 4;
const LEFT_LIP_CORNER = 291;
const RIGHT_LIP_CORNER = 61;

describe('a face laid by its box and pose', () => {
  it('fills the box, however the head is turned', () => {
    const angle = fc.double({ min: -60, max: 60, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, (yaw, pitch, roll) => {
        const face = facePoints({ x: 10, y: 20, width: 100, height: 140 }, { yaw, pitch, roll });
        const xs = [...face].filter((_, index) => index % 2 === 0);
        const ys = [...face].filter((_, index) => index % 2 === 1);
        expect(Math.min(...xs)).toBeCloseTo(10, 3);
        expect(Math.max(...xs)).toBeCloseTo(110, 3);
        expect(Math.min(...ys)).toBeCloseTo(20, 3);
        expect(Math.max(...ys)).toBeCloseTo(160, 3);
      }),
      { numRuns: 50 },
    );
  });

  it('turns as percepts say: positive yaw to the own left, positive pitch up, positive roll to the own left shoulder', () => {
    const box = { x: 0, y: 0, width: 100, height: 100 };
    const at = (pose: { yaw: number; pitch: number; roll: number }, point: number): [number, number] => {
      const face = facePoints(box, pose);
      return [face[point * 2] ?? 0, face[point * 2 + 1] ?? 0];
    };
    const ahead = { yaw: 0, pitch: 0, roll: 0 };
    // The own left is the right of the picture.
    expect(at({ ...ahead, yaw: 25 }, NOSE)[0]).toBeGreaterThan(at(ahead, NOSE)[0] + 5);
    expect(at({ ...ahead, pitch: 25 }, NOSE)[1]).toBeLessThan(at(ahead, NOSE)[1] - 5);
    const [right, left] = [at({ ...ahead, roll: 20 }, RIGHT_LIP_CORNER), at({ ...ahead, roll: 20 }, LEFT_LIP_CORNER)];
    expect(left[1]).toBeGreaterThan(right[1] + 5);
  });
});

describe('shapes over time', () => {
  const track = {
    t: Float64Array.from([0, 100, 1_000]),
    perPixel: 2,
    points: Int16Array.from([0, 100, 500].flatMap((value) => Array<number>(478 * 3).fill(value))),
  };

  it('lie between the two that were measured', () => {
    expect(shapeAt(track, 50)?.[0]).toBe(25);
  });

  it('are not made up while the face was away', () => {
    expect(shapeAt({ ...track, t: Float64Array.from([0, 100, 100_000]) }, 0)?.[0]).toBe(0);
    expect(
      shapeAt({ t: Float64Array.from([0, 40, 80, 9_000]), perPixel: 1, points: new Int16Array(4 * 478 * 3) }, 50_000),
    ).toBeNull();
  });
});

const smiling: SubjectTracks = {
  id: 'P1',
  t: Float64Array.from([0]),
  box: null,
  head: { yaw: seriesOf([0]), pitch: seriesOf([0]), roll: seriesOf([0]) },
  gaze: null,
  units: [{ code: 'AU12', both: seriesOf([5]), left: seriesOf([5]), right: seriesOf([5]), threshold: 1.3 }],
  expression: null,
  affect: null,
  shapes: null,
};

describe('the mesh from units alone', () => {
  it('pulls the lip corners up and out, and lets one unit be taken back', () => {
    const rest = restingShape(smiling);
    const shown = shownShape(smiling, rest, 0, { exaggeration: 1, off: new Set() });
    const back = shownShape(smiling, rest, 0, { exaggeration: 1, off: new Set(['AU12']) });
    const at = (shape: Float32Array | null, point: number, axis: number): number =>
      shape?.[point * 3 + axis] ?? Number.NaN;
    expect(at(shown, LEFT_LIP_CORNER, 0)).toBeGreaterThan(at(rest, LEFT_LIP_CORNER, 0) + 0.2);
    expect(at(shown, LEFT_LIP_CORNER, 1)).toBeGreaterThan(at(rest, LEFT_LIP_CORNER, 1) + 0.2);
    expect(at(back, LEFT_LIP_CORNER, 1)).toBeCloseTo(at(rest, LEFT_LIP_CORNER, 1), 4);
  });

  it('goes further from rest when it exaggerates, and not at all at nought', () => {
    const rest = restingShape(smiling);
    const far = (exaggeration: number): number => {
      const shape = shownShape(smiling, rest, 0, { exaggeration, off: new Set() });
      return (shape?.[LEFT_LIP_CORNER * 3 + 1] ?? 0) - (rest[LEFT_LIP_CORNER * 3 + 1] ?? 0);
    };
    expect(far(0)).toBeCloseTo(0, 5);
    expect(far(2)).toBeCloseTo(2 * far(1), 4);
  });

  it('moves each side as the mirror image of the other', () => {
    const [left, right] = [movementOf('AU12', 'left'), movementOf('AU12', 'right')];
    expect(left?.[LEFT_LIP_CORNER * 3]).toBeCloseTo(-(right?.[RIGHT_LIP_CORNER * 3] ?? 0), 2);
    expect(left?.[LEFT_LIP_CORNER * 3 + 1]).toBeCloseTo(right?.[RIGHT_LIP_CORNER * 3 + 1] ?? 0, 2);
    expect(left).toHaveLength(CANONICAL_POINTS.length);
    expect(isMovable('AU43')).toBe(true);
  });
});
