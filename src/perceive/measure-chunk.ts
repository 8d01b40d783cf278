/** Worker side: the faces of a stretch of video, and of a picture. */
import { LIMITS } from '../kit/limits.ts';
import type { InputFile } from '../kit/safe-path.ts';
import type { MediaDecoder, Probe } from '../media/decoder.ts';
import type { SniffedStream } from '../media/sniff.ts';
import { lookOf } from './face/descriptor.ts';
import type { FaceEngine } from './face/face-engine.ts';
import { COLUMNS, measureRow } from './face/face-row.ts';
import { createShapeKeeper, planShapes, type ShapePlan } from './face/face-shapes.ts';
import { findFacesInPhoto } from './face/find-faces.ts';
import type { RgbImage } from './face/image.ts';
import { regionOfLandmarks } from './face/region.ts';
import { createFaceTracker, type Track } from './face/track-faces.ts';
import type { ChunkResult, TrackData } from './protocol.ts';

/** Frames are analysed at this many pixels a side at most: a face that fills one is still larger than any mesh's input. */
const MOST_PIXELS_A_SIDE = 1280;
const FRAMES_A_REPORT = 8;

const packTrack = (track: Track, plan: ShapePlan | null): TrackData => {
  const values = new Float32Array(track.rows.length * COLUMNS.length);
  for (const [index, row] of track.rows.entries()) {
    values.set(row, index * COLUMNS.length);
  }
  const { t, frame, firstBox, lastBox, looks, detection, searches, confirmed } = track;
  const shapes = plan === null || track.shapes === null ? null : { ...track.shapes.shapes(), perPixel: plan.perPixel };
  return { t, frame, values, shapes, firstBox, lastBox, looks, detection, searches, confirmed };
};

export type ChunkRequest = {
  file: InputFile;
  sniffed: SniffedStream;
  probe: Probe;
  fromMs: number;
  toMs: number;
  fps: number | 'all';
  landmarks?: boolean | undefined;
};

/** @throws WhyfaceError what the decoder throws */
export const measureChunk = async (
  decoder: MediaDecoder,
  engine: FaceEngine,
  { file, sniffed, probe, fromMs, toMs, fps, landmarks = false }: ChunkRequest,
  onFrames: (frames: number) => void,
): Promise<ChunkResult> => {
  const { video } = probe;
  const plan =
    landmarks && video !== null ? planShapes(video.width, video.height, probe.durationMs, LIMITS.landmarkShapes) : null;
  const tracker = createFaceTracker(engine, plan);
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
    tracks: tracker.tracks().map((track) => packTrack(track, plan)),
    cuts: tracker.cuts(),
    warnings: reader.summary.warnings,
  };
};

/** Every face of a picture as a track of one frame, largest first. */
export const measurePhoto = async (engine: FaceEngine, image: RgbImage, landmarks = false): Promise<ChunkResult> => {
  const plan = landmarks ? planShapes(image.width, image.height, 0, 1) : null;
  const tracks: TrackData[] = [];
  for (const face of await findFacesInPhoto(image, engine)) {
    // The crop that photometry and the look are taken from belongs to the latest run; the landmarks stay the first ones.
    await engine.mesh.run(image, regionOfLandmarks(face.landmarks));
    const look = lookOf(image, face.landmarks, engine.mesh);
    const values = await measureRow(engine, image, face, 1);
    const keeper = plan === null ? null : createShapeKeeper(plan);
    keeper?.add(face.landmarks, 0, 1);
    tracks.push({
      shapes: keeper === null || plan === null ? null : { ...keeper.shapes(), perPixel: plan.perPixel },
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
