/**
 * Follows the faces of a video. A face is looked for where its landmarks were in the frame before; the detectors run
 * when a face was lost, twice a second for new ones, and after a cut.
 */
import { LIMITS } from '../../kit/limits.ts';
import { blendLook, type FaceLook, likeness, lookOf } from './descriptor.ts';
import type { FaceDetection } from './detection.ts';
import type { FaceEngine } from './face-engine.ts';
import { measureRow } from './face-row.ts';
import { DETECTION_THRESHOLD, PRESENCE_THRESHOLD, SMALLEST_FACE, sameFace } from './find-faces.ts';
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import type { MeshResult } from './mesh.ts';
import {
  type Box,
  boxOfLandmarks,
  overlap,
  type Region,
  regionOfDetection,
  regionOfLandmarks,
  regionOfPicture,
} from './region.ts';
import { createCutDetector } from './scene-cut.ts';

/** A face over the frames in which it was found. Boxes are in pixels of the analysed frames. */
export type Track = {
  /** Milliseconds and index of each frame. */
  t: number[];
  frame: number[];
  /** One row of `COLUMNS` a frame. */
  rows: Float32Array[];
  firstBox: Box;
  lastBox: Box;
  /** Mean look; it never leaves the process's memory in a form that is kept. */
  look: FaceLook;
  looks: number;
  /** Best detector score. */
  detection: number;
};

type Live = Track & { landmarks: FaceLandmarks; lost: boolean; lostSince: number };

/** Looking for new faces while others are followed. */
const SEARCH_EVERY_MS = 500;
/** The full-range network while nobody is in sight. */
const WIDE_SEARCH_EVERY_MS = 200;
/** A lost face is searched in every frame for this long; then at the usual pace. */
const URGENT_MS = 1_000;
/** MediaPipe's own threshold for the full-range network. */
const WIDE_THRESHOLD = 0.6;
/** Looks are alike above this in one shot … */
const LIKE_IN_SHOT = 0.75;
/** … and above this for a person who comes back later or after a cut. */
export const LIKE_LATER = 0.86;
/** Frames between two looks at a face that is followed. */
const LOOK_EVERY = 5;
/** Passes of the mesh after which a new face's region has settled. */
const SETTLING_PASSES = 3;

const plausible = (before: Box, after: Box): boolean => {
  const growth = after.width / Math.max(before.width, 1);
  return growth > 0.6 && growth < 1.7 && overlap(before, after) > 0.1;
};

const centreDistance = (one: Box, other: Box): number =>
  Math.hypot(one.x + one.width / 2 - other.x - other.width / 2, one.y + one.height / 2 - other.y - other.height / 2);

export type FaceTracker = {
  /** Measures one frame; `scale`: pixels of the original for one pixel of `image`. */
  next: (image: RgbImage, ms: number, frame: number, scale: number) => Promise<void>;
  tracks: () => Track[];
};

