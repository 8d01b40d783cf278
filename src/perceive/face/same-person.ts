/** Decides which of the people of a clip a face that turns up belongs to. */
import { type FaceLook, type LookGallery, likenessTo } from './descriptor.ts';
import type { Box } from './region.ts';

/**
 * Within a shot a face belongs to a lost one above this likeness. Measured on a clip of three men who move about, by
 * fragments of tracks: the same person 0.73–0.92, two persons up to 0.74 (0.70 at the 95th percentile).
 */
export const LIKE_IN_SHOT = 0.74;
/** Across a cut, where two people share the light and the background, it takes more. */
export const LIKE_ACROSS_CUT = 0.82;
/** One look alone decides only when it is nearly the same; otherwise all the looks do, at the end. */
const LIKE_AT_ONE_LOOK = 0.9;
/** Where a face was lost a moment ago and another one appears near by, it takes less: this much at the very place … */
const NEARBY_BONUS = 0.25;
/** … and nothing at the farthest that a face is taken to have gone, in its widths: at once, and for each second. */
const JUMP = 1.2;
const JUMP_PER_SECOND = 3;
const NEARBY_MS = 1_000;
const LARGEST_GROWTH = 1.7;

const centreDistance = (one: Box, other: Box): number =>
  Math.hypot(one.x + one.width / 2 - other.x - other.width / 2, one.y + one.height / 2 - other.y - other.height / 2);

export type LostFace = { looks: LookGallery; lastBox: Box; lastMs: number };

/**
 * How well a face fits a lost one; 0: it is somebody else.
 *
 * @param shotMs when the present shot began
 */
export const fitOf = (lost: LostFace, box: Box, look: FaceLook, ms: number, shotMs: number): number => {
  const alike = likenessTo(lost.looks, look);
  if (lost.lastMs < shotMs) {
    return alike > LIKE_AT_ONE_LOOK ? alike : 0;
  }
  const away = ms - lost.lastMs;
  const growth = box.width / Math.max(lost.lastBox.width, 1);
  const distance = centreDistance(lost.lastBox, box) / Math.max(lost.lastBox.width, box.width);
  const reach = JUMP + (JUMP_PER_SECOND * away) / 1000;
  const near = away < NEARBY_MS && distance < reach && growth < LARGEST_GROWTH && growth > 1 / LARGEST_GROWTH;
  const score = alike + (near ? NEARBY_BONUS * (1 - distance / reach) : 0);
  return score > LIKE_IN_SHOT ? score : 0;
};

/**
 * Likeness of two sets of looks: the mean over the better half of one set, each with its nearest in the other, so that a
 * single blurred look decides nothing.
 */
export const likenessOfGalleries = (one: LookGallery, other: LookGallery): number => {
  const oneWay = (looks: LookGallery, gallery: LookGallery): number => {
    const best = looks
      .map((look) => likenessTo(gallery, look))
      .sort((a, b) => b - a)
      .slice(0, Math.ceil(looks.length / 2));
    return best.reduce((sum, value) => sum + value, 0) / Math.max(1, best.length);
  };
  return (oneWay(one, other) + oneWay(other, one)) / 2;
};
