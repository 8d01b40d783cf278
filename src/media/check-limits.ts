import { WhyfaceError } from '../kit/error.ts';
import { LIMITS } from '../kit/limits.ts';
import { durationInWords } from './warnings.ts';

/** Limits on what a header declares, checked before anything is decoded. Each throws one sentence that names the file. */

const tooLarge = (message: string, details: Record<string, unknown>): WhyfaceError =>
  new WhyfaceError({ code: 'media-too-large', stage: 'media', message, details });

const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** @throws WhyfaceError `media-too-large` */
export const checkFileSize = (bytes: number, name: string, kind: 'image' | 'video' | 'audio'): void => {
  const limit = kind === 'image' ? LIMITS.imageBytes : LIMITS.mediaBytes;
  if (bytes > limit) {
    throw tooLarge(
      `${name} is ${inMegabytes(bytes)}; ${kind === 'image' ? 'pictures' : 'clips and recordings'} up to ` +
        `${inMegabytes(limit)} are read, so make it smaller first.`,
      { bytes, limit },
    );
  }
};

/** @throws WhyfaceError `media-too-large` */
export const checkImageSize = (width: number, height: number, name: string): void => {
  if (width * height > LIMITS.imagePixels || Math.max(width, height) > LIMITS.imageSide) {
    throw tooLarge(
      `${name} is ${width} × ${height} pixels; pictures up to ${LIMITS.imagePixels / 1e6} megapixels and ` +
        `${LIMITS.imageSide} pixels a side are read, so scale it down first.`,
      { width, height },
    );
  }
};

/** @throws WhyfaceError `media-too-large` */
export const checkFrameSize = (width: number, height: number, name: string): void => {
  if (width * height > LIMITS.videoPixels) {
    throw tooLarge(
      `${name} has frames of ${width} × ${height} pixels; frames up to 4096 × 2304 are read, so scale it down first.`,
      { width, height },
    );
  }
};

/** @throws WhyfaceError `media-too-long` */
export const checkDuration = (durationMs: number, name: string): void => {
  if (durationMs > LIMITS.durationMs) {
    throw new WhyfaceError({
      code: 'media-too-long',
      stage: 'media',
      message:
        `${name} says it lasts ${durationInWords(durationMs)}; up to ${durationInWords(LIMITS.durationMs)} is read, ` +
        'so cut out the part you are interested in.',
      details: { durationMs },
    });
  }
};

/** @throws WhyfaceError `media-damaged` */
export const checkStreamCount = (streams: number, name: string): void => {
  if (streams > LIMITS.streams) {
    throw new WhyfaceError({
      code: 'media-damaged',
      stage: 'media',
      message: `${name} holds ${streams} streams, more than the ${LIMITS.streams} that are looked at; convert it to a plain MP4 first.`,
      details: { streams },
    });
  }
};
