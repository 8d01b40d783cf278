/**
 * Follows the faces of a video. A face is looked for where its landmarks were in the frame before; the detectors run
 * when a face was lost, twice a second for new ones, and after a cut.
 */
import { LIMITS } from '../../kit/limits.ts';
import { type FaceLook, type LookGallery, likenessTo, lookOf, remember } from './descriptor.ts';
import type { FaceDetection } from './detection.ts';
import type { FaceEngine } from './face-engine.ts';
import { measureRow } from './face-row.ts';
import { createShapeKeeper, type ShapeKeeper, type ShapePlan } from './face-shapes.ts';
import { DETECTION_THRESHOLD, PRESENCE_THRESHOLD, SMALLEST_FACE, sameFace, tiles } from './find-faces.ts';
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import type { MeshResult } from './mesh.ts';
import {
  type Box,
  boxOfLandmarks,
  containment,
  overlap,
  regionOfDetection,
  regionOfLandmarks,
  regionOfPicture,
} from './region.ts';
import { fitOf, LIKE_ACROSS_CUT } from './same-person.ts';
import { createCutDetector } from './scene-cut.ts';
import { settle } from './settle.ts';

/** A face over the frames in which it was found. Boxes are in pixels of the analysed frames. */
export type Track = {
  /** Milliseconds and index of each frame. */
  t: number[];
  frame: number[];
  /** One row of `COLUMNS` a frame. */
  rows: Float32Array[];
  firstBox: Box;
  lastBox: Box;
  /** In memory only: never part of a result. */
  looks: LookGallery;
  /** The points over time, where they were asked for. */
  shapes: ShapeKeeper | null;
  /** Best detector score. */
  detection: number;
  /** How often the detectors ran while the face was followed, and how often they found it too. */
  searches: number;
  confirmed: number;
};

type Live = Track & { landmarks: FaceLandmarks; lost: boolean; lostSince: number; lookedMs: number };

/** Looking for new faces while others are followed. */
const SEARCH_EVERY_MS = 500;
/** The full-range network while nobody is in sight. */
const WIDE_SEARCH_EVERY_MS = 200;
/** Small faces, in tiles of half the picture: now and then, and more often while nobody is in sight. */
const TILE_SEARCH_EVERY_MS = 4_000;
const EMPTY_TILE_SEARCH_EVERY_MS = 400;
/** A lost face is searched in every frame for this long; then at the usual pace. */
const URGENT_MS = 1_000;
/** MediaPipe's own threshold for the full-range network. */
const WIDE_THRESHOLD = 0.6;
/** Time between two looks at a face that is followed. */
const LOOK_EVERY_MS = 160;
/** A detection that outweighs one look of the mesh. */
const SURE_DETECTION = 0.7;

const plausible = (before: Box, after: Box): boolean => {
  const growth = after.width / Math.max(before.width, 1);
  return growth > 0.6 && growth < 1.7 && overlap(before, after) > 0.1;
};

export type FaceTracker = {
  /** Measures one frame; `scale`: pixels of the original for one pixel of `image`. */
  next: (image: RgbImage, ms: number, frame: number, scale: number) => Promise<void>;
  tracks: () => Track[];
  /** Milliseconds at which new shots began. */
  cuts: () => number[];
};

