/** How much of each region of a face the picture shows: cut off by its border, turned away, or hidden. */
import { FACE_REGIONS, type FaceRegion } from '../../contracts/percepts.ts';
import { POINT_NORMALS } from './canonical-face.ts';
import type { HeadGeometry } from './head-pose.ts';
import { REGION_POINTS } from './landmark-indices.ts';
import type { FaceLandmarks } from './landmarks.ts';
import { rotate, type Vector } from './procrustes.ts';

const clamp = (value: number): number => Math.max(0, Math.min(1, value));

/** 1 while the surface faces the eye within about 65°, 0 from 90° on. */
const facing = (cosine: number): number => clamp(cosine / 0.42);

/** The mesh's presence falls when a face is covered or lost; 0.9 is usual for a clear one. */
const presence = (score: number): number => clamp((score - 0.3) / 0.6);

/** What the action-unit head takes for covered in faces with nothing before them, and where a region is as good as gone. */
const COVERED = { from: 0.2, to: 0.45 } as const;

/** The share of a region that is in view, where the head finds this share of it covered. */
export const clear = (covered: number): number => 1 - clamp((covered - COVERED.from) / (COVERED.to - COVERED.from));

const normalised = ([x, y, z]: Vector): Vector => {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
};

/** @returns 0 hidden to 1 in full view, by region */
export const measureVisibility = (
  points: FaceLandmarks,
  head: HeadGeometry,
  width: number,
  height: number,
  score: number,
): Record<FaceRegion, number> => {
  const [tx, ty, tz] = head.translation;
  const towardsCamera = normalised([-tx, -ty, -tz]);
  const of = (region: FaceRegion): number => {
    let sum = 0;
    for (const point of REGION_POINTS[region]) {
      const x = points[point * 3] ?? -1;
      const y = points[point * 3 + 1] ?? -1;
      const normal = POINT_NORMALS[point];
      if (x < 0 || y < 0 || x > width || y > height || normal === undefined) {
        continue;
      }
      const [nx, ny, nz] = rotate(head.rotation, normal);
      sum += facing(nx * towardsCamera[0] + ny * towardsCamera[1] + nz * towardsCamera[2]);
    }
    return (sum / REGION_POINTS[region].length) * presence(score);
  };
  const [brows, eyes, nose, cheeks, mouth, chin] = FACE_REGIONS.map(of);
  return {
    brows: brows ?? 0,
    eyes: eyes ?? 0,
    nose: nose ?? 0,
    cheeks: cheeks ?? 0,
    mouth: mouth ?? 0,
    chin: chin ?? 0,
  };
};
