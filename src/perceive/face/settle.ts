/** Runs the mesh until its own answer no longer moves the region it looks at. */
import type { RgbImage } from './image.ts';
import type { MeshResult, MeshRunner } from './mesh.ts';
import { type Region, regionOfLandmarks } from './region.ts';

const MOST_PASSES = 5;
/** Radians and shares of the side below which a region has settled. */
const STEADY_ROTATION = 0.035;
const STEADY_SIZE = 0.03;
const STEADY_PLACE = 0.02;

const isSteady = (before: Region, after: Region): boolean =>
  Math.abs(after.rotation - before.rotation) < STEADY_ROTATION &&
  Math.abs(after.size - before.size) < STEADY_SIZE * before.size &&
  Math.hypot(after.centreX - before.centreX, after.centreY - before.centreY) < STEADY_PLACE * before.size;

/** @returns the last answer; its crop is the mesh's latest */
export const settle = async (mesh: MeshRunner, image: RgbImage, first: MeshResult): Promise<MeshResult> => {
  let region = regionOfLandmarks(first.landmarks);
  let result = first;
  for (let pass = 1; pass < MOST_PASSES; pass += 1) {
    result = await mesh.run(image, region);
    const next = regionOfLandmarks(result.landmarks);
    if (isSteady(region, next)) {
      return result;
    }
    region = next;
  }
  return result;
};
