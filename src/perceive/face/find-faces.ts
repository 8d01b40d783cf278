/** Finds every face of a picture: detectors at several scales, each find confirmed by the mesh. */
import { LIMITS } from '../../kit/limits.ts';
import type { FaceDetection } from './detection.ts';
import type { DetectorRunner } from './detector.ts';
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';
import type { MeshRunner } from './mesh.ts';
import {
  type Box,
  boxOfLandmarks,
  containment,
  overlap,
  type Region,
  regionOfDetection,
  regionOfPicture,
} from './region.ts';
import { settle } from './settle.ts';

export type FaceNetworks = { shortRange: DetectorRunner; fullRange: () => Promise<DetectorRunner>; mesh: MeshRunner };

export type FoundFace = {
  landmarks: FaceLandmarks;
  box: Box;
  /** Face presence by the mesh, 0–1. */
  score: number;
  /** The detector's score, 0–1. */
  detection: number;
};

/** MediaPipe's own thresholds for a detection and for the mesh's face presence. */
export const DETECTION_THRESHOLD = 0.5;
export const PRESENCE_THRESHOLD = 0.5;

/** Faces narrower than this have too few pixels for 478 points. */
export const SMALLEST_FACE = 16;
const SURE_DETECTION = 0.75;
const SURE_PRESENCE = 0.95;
/** Narrower than this, patterns of carpets and leaves look like faces to both networks. */
const SMALL_FACE = 36;
const SURE_SMALL_DETECTION = 0.7;
/** Tiles are not cut smaller than this: the detectors then see no more than they did before. */
const SMALLEST_TILE = 160;
/** A face narrower than this share of what the detector looked at may have smaller neighbours that it missed. */
const SMALL_SHARE = 0.16;

/** Whether two boxes can only be one face. */
export const sameFace = (one: Box, other: Box): boolean => overlap(one, other) > 0.4 || containment(one, other) > 0.75;

/** Squares of one size that cover the picture, overlapping by a third so that no face lies on every border. */
export const tiles = (width: number, height: number, side: number): Region[] => {
  const step = (side * 2) / 3;
  const columns = Math.max(1, Math.ceil((width - side) / step) + 1);
  const rows = Math.max(1, Math.ceil((height - side) / step) + 1);
  const regions: Region[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = columns === 1 ? width / 2 : side / 2 + ((width - side) * column) / (columns - 1);
      const y = rows === 1 ? height / 2 : side / 2 + ((height - side) * row) / (rows - 1);
      regions.push({ centreX: x, centreY: y, size: side, rotation: 0 });
    }
  }
  return regions;
};

type Search = {
  image: RgbImage;
  networks: FaceNetworks;
  faces: FoundFace[];
};

/**
 * Whether a find is to be believed. The mesh looks twice; of 190 faces in 57 photos all real ones reached a presence of
 * 0.99 both times, unless their detection was sure, while blurred lights stayed below 0.9 once.
 */
const isDoubtful = (detection: FaceDetection, width: number, firstScore: number, secondScore: number): boolean =>
  (detection.score < SURE_DETECTION && Math.max(firstScore, secondScore) < SURE_PRESENCE) ||
  (detection.score < SURE_SMALL_DETECTION && width < SMALL_FACE);

/** Confirms a detection with the mesh; `passes` 2 keeps the answer for the crop centred by the first one. */
const confirm = async (search: Search, detection: FaceDetection, passes: 1 | 2): Promise<void> => {
  const { image, networks, faces } = search;
  const known = (box: Box): boolean => box.width < SMALLEST_FACE || faces.some((face) => sameFace(face.box, box));
  if (known(detection.box)) {
    return;
  }
  const first = await networks.mesh.run(image, regionOfDetection(detection));
  if (first.score < PRESENCE_THRESHOLD) {
    return;
  }
  const second = await settle(networks.mesh, image, first);
  const { landmarks, score } = passes === 2 && second.score >= first.score - 0.1 ? second : first;
  const box = boxOfLandmarks(landmarks);
  if (!known(box) && !isDoubtful(detection, box.width, first.score, second.score)) {
    faces.push({ landmarks, box, score, detection: detection.score });
  }
};

const look = async (
  search: Search,
  detector: DetectorRunner,
  regions: readonly Region[],
  passes: 1 | 2,
): Promise<void> => {
  for (const region of regions) {
    for (const detection of await detector.run(search.image, region, DETECTION_THRESHOLD)) {
      await confirm(search, detection, passes);
    }
  }
};

const enlarged = (region: Region, factor: number): Region => ({ ...region, size: region.size * factor });

/**
 * Faces in a photo, largest first. The short-range network looks at the whole picture exactly as MediaPipe's graph does
 * and its finds are kept as they are; what else is found – small faces, by the full-range network and by tiles, and
 * faces that fill the picture, by looking at it with a margin – is added to them.
 */
export const findFacesInPhoto = async (image: RgbImage, networks: FaceNetworks): Promise<FoundFace[]> => {
  const search: Search = { image, networks, faces: [] };
  const { width, height } = image;
  const whole = regionOfPicture(width, height);
  const wide = await networks.fullRange();
  await look(search, networks.shortRange, [whole], 1);
  await look(search, wide, [whole], 2);
  if (search.faces.length === 0) {
    await look(search, networks.shortRange, [enlarged(whole, 1.5), enlarged(whole, 2)], 2);
  }
  for (let side = whole.size / 2; side >= SMALLEST_TILE; side /= 2) {
    const widths = search.faces.map((face) => face.box.width / (side * 2));
    if (widths.some((share) => share > SMALL_SHARE) || (widths.length === 0 && side < whole.size / 2)) {
      break;
    }
    await look(search, wide, tiles(width, height, side), 2);
  }
  return search.faces.sort((one, other) => other.box.width - one.box.width).slice(0, LIMITS.facesPerFrame);
};
