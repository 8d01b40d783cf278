/** An upright picture: rows of `R, G, B` bytes without padding. */
export type RgbImage = { data: Uint8Array; width: number; height: number };
