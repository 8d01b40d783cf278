import type { ActionUnitCode } from '../../../contracts/index.ts';
import { normaliseLandmarks } from '../../../perceive/face/normalise-landmarks.ts';
import { CANONICAL_POINTS, POINT_COUNT } from '../face/canonical.ts';
import { shapeAt3 } from '../face/shape-at.ts';
import { sampleAt, type UnitNow, unitsAt } from '../player/sample.ts';
import type { SubjectTracks } from '../worker/tracks.ts';
import { addMovement } from './movements.ts';

/** 468 × `x, y, z`, centimetres of the canonical face, frontal and upright. */
export type Shape = Float32Array;

/** The calmest of these many moments make the rest. */
const LOOKED_AT = 160;
const CALM_SHARE = 0.1;
const FEWEST = 3;
const FULL = 5;

/** A face at a moment, turned to the front; from its units alone where its points were not kept. */
export const measuredShape = (subject: SubjectTracks, ms: number): Shape | null => {
  const points = shapeAt3(subject.shapes, ms);
  if (points !== null) {
    return normaliseLandmarks(points).points.slice(0, POINT_COUNT * 3);
  }
  const index = subject.t.length === 1 ? 0 : sampleAt(subject, ms);
  if (index < 0 || subject.shapes !== null) {
    return null;
  }
  const shape = CANONICAL_POINTS.slice();
  for (const unit of unitsAt(subject, index).filter(({ shown }) => shown)) {
    addUnit(shape, unit, 1 / FULL);
  }
  return shape;
};

const addUnit = (shape: Shape, { code, both, left, right }: UnitNow, weight: number): void => {
  if (left === right) {
    addMovement(shape, code, 'both', both * weight);
  } else {
    addMovement(shape, code, 'left', left * weight);
    addMovement(shape, code, 'right', right * weight);
  }
};

/** The face at rest: the mean of its calmest moments; the canonical face where its points were not kept. */
export const restingShape = (subject: SubjectTracks): Shape => {
  const { shapes } = subject;
  if (shapes === null || shapes.t.length === 0) {
    return CANONICAL_POINTS;
  }
  const step = Math.max(1, Math.floor(shapes.t.length / LOOKED_AT));
  const moments = [...shapes.t]
    .filter((_, index) => index % step === 0)
    .map((ms) => {
      const index = sampleAt(subject, ms);
      const strength =
        index < 0 ? Infinity : unitsAt(subject, index).reduce((sum, { both, shown }) => sum + (shown ? both : 0), 0);
      return { ms, strength };
    })
    .sort((a, b) => a.strength - b.strength);
  const calm = moments
    .slice(0, Math.max(FEWEST, Math.ceil(moments.length * CALM_SHARE)))
    .flatMap(({ ms }) => measuredShape(subject, ms) ?? []);
  const mean = new Float32Array(POINT_COUNT * 3);
  for (const shape of calm) {
    for (let index = 0; index < mean.length; index += 1) {
      mean[index] = (mean[index] ?? 0) + (shape[index] ?? 0) / calm.length;
    }
  }
  return calm.length === 0 ? CANONICAL_POINTS : mean;
};

export type ShownOptions = {
  /** 1: as measured; 0: at rest; 2: twice as far from rest. */
  exaggeration: number;
  /** Units that are taken back. */
  off: ReadonlySet<ActionUnitCode>;
};

/** The face as it is shown: away from rest by so much, without the units that are switched off. */
export const shownShape = (
  subject: SubjectTracks,
  rest: Shape,
  ms: number,
  { exaggeration, off }: ShownOptions,
): Shape | null => {
  const measured = measuredShape(subject, ms);
  if (measured === null) {
    return null;
  }
  const shape = new Float32Array(rest.length);
  for (let index = 0; index < rest.length; index += 1) {
    const still = rest[index] ?? 0;
    shape[index] = still + exaggeration * ((measured[index] ?? 0) - still);
  }
  const index = subject.t.length === 1 ? 0 : sampleAt(subject, ms);
  for (const unit of index < 0 ? [] : unitsAt(subject, index)) {
    if (off.has(unit.code)) {
      addUnit(shape, unit, -Math.max(1, exaggeration) / FULL);
    }
  }
  return shape;
};
