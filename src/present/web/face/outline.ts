import { curveCatmullRomClosed, line } from 'd3-shape';
import type { Region } from '../../html/action-unit-regions.ts';

export type Point = [x: number, y: number];

/** The points of an outline. @param face `x, y` of each point of the mesh */
export const outlineOf = (indices: readonly number[], face: Float32Array): Point[] =>
  indices.flatMap((index): Point[] => {
    const [x, y] = [face[index * 2], face[index * 2 + 1]];
    return x === undefined || y === undefined ? [] : [[x, y]];
  });

const smooth = line().curve(curveCatmullRomClosed.alpha(0.5)).digits(1);

/** A region as an SVG path; a hole in it is to be filled by the even–odd rule. */
export const regionPath = (region: Region, face: Float32Array): string =>
  (smooth(outlineOf(region.outline, face)) ?? '') +
  (region.hole === undefined ? '' : (smooth(outlineOf(region.hole, face)) ?? ''));

/** The middle of a region's extent. */
export const middleOf = (region: Region, face: Float32Array): Point => {
  const points = outlineOf(region.outline, face);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};
