/** Worker side: crops of faces at asked-for moments, as JPEG, with the face's landmarks. */
import type { Still } from '../contracts/still.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { InputFile } from '../kit/safe-path.ts';
import type { FaceEngine } from './face/face-engine.ts';
import type { RgbImage } from './face/image.ts';
import type { Box } from './face/region.ts';
import { settle } from './face/settle.ts';
import type { StillRequest } from './protocol.ts';

/** The crop is this many times the face's box … */
const MARGIN = 1.7;
/** … and at most this many pixels a side. */
const LARGEST_SIDE = 640;
const QUALITY = 88;

/** A picture and how many of its pixels make one pixel of the original. */
export type Picture = { image: RgbImage; scale: number };

type Crop = { left: number; top: number; width: number; height: number };

const cropOf = (box: Box, image: RgbImage): Crop => {
  const side = Math.max(box.width, box.height) * MARGIN;
  const left = Math.max(0, Math.round(box.x + box.width / 2 - side / 2));
  const top = Math.max(0, Math.round(box.y + box.height / 2 - side / 2));
  const right = Math.min(image.width, Math.round(box.x + box.width / 2 + side / 2));
  const bottom = Math.min(image.height, Math.round(box.y + box.height / 2 + side / 2));
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
};

/** Copies the crop, so that a video's frame may be overwritten meanwhile. */
const cutOut = (image: RgbImage, { left, top, width, height }: Crop): Uint8Array => {
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * image.width + left) * 3;
    pixels.set(image.data.subarray(from, from + width * 3), row * width * 3);
  }
  return pixels;
};

/** One still of the face that lies in the request's box. */
export const takeStill = async (
  engine: FaceEngine,
  { image, scale }: Picture,
  request: StillRequest,
): Promise<Still> => {
  const box = {
    x: request.box.x * scale,
    y: request.box.y * scale,
    width: request.box.width * scale,
    height: request.box.height * scale,
  };
  const first = await engine.mesh.run(image, {
    centreX: box.x + box.width / 2,
    centreY: box.y + box.height / 2,
    size: Math.max(box.width, box.height) * 1.5,
    rotation: 0,
  });
  const { landmarks } = await settle(engine.mesh, image, first);
  const crop = cropOf(box, image);
  const { default: sharp } = await import('sharp');
  const shrink = Math.min(1, LARGEST_SIDE / Math.max(crop.width, crop.height));
  const width = Math.max(1, Math.round(crop.width * shrink));
  const height = Math.max(1, Math.round(crop.height * shrink));
  const jpeg = await sharp(cutOut(image, crop), { raw: { width: crop.width, height: crop.height, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  const points: Array<readonly [number, number]> = [];
  for (let offset = 0; offset < landmarks.length; offset += 3) {
    points.push([
      Math.round(((landmarks[offset] ?? 0) - crop.left) * (width / crop.width) * 10) / 10,
      Math.round(((landmarks[offset + 1] ?? 0) - crop.top) * (height / crop.height) * 10) / 10,
    ]);
  }
  return { subject: request.subject, ms: request.ms, jpeg: new Uint8Array(jpeg), width, height, landmarks: points };
};

export const noFrameThere = (file: InputFile, ms: number): WhyfaceError =>
  new WhyfaceError({
    code: 'media-damaged',
    stage: 'media',
    message: `${file.name} has no readable frame at ${(ms / 1000).toFixed(2)} s.`,
  });
