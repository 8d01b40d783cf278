/**
 * Cuts a video into stretches that workers measure independently. The cuts depend on the video alone, never on how many
 * workers there are, so that the result does not either.
 */
import type { Probe } from '../media/decoder.ts';

export type Chunk = { fromMs: number; toMs: number };

const CHUNK_MS = 10_000;
/** Clips up to this length are cut finer, so that two cores share a clip of a few seconds. */
const SHORT_CLIP_MS = 60_000;
const SHORT_CHUNK_MS = 5_000;
/** A cut moves to a frame that decoding can start at when one is this near, as a share of the chunk. */
const SNAP = 0.2;

/** @returns half-open stretches that cover the clip, in order; one where the video cannot be entered in the middle */
export const planChunks = (probe: Probe): Chunk[] => {
  const { durationMs, video } = probe;
  if (video === null) {
    return [];
  }
  // The last frame may lie at the very end of the clip.
  const end = Math.max(durationMs, Math.ceil(video.frameTimes.at(-1) ?? 0)) + 1;
  const length = durationMs <= SHORT_CLIP_MS ? SHORT_CHUNK_MS : CHUNK_MS;
  const count = video.seekable ? Math.max(1, Math.round(end / length)) : 1;
  const cuts = [0];
  for (let index = 1; index < count; index += 1) {
    const wanted = (end * index) / count;
    let cut = wanted;
    for (const key of video.keyTimes) {
      if (
        Math.abs(key - wanted) < length * SNAP &&
        (cut === wanted || Math.abs(key - wanted) < Math.abs(cut - wanted))
      ) {
        cut = key;
      }
    }
    // Frames are told apart by whole milliseconds.
    const rounded = Math.floor(cut);
    if (rounded > (cuts.at(-1) ?? 0)) {
      cuts.push(rounded);
    }
  }
  return cuts.map((fromMs, index) => ({ fromMs, toMs: cuts[index + 1] ?? end }));
};
