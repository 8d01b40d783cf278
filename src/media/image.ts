import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Warning } from '../contracts/index.ts';
import { throwIfAborted } from '../kit/abort.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { InputFile } from '../kit/safe-path.ts';
import { checkFileSize, checkImageSize } from './check-limits.ts';
import { MEDIA_FORMATS } from './formats.ts';
import { imageLooksComplete } from './image-end.ts';
import type { SniffedMedia } from './sniff.ts';
import { mediaWarning } from './warnings.ts';

/** An upright picture. */
export type DecodedImage = {
  /** Pixels, after EXIF rotation. */
  width: number;
  height: number;
  /** sRGB, 8 bits, R G B, rows top to bottom without padding. Transparent parts lie on white. */
  data: Uint8Array;
  /** `truncated` or `damaged` where the file is not whole. */
  warnings: readonly Warning[];
};

/** libvips' own names of the loaders that may run; everything else it can read (SVG, PDF, GIF, TIFF, its own format …) stays blocked. */
const LOADERS = ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'];

/** Settings of libvips are one per process; setting them again changes nothing. */
const prepareSharp = (): void => {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  // A perception worker reads a picture once and has one core.
  sharp.cache(false);
  sharp.concurrency(1);
};

const damagedImage = (file: InputFile, label: string, cause: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'media-damaged',
    stage: 'media',
    message: `${file.name} begins like ${label}, but cannot be decoded; it is damaged or was not copied whole, so fetch or export it again.`,
    details: { bytes: file.bytes },
    cause,
  });

type Raw = { data: Buffer; info: { width: number; height: number; channels: number } };

const decode = (bytes: Buffer, failOn: 'warning' | 'none'): Promise<Raw> =>
  sharp(bytes, { failOn, limitInputPixels: false, pages: 1 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });

/**
 * Decodes a JPEG, PNG or WebP picture. Size limits are checked from the header before any pixel is decoded.
 * A damaged picture is decoded as far as it goes, and says so in `warnings`.
 *
 * @throws WhyfaceError `media-too-large`, `media-damaged` (no pixel can be had), `aborted`
 */
export const readImage = async (
  file: InputFile,
  sniffed: Extract<SniffedMedia, { kind: 'image' }>,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<DecodedImage> => {
  prepareSharp();
  const { label } = MEDIA_FORMATS[sniffed.format];
  checkFileSize(file.bytes, file.name, 'image');
  throwIfAborted(options.signal, 'media');
  const bytes = await readFile(file.path);

  const header = await sharp(bytes, { failOn: 'none', limitInputPixels: false })
    .metadata()
    .catch((thrown: unknown) => {
      throw damagedImage(file, label, thrown);
    });
  checkImageSize(header.width, header.height, file.name);
  throwIfAborted(options.signal, 'media');

  const warnings: Warning[] = [];
  if (!imageLooksComplete(bytes, sniffed.format)) {
    warnings.push(
      mediaWarning('truncated', `${file.name} is cut short: the lower part of the picture may be missing or grey.`),
    );
  }
  const raw = await decode(bytes, 'warning').catch(() => {
    if (warnings.length === 0) {
      warnings.push(mediaWarning('damaged', `${file.name} is damaged: parts of the picture may be wrong or grey.`));
    }
    return decode(bytes, 'none').catch((thrown: unknown) => {
      throw damagedImage(file, label, thrown);
    });
  });
  throwIfAborted(options.signal, 'media');
  const { data, info } = raw;
  if (info.channels === 3) {
    return { width: info.width, height: info.height, data, warnings };
  }
  const rgb = new Uint8Array(info.width * info.height * 3);
  for (let pixel = 0; pixel < info.width * info.height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[pixel * 3 + channel] = data[pixel * info.channels + (info.channels >= 3 ? channel : 0)] ?? 0;
    }
  }
  return { width: info.width, height: info.height, data: rgb, warnings };
};