export const createFaceTracker = (engine: FaceEngine): FaceTracker => {
  const tracks: Live[] = [];
  const isCut = createCutDetector();
  let lastSearch = -Infinity;
  let lastWideSearch = -Infinity;

  const lookNow = (): FaceLook => lookOf(engine.mesh.crop, engine.mesh.side, engine.mesh.layout);

  const record = async (
    track: Live,
    image: RgbImage,
    result: MeshResult,
    at: { ms: number; frame: number; scale: number },
    look: FaceLook | null,
  ): Promise<void> => {
    const box = boxOfLandmarks(result.landmarks);
    if (look !== null) {
      blendLook(track.look, Math.min(track.looks, 50), look);
      track.looks += 1;
    }
    track.landmarks = result.landmarks;
    track.lastBox = box;
    track.lost = false;
    track.t.push(at.ms);
    track.frame.push(at.frame);
    track.rows.push(await measureRow(engine, image, result, at.scale));
  };

  /** Follows one face into this frame; `false` when it is not there any more. */
  const follow = async (
    track: Live,
    image: RgbImage,
    at: { ms: number; frame: number; scale: number },
    cut: boolean,
    taken: readonly Box[],
  ): Promise<boolean> => {
    const result = await engine.mesh.run(image, regionOfLandmarks(track.landmarks));
    const box = boxOfLandmarks(result.landmarks);
    if (
      result.score < PRESENCE_THRESHOLD ||
      box.width < SMALLEST_FACE ||
      !plausible(track.lastBox, box) ||
      taken.some((other) => sameFace(other, box))
    ) {
      return false;
    }
    const look = cut || track.rows.length % LOOK_EVERY === 0 ? lookNow() : null;
    if (cut && look !== null && likeness(track.look, look) < LIKE_LATER) {
      return false;
    }
    await record(track, image, result, at, look);
    return true;
  };

  const detect = async (image: RgbImage, ms: number, wide: boolean): Promise<FaceDetection[]> => {
    const whole = regionOfPicture(image.width, image.height);
    const found = await engine.shortRange.run(image, whole, DETECTION_THRESHOLD);
    if (wide) {
      lastWideSearch = ms;
      const more = await (await engine.fullRange()).run(image, whole, WIDE_THRESHOLD);
      found.push(...more.filter(({ box }) => !found.some((other) => overlap(other.box, box) > 0.3)));
    }
    return found;
  };

  /** The mesh on a new face, its region settled, or `null` when the mesh sees no face there. */
  const settle = async (image: RgbImage, detection: FaceDetection): Promise<MeshResult | null> => {
    let region: Region = regionOfDetection(detection);
    let result: MeshResult | null = null;
    for (let pass = 0; pass < SETTLING_PASSES; pass += 1) {
      const next = await engine.mesh.run(image, region);
      if (next.score < PRESENCE_THRESHOLD) {
        return null;
      }
      result = next;
      region = regionOfLandmarks(next.landmarks);
    }
    return result;
  };

  /** The lost face that this one continues. */
  const lostTrack = (box: Box, look: FaceLook, ms: number, cut: boolean): Live | undefined => {
    let best: Live | undefined;
    let bestLikeness = 0;
    for (const track of tracks) {
      if (!track.lost) {
        continue;
      }
      const near =
        !cut &&
        ms - track.lostSince < URGENT_MS &&
        centreDistance(track.lastBox, box) < Math.max(track.lastBox.width, box.width);
      const alike = likeness(track.look, look);
      if (alike > (near ? LIKE_IN_SHOT : LIKE_LATER) && alike > bestLikeness) {
        best = track;
        bestLikeness = alike;
      }
    }
    return best;
  };

  return {
    next: async (image, ms, frame, scale) => {
      const at = { ms, frame, scale };
      const cut = isCut(image);
      const taken: Box[] = [];
      let lostNow = false;
      for (const track of tracks.filter(({ lost }) => !lost)) {
        if (await follow(track, image, at, cut, taken)) {
          taken.push(track.lastBox);
        } else {
          track.lost = true;
          track.lostSince = ms;
          lostNow = true;
        }
      }
      const urgent = tracks.some((track) => track.lost && ms - track.lostSince < URGENT_MS);
      const due = ms - lastSearch >= SEARCH_EVERY_MS;
      if (!cut && !lostNow && !urgent && !due && taken.length > 0) {
        return;
      }
      lastSearch = due || cut ? ms : lastSearch;
      const wide = cut || lostNow || due || ms - lastWideSearch >= WIDE_SEARCH_EVERY_MS;
      for (const detection of await detect(image, ms, wide)) {
        if (taken.length >= LIMITS.facesPerFrame || taken.some((box) => sameFace(box, detection.box))) {
          continue;
        }
        const result = await settle(image, detection);
        const box = result === null ? null : boxOfLandmarks(result.landmarks);
        if (
          result === null ||
          box === null ||
          box.width < SMALLEST_FACE ||
          taken.some((other) => sameFace(other, box))
        ) {
          continue;
        }
        const look = lookNow();
        let track = lostTrack(box, look, ms, cut);
        if (track === undefined) {
          track = {
            t: [],
            frame: [],
            rows: [],
            firstBox: box,
            lastBox: box,
            look,
            looks: 1,
            detection: detection.score,
            landmarks: result.landmarks,
            lost: false,
            lostSince: ms,
          };
          tracks.push(track);
        }
        track.detection = Math.max(track.detection, detection.score);
        await record(track, image, result, at, look);
        taken.push(box);
      }
    },
    tracks: () => tracks,
  };
};
