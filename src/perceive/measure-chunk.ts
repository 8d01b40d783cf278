/** Worker side: the faces of a stretch of video, and of a picture. */
import type { InputFile } from '../kit/safe-path.ts';
import type { MediaDecoder, Probe } from '../media/decoder.ts';
import type { SniffedStream } from '../media/sniff.ts';
import { lookOf } from './face/descriptor.ts';
import type { FaceEngine } from './face/face-engine.ts';
import { COLUMNS, measureRow } from './face/face-row.ts';
import { findFacesInPhoto } from './face/find-faces.ts';
import type { RgbImage } from './face/image.ts';
import { regionOfLandmarks } from './face/region.ts';
import { createFaceTracker, type Track } from './face/track-faces.ts';
import type { ChunkResult, TrackData } from './protocol.ts';

/** Frames are analysed at this many pixels a side at most: a face that fills one is still larger than any mesh's input. */
const MOST_PIXELS_A_SIDE = 1280;
const FRAMES_A_REPORT = 8;

const packTrack = (track: Track): TrackData => {
  const values = new Float32Array(track.rows.length * COLUMNS.length);
  for (const [index, row] of track.rows.entries()) {
    values.set(row, index * COLUMNS.length);
  }
  const { t, frame, firstBox, lastBox, looks, detection, searches, confirmed } = track;
  return { t, frame, values, firstBox, lastBox, looks, detection, searches, confirmed };
};

export type ChunkRequest = {
  file: InputFile;
  sniffed: SniffedStream;
  probe: Probe;
  fromMs: number;
  toMs: number;
  fps: number | 'all';
};

/** @throws WhyfaceError what the decoder throws */
export const measureChunk = async (
  decoder: MediaDecoder,
  engine: FaceEngine,
  { file, sniffed, probe, fromMs, toMs, fps }: ChunkRequest,
  onFrames: (frames: number) => void,
): Promise<ChunkResult> => {
  const tracker = createFaceTracker(engine);
  const t: number[] = [];
  const frames: number[] = [];
  const reader = decoder.readFrames(file, sniffed, probe, { fromMs, toMs, fps, maxSide: MOST_PIXELS_A_SIDE });
  for await (const picture of reader) {
    await tracker.next(picture, picture.ms, picture.frame, (probe.video?.width ?? picture.width) / picture.width);
    t.push(picture.ms);
    frames.push(picture.frame);
    if (t.length % FRAMES_A_REPORT === 0) {
      onFrames(t.length);
    }
  }
  onFrames(t.length);
  return {
    t,
    frame: frames,
    tracks: tracker.tracks().map(packTrack),
    cuts: tracker.cuts(),
    warnings: reader.summary.warnings,
  };
};

/** Every face of a picture as a track of one frame, largest first. */
export const measurePhoto = async (engine: FaceEngine, image: RgbImage): Promise<ChunkResult> => {
  const tracks: TrackData[] = [];
  for (const face of await findFacesInPhoto(image, engine)) {
    // The crop that photometry and the look are taken from belongs to the latest run; the landmarks stay the first ones.
    await engine.mesh.run(image, regionOfLandmarks(face.landmarks));
    const look = lookOf(image, face.landmarks, engine.mesh);
    const values = await measureRow(engine, image, face, 1);
    tracks.push({
      t: [0],
      frame: [0],
      values,
      firstBox: face.box,
      lastBox: face.box,
      looks: [look],
      detection: face.detection,
      searches: 1,
      confirmed: 1,
    });
  }
  return { t: [0], frame: [0], tracks, cuts: [], warnings: [] };
};
