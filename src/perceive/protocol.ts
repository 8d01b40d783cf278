/**
 * What the parent and a perception worker say to each other (structured clone over the child's channel). Pictures never
 * travel, except the stills that were asked for.
 */
import type { ModelAttribution } from '../contracts/attention.ts';
import type { ClipFacts, ModelReference, NotMeasured, Warning } from '../contracts/clip.ts';
import type { Still } from '../contracts/still.ts';
import type { TimeRange } from '../contracts/time.ts';
import type { VoicePercepts } from '../contracts/voice.ts';
import type { ErrorRecord } from '../kit/error.ts';
import type { Probe } from '../media/decoder.ts';
import type { SniffedStream } from '../media/sniff.ts';
import type { FaceShapes } from './face/face-shapes.ts';
import type { Box } from './face/region.ts';
import type { MediaWords } from './speech/words-job.ts';

/** A still that is wanted: the face in `box` (pixels of the upright original) in the frame at `ms`. */
export type StillRequest = { subject: string; ms: number; box: Box };

export type Job =
  /** Looks into the file; a picture is measured at once. */
  | { kind: 'open'; path: string; landmarks?: boolean | undefined }
  /** Measures the frames of a video in `[fromMs, toMs)`. */
  | {
      kind: 'chunk';
      path: string;
      sniffed: SniffedStream;
      probe: Probe;
      fromMs: number;
      toMs: number;
      fps: number | 'all';
      landmarks: boolean;
    }
  /** Listens to the whole sound of a clip or recording (`models`: where those of the hub lie). */
  | { kind: 'sound'; path: string; sniffed: SniffedStream; probe: Probe; models: string }
  /** Reads the text track; or, where `heard` says where a voice is, has the words recognised by a speech model (`models`: where those lie). */
  | { kind: 'words'; path: string; heard: readonly TimeRange[] | null; models: string }
  | { kind: 'stills'; path: string; requests: readonly StillRequest[] }
  /** Tells which parts of a still the answer of a model hangs on. */
  | { kind: 'attribution'; still: Still };

/** A `Track` ready to travel: its rows as one matrix. */
export type TrackData = {
  t: number[];
  frame: number[];
  /** `t.length` rows of `COLUMNS`. */
  values: Float32Array;
  firstBox: Box;
  lastBox: Box;
  looks: Float32Array[];
  /** `null` where they were not asked for. */
  shapes?: (FaceShapes & { perPixel: number }) | null | undefined;
  detection: number;
  searches: number;
  confirmed: number;
};

export type ChunkResult = {
  t: number[];
  frame: number[];
  tracks: TrackData[];
  /** Milliseconds at which new shots began. */
  cuts: number[];
  warnings: Warning[];
};

/** What the engine that measured consists of; the same in every worker. */
export type EngineFacts = {
  models: ModelReference[];
  notMeasured: NotMeasured[];
  /** Action unit → threshold of presence, 0–5; empty when action units are not measured. */
  thresholds: Record<string, number>;
  blendshapes: boolean;
  /** Whether a model reads expressions, valence and arousal. */
  expression: boolean;
};

export type JobResult =
  | {
      kind: 'image';
      clip: Omit<ClipFacts, 'digest'>;
      chunk: ChunkResult;
      engine: EngineFacts;
    }
  | { kind: 'stream'; sniffed: SniffedStream; probe: Probe }
  | { kind: 'chunk'; chunk: ChunkResult; engine: EngineFacts }
  | { kind: 'sound'; voice: VoicePercepts; models: ModelReference[]; warnings: Warning[] }
  | { kind: 'words'; words: MediaWords }
  | { kind: 'stills'; stills: Still[] }
  | { kind: 'attribution'; attribution: ModelAttribution | null };

export type ToWorker = { type: 'start'; modelsDir: string | null } | { type: 'job'; id: number; job: Job };

export type FromWorker =
  | { type: 'progress'; id: number; frames: number; residentBytes: number }
  | { type: 'done'; id: number; result: JobResult }
  | { type: 'failed'; id: number; error: ErrorRecord };