/** @param plan which shapes are kept; `null`: none */
export const createFaceTracker = (engine: FaceEngine, plan: ShapePlan | null = null): FaceTracker => {
  const tracks: Live[] = [];
  const isCut = createCutDetector();
  const cuts: number[] = [];
  let shotMs = 0;
  let lastSearch = -Infinity;
  let lastWideSearch = -Infinity;
  let lastTileSearch = -Infinity;

  const lookAt = (image: RgbImage, { landmarks }: MeshResult): FaceLook => lookOf(image, landmarks, engine.mesh);

  const record = async (
    track: Live,
    image: RgbImage,
    result: MeshResult,
    at: { ms: number; frame: number; scale: number },
    look: FaceLook | null,
  ): Promise<void> => {
    const box = boxOfLandmarks(result.landmarks);
    if (look !== null) {
      remember(track.looks, look);
      track.lookedMs = at.ms;
    }
    track.landmarks = result.landmarks;
    track.lastBox = box;
    track.lost = false;
    track.t.push(at.ms);
    track.frame.push(at.frame);
    track.shapes?.add(result.landmarks, at.ms, at.scale);
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
    const look = cut || at.ms - track.lookedMs >= LOOK_EVERY_MS ? lookAt(image, result) : null;
    if (cut && look !== null && likenessTo(track.looks, look) < LIKE_ACROSS_CUT) {
      return false;
    }
    await record(track, image, result, at, look);
    return true;
  };

  const detect = async (image: RgbImage, ms: number, depth: 'near' | 'wide' | 'tiles'): Promise<FaceDetection[]> => {
    const whole = regionOfPicture(image.width, image.height);
    const near = await engine.shortRange.run(image, whole, DETECTION_THRESHOLD);
    if (depth === 'near') {
      return near;
    }
    lastWideSearch = ms;
    const fullRange = await engine.fullRange();
    const regions = [whole];
    if (depth === 'tiles') {
      lastTileSearch = ms;
      regions.push(...tiles(image.width, image.height, whole.size / 2));
    }
    // The full-range network's boxes come first: those of the short-range one are loose around smaller faces.
    const found: FaceDetection[] = [];
    const add = (detections: readonly FaceDetection[]): void => {
      found.push(...detections.filter(({ box }) => !found.some((other) => sameFace(other.box, box))));
    };
    for (const region of regions) {
      add(await fullRange.run(image, region, WIDE_THRESHOLD));
    }
    add(near);
    return found;
  };

  /** The mesh on a new face, its region settled, or `null` when the mesh sees no face there. */
  const meet = async (image: RgbImage, detection: FaceDetection): Promise<MeshResult | null> => {
    const first = await engine.mesh.run(image, regionOfDetection(detection));
    // A loose box may hide the face from the first pass; a detector that is sure is given the benefit of the doubt.
    if (first.score < PRESENCE_THRESHOLD && detection.score < SURE_DETECTION) {
      return null;
    }
    const result = await settle(engine.mesh, image, first);
    const stayed = containment(boxOfLandmarks(result.landmarks), detection.box) > 0.5;
    return stayed && result.score >= PRESENCE_THRESHOLD ? result : null;
  };

  /** The lost face that this one continues. */
  const lostTrack = (box: Box, look: FaceLook, ms: number): Live | undefined => {
    let best: Live | undefined;
    let bestFit = 0;
    for (const track of tracks.filter(({ lost }) => lost)) {
      const { looks, lastBox } = track;
      const fit = fitOf({ looks, lastBox, lastMs: track.t.at(-1) ?? 0 }, box, look, ms, shotMs);
      if (fit > bestFit) {
        best = track;
        bestFit = fit;
      }
    }
    return best;
  };

  return {
    next: async (image, ms, frame, scale) => {
      const at = { ms, frame, scale };
      const cut = isCut(image, ms);
      if (cut) {
        cuts.push(ms);
        shotMs = ms;
      }
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
      const tiled =
        cut || ms - lastTileSearch >= (taken.length > 0 ? TILE_SEARCH_EVERY_MS : EMPTY_TILE_SEARCH_EVERY_MS);
      const wide = tiled || lostNow || due || ms - lastWideSearch >= WIDE_SEARCH_EVERY_MS;
      const detections = await detect(image, ms, tiled ? 'tiles' : wide ? 'wide' : 'near');
      for (const track of tracks.filter(({ lost }) => wide && !lost)) {
        track.searches += 1;
        track.confirmed += detections.some(({ box }) => sameFace(box, track.lastBox)) ? 1 : 0;
      }
      for (const detection of detections) {
        if (taken.length >= LIMITS.facesPerFrame || taken.some((box) => sameFace(box, detection.box))) {
          continue;
        }
        const result = await meet(image, detection);
        const box = result === null ? null : boxOfLandmarks(result.landmarks);
        if (
          result === null ||
          box === null ||
          box.width < SMALLEST_FACE ||
          taken.some((other) => sameFace(other, box))
        ) {
          continue;
        }
        const look = lookAt(image, result);
        let track = lostTrack(box, look, ms);
        if (track === undefined) {
          track = {
            t: [],
            frame: [],
            rows: [],
            firstBox: box,
            lastBox: box,
            looks: [look],
            shapes: plan === null ? null : createShapeKeeper(plan),
            detection: detection.score,
            searches: 0,
            confirmed: 0,
            landmarks: result.landmarks,
            lost: false,
            lostSince: ms,
            lookedMs: ms,
          };
          tracks.push(track);
        }
        track.detection = Math.max(track.detection, detection.score);
        track.searches += 1;
        track.confirmed += 1;
        await record(track, image, result, at, look);
        taken.push(box);
      }
    },
    tracks: () => tracks,
    cuts: () => cuts,
  };
};
