/** FFmpeg filter descriptions, shared by both decoders so that they deliver the same pictures and sound. */

/** The size delivered: the upright size, scaled down so that its longest side is at most `maxSide`. */
export const deliveredSize = (
  width: number,
  height: number,
  maxSide: number | undefined,
): { width: number; height: number } => {
  const longest = Math.max(width, height);
  if (maxSide === undefined || longest <= maxSide) {
    return { width, height };
  }
  const scale = maxSide / longest;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/** Upright size in square pixels of a stored picture. */
export const uprightSize = (
  codedWidth: number,
  codedHeight: number,
  sampleAspect: { num: number; den: number },
  rotation: number,
): { width: number; height: number } => {
  const { num, den } = sampleAspect;
  // Absurd aspects come from damaged headers; real ones (anamorphic DVDs, 2.39:1 lenses) stay within a factor of four.
  const aspect = num > 0 && den > 0 && num / den <= 4 && den / num <= 4 ? num / den : 1;
  const width = Math.max(1, Math.round(codedWidth * aspect));
  return rotation === 90 || rotation === 270 ? { width: codedHeight, height: width } : { width, height: codedHeight };
};

/** Any stored picture to upright packed RGB of a size, in one pass. */
export const pictureFilters = (uprightFilters: string, width: number, height: number): string =>
  [uprightFilters, `scale=${width}:${height}:flags=bilinear`, 'format=rgb24'].filter((part) => part !== '').join(',');

/**
 * Any sound to interleaved floats of all its channels at a rate, on a gapless time line from time 0 of the timestamps put in:
 * `async=1` fills holes and trims overlaps by timestamp, `first_pts` pads or trims the start. The channels are made one by
 * `createChannelMixer`, which can tell a dead one.
 */
export const soundFilters = (sampleRate: number): string =>
  `aresample=${sampleRate}:async=1:first_pts=0,aformat=sample_fmts=flt`;

/**
 * How a display matrix turns a picture: nine int32, little-endian in FFmpeg's side data, first two rows are the linear part
 * (libavutil/display.h). The cases are those of FFmpeg's own autorotation (fftools/ffmpeg_filter.c).
 */
export const uprightFromMatrix = (
  matrix: readonly number[],
): { rotation: 0 | 90 | 180 | 270; uprightFilters: string } => {
  const [a = 0, b = 0, , c = 0, d = 0] = matrix;
  const lengthOfX = Math.hypot(a, c);
  const lengthOfY = Math.hypot(b, d);
  if (lengthOfX === 0 || lengthOfY === 0) {
    return { rotation: 0, uprightFilters: '' };
  }
  const degrees = (Math.atan2(b / lengthOfY, a / lengthOfX) * 180) / Math.PI;
  const quarter = ((Math.round(degrees / 90) % 4) + 4) % 4;
  if (quarter === 1) {
    return { rotation: 90, uprightFilters: c > 0 ? 'transpose=cclock_flip' : 'transpose=clock' };
  }
  if (quarter === 3) {
    return { rotation: 270, uprightFilters: c < 0 ? 'transpose=clock_flip' : 'transpose=cclock' };
  }
  if (quarter === 2) {
    const flips = [a < 0 ? 'hflip' : '', d < 0 ? 'vflip' : ''].filter((part) => part !== '').join(',');
    return { rotation: 180, uprightFilters: flips };
  }
  return { rotation: 0, uprightFilters: d < 0 ? 'vflip' : '' };
};
