import type { Sharp } from 'sharp';

/**
 * Changes of a picture that leave the face as it is: light, colour, crop, size, sharpness, mirror, a slight turn. Each
 * is named for the report.
 */
export const IMAGE_VARIANTS: Readonly<
  Record<string, (picture: Sharp, size: { width: number; height: number }) => Sharp>
> = {
  brighter: (picture) => picture.linear(1.3, 0),
  darker: (picture) => picture.linear(0.65, 0),
  grey: (picture) => picture.grayscale(),
  warm: (picture) => picture.tint({ r: 255, g: 225, b: 190 }),
  cropped: (picture, { width, height }) =>
    picture.extract({
      left: Math.round(width * 0.04),
      top: Math.round(height * 0.04),
      width: Math.max(1, Math.round(width * 0.92)),
      height: Math.max(1, Math.round(height * 0.92)),
    }),
  'three quarters of the size': (picture, { width }) =>
    picture.resize({ width: Math.max(1, Math.round(width * 0.75)) }),
  'slightly blurred': (picture) => picture.blur(1),
  mirrored: (picture) => picture.flop(),
  'turned by 8 degrees': (picture) => picture.rotate(8, { background: '#808080' }),
};
