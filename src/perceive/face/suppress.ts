/** Weighted non-maximum suppression, as MediaPipe's `NonMaxSuppressionCalculator` does it for faces. */
import type { FaceDetection } from './detection.ts';
import { overlap } from './region.ts';

const OVERLAP = 0.3;

const weightedMean = (group: readonly FaceDetection[], pick: (detection: FaceDetection) => number): number => {
  let sum = 0;
  let weight = 0;
  for (const detection of group) {
    sum += pick(detection) * detection.score;
    weight += detection.score;
  }
  return sum / weight;
};

const blend = (best: FaceDetection, group: readonly FaceDetection[]): FaceDetection => ({
  score: best.score,
  box: {
    x: weightedMean(group, ({ box }) => box.x),
    y: weightedMean(group, ({ box }) => box.y),
    width: weightedMean(group, ({ box }) => box.width),
    height: weightedMean(group, ({ box }) => box.height),
  },
  keypoints: best.keypoints.map((_, index): readonly [number, number] => [
    weightedMean(group, ({ keypoints }) => keypoints[index]?.[0] ?? 0),
    weightedMean(group, ({ keypoints }) => keypoints[index]?.[1] ?? 0),
  ]),
});

/** One detection a face: the overlapping ones averaged by their scores. Best first. */
export const suppress = (detections: readonly FaceDetection[]): FaceDetection[] => {
  let remaining = detections.toSorted((one, other) => other.score - one.score);
  const kept: FaceDetection[] = [];
  for (let best = remaining[0]; best !== undefined; best = remaining[0]) {
    const reference = best;
    const group = remaining.filter((detection) => overlap(detection.box, reference.box) > OVERLAP);
    kept.push(blend(reference, group));
    // A box without area overlaps nothing, not even itself; it must leave all the same.
    remaining = remaining.filter((detection) => detection !== reference && !group.includes(detection));
  }
  return kept;
};
