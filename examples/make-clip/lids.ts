import type { Point } from './thin-plate.ts';

/** Lid margins from one corner of the eye to the other, the picture's left first. */
const EYES = [
  { upper: [33, 246, 161, 160, 159, 158, 157, 173, 133], lower: [33, 7, 163, 144, 145, 153, 154, 155, 133] },
  { upper: [362, 398, 384, 385, 386, 387, 388, 466, 263], lower: [362, 382, 381, 380, 374, 373, 390, 249, 263] },
] as const;

/** How much skin above the lid margin is drawn down with it, as a share of the distance of the outer eye corners. */
const SKIN_SHARE = 0.17;
/** The closed lid ends this share of that distance below the lower margin, on the lashes. */
const OVERLAP_SHARE = 0.012;

/**
 * Lids that slide over the eyes: for a place in the picture with lids closed to `level` (0–1) the place in the photo
 * to look up. The skin above the margin is stretched down; what is below the margin stays as it is, so that the eye is
 * covered and not squeezed.
 */
export const lidsClosed = (landmarks: readonly Point[], level: number): ((x: number, y: number) => Point) => {
  const [right, left] = [landmarks[33] ?? [0, 0], landmarks[263] ?? [0, 0]];
  const unit = Math.hypot(left[0] - right[0], left[1] - right[1]);
  const skin = SKIN_SHARE * unit;
  const curves = EYES.map(({ upper, lower }) => ({
    upper: upper.map((index): Point => landmarks[index] ?? [0, 0]),
    lower: lower.map((index): Point => landmarks[index] ?? [0, 0]),
  }));
  return (x, y) => {
    for (const { upper, lower } of curves) {
      const top = heightAt(upper, x);
      const bottom = heightAt(lower, x);
      if (top === null || bottom === null) {
        continue;
      }
      // Nothing at the corners, all of it from a tenth of the way in.
      const open = Math.max(0, bottom - top);
      const overlap = OVERLAP_SHARE * unit * Math.min(1, open / (0.05 * unit));
      const margin = top + level * (open + overlap);
      if (y > margin || y < top - skin) {
        return [x, y];
      }
      const share = (y - (top - skin)) / (margin - (top - skin));
      // Stretched most just above the margin, where lids have skin to spare, and not at all at the brow.
      const stretch = margin - top;
      const source = top - skin + share * skin;
      const plain = y - stretch * share * share;
      return [x, share * source + (1 - share) * Math.min(plain, y)];
    }
    return [x, y];
  };
};

/** Height of a polyline at `x`, smoothed by a cubic through its neighbours; `null` beyond its ends. */
const heightAt = (curve: readonly Point[], x: number): number | null => {
  for (let index = 0; index + 1 < curve.length; index += 1) {
    const [from, to] = [curve[index], curve[index + 1]];
    if (from === undefined || to === undefined || x < from[0] || x > to[0]) {
      continue;
    }
    const before = curve[index - 1] ?? from;
    const after = curve[index + 2] ?? to;
    const t = (x - from[0]) / Math.max(1e-6, to[0] - from[0]);
    const slopeFrom = ((to[1] - before[1]) / Math.max(1e-6, to[0] - before[0])) * (to[0] - from[0]);
    const slopeTo = ((after[1] - from[1]) / Math.max(1e-6, after[0] - from[0])) * (to[0] - from[0]);
    const t2 = t * t;
    const t3 = t2 * t;
    return (
      (2 * t3 - 3 * t2 + 1) * from[1] + (t3 - 2 * t2 + t) * slopeFrom + (3 * t2 - 2 * t3) * to[1] + (t3 - t2) * slopeTo
    );
  }
  return null;
};
