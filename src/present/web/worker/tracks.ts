import type { ActionUnitCode, ExpressionLabel, TimeRange } from '../../../contracts/index.ts';

/** Lowest and highest value of each stretch of samples: what a lane draws when there are more samples than pixels. */
export type Level = {
  /** Samples a stretch. */
  size: number;
  low: Float32Array;
  high: Float32Array;
};

/** One number over time; `NaN` where it was not measured. */
export type Series = { values: Float32Array; levels: readonly Level[] };

export type UnitTrack = {
  code: ActionUnitCode;
  both: Series;
  left: Series | null;
  right: Series | null;
  threshold: number;
};

/** The points of a face over time: `t.length` × 478 × `x, y, z`, in parts of a pixel. */
export type ShapeTrack = { t: Float64Array; perPixel: number; points: Int16Array };

export type SubjectTracks = {
  id: string;
  t: Float64Array;
  /** Edges of the face box, pixels of the upright frame; `null` where the source does not say. */
  box: { x: Float32Array; y: Float32Array; width: Float32Array; height: Float32Array } | null;
  head: { yaw: Series; pitch: Series; roll: Series };
  gaze: { yaw: Series; pitch: Series } | null;
  units: readonly UnitTrack[];
  expression: ReadonlyArray<{ label: ExpressionLabel; series: Series }> | null;
  affect: { valence: Series; arousal: Series } | null;
  shapes: ShapeTrack | null;
};

export type VoiceTracks = {
  t: Float64Array;
  pitch: Series;
  loudness: Series;
  speech: Series;
  segments: readonly TimeRange[];
};

export type CueTrack = TimeRange & {
  text: string;
  speaker: string | null;
  words: ReadonlyArray<TimeRange & { text: string }>;
};

/** The percepts of a clip as columns that are quick to draw. */
export type Tracks = {
  frames: Float64Array;
  subjects: readonly SubjectTracks[];
  voice: VoiceTracks | null;
  cues: readonly CueTrack[];
  timedWords: boolean;
};
