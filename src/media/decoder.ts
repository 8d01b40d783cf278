import type { Warning } from '../contracts/index.ts';
import type { InputFile } from '../kit/safe-path.ts';
import type { ChannelReport } from './mix-channels.ts';
import type { SniffedStream } from './sniff.ts';
import type { TextTracks } from './text-track.ts';

/** A video stream, as it will be delivered. */
export type VideoFacts = {
  /** Size in upright square pixels: after rotation and pixel aspect. Coordinates of percepts are in these. */
  width: number;
  height: number;
  /** Mean frames a second, from the packets' own times; `null` with a single frame. */
  fps: number | null;
  /** Clockwise degrees the stored picture is turned by for display. */
  rotation: 0 | 90 | 180 | 270;
  /** FFmpeg filters that do so, mirroring included; empty when the picture is stored upright. */
  uprightFilters: string;
  /** FFmpeg's name of the codec. */
  codec: string;
  /** Index of the stream in the container. */
  stream: number;
  /** Presentation time of every readable frame, rising, unrounded milliseconds from the start of the media. */
  frameTimes: readonly number[];
  /** Those of `frameTimes` that decoding can start at. */
  keyTimes: readonly number[];
  /** Whether the container tells every picture's time. If not (B-frames in AVI), pictures are counted and the n-th gets the n-th time. */
  timed: boolean;
  /**
   * Whether frames from the middle come out the same as in one pass from the start. When false, read the clip as one chunk:
   * `readFrames` then decodes from the start whatever `fromMs` says.
   */
  seekable: boolean;
};

export type AudioFacts = {
  sampleRate: number;
  channels: number;
  codec: string;
  stream: number;
  /** Where the sound ends, integer milliseconds from the start of the media. */
  endMs: number;
};

/** What is in a clip or recording, before any of it is decoded. Plain data: it travels between processes, JSON included. */
export type Probe = {
  /** What can be read, from the start of the media to the end of the last readable packet. Integer. */
  durationMs: number;
  /** What the container's header says, where it says anything. Integer. */
  declaredDurationMs: number | null;
  /** Timestamp of the start of the media in the container's own clock, milliseconds; all other times are from there. */
  originMs: number;
  video: VideoFacts | null;
  audio: AudioFacts | null;
  warnings: readonly Warning[];
};

/** One upright picture of a video. */
export type DecodedFrame = {
  /** Index in the stream, counted from 0 over all frames, delivered or not. */
  frame: number;
  /** Integer milliseconds from the start of the media. */
  ms: number;
  /** Of `data`; smaller than the probe's size when `maxSide` scaled it. */
  width: number;
  height: number;
  /**
   * sRGB, 8 bits, R G B, rows top to bottom without padding: `3 * width * height` bytes.
   * The buffer is the reader's and is overwritten by the next frame: copy what must live longer.
   */
  data: Uint8Array;
};

export type FrameReadOptions = {
  /** First and one-past-last integer millisecond of interest. Default: the whole clip. */
  fromMs?: number | undefined;
  toMs?: number | undefined;
  /** Frames a second wanted at most. `all` (default): every frame up to `LIMITS.analysedFps`. A number is obeyed, `Infinity` gives every frame. */
  fps?: number | 'all' | undefined;
  /** Longest side delivered; larger frames are scaled down while decoding. Default: never. */
  maxSide?: number | undefined;
  /** Decoder threads. Default 1: a perception worker has one core. */
  threads?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** How reading went; complete when the reader has ended, otherwise about what was read so far. */
export type ReadSummary = {
  /** Frames (or blocks of sound) handed out. */
  delivered: number;
  /** Frames that came out of the decoder for the range asked for, thinned ones included. */
  decoded: number;
  /** Frames that the container lists in the range asked for. */
  expected: number;
  /** Packets that could not be decoded, and frames decoded with guesses. */
  errors: number;
  /** `damaged` where not everything could be read cleanly. */
  warnings: Warning[];
};

/** Pictures in rising time. Stops between two frames when `signal` fires (throws `aborted`). */
export type FrameReader = AsyncIterable<DecodedFrame> & { readonly summary: ReadSummary };

/** A stretch of sound. */
export type SampleBlock = {
  /** Position of the first sample from the start of the media, in samples. */
  position: number;
  /** Mono, −1…1. Overwritten by the next block. */
  samples: Float32Array;
};

export type SampleReadOptions = {
  fromMs?: number | undefined;
  toMs?: number | undefined;
  /** Samples a second delivered. Default 16 000. */
  sampleRate?: number | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Consecutive blocks without gaps: silence is put where the stream has none (a late start, a hole), so that position ÷ sample
 * rate is time.
 */
export type SampleReader = AsyncIterable<SampleBlock> & {
  readonly summary: ReadSummary;
  /** About the channels of what was read so far. */
  readonly channels: () => ChannelReport;
};

/** What both decoders (node-av in this process, or an ffmpeg binary) do alike. For perception workers only. */
export type MediaDecoder = {
  readonly id: 'node-av' | 'ffmpeg';
  /**
   * Reads the header and the packets' times; decodes nothing but what FFmpeg needs to know the streams.
   *
   * @throws WhyfaceError `media-damaged`, `media-too-large`, `media-too-long`, `nothing-to-read`, `aborted`
   */
  probe: (file: InputFile, sniffed: SniffedStream, options?: { signal?: AbortSignal | undefined }) => Promise<Probe>;
  /** @throws WhyfaceError while iterating: `media-damaged` when not one frame of the clip can be decoded, `aborted` */
  readFrames: (file: InputFile, sniffed: SniffedStream, probe: Probe, options?: FrameReadOptions) => FrameReader;
  /** @throws WhyfaceError while iterating: `media-damaged`, `aborted` */
  readSamples: (file: InputFile, sniffed: SniffedStream, probe: Probe, options?: SampleReadOptions) => SampleReader;
  /**
   * The first text track of a container, and the language of its sound. Nothing is decoded.
   *
   * @throws WhyfaceError `media-damaged`, `aborted`
   */
  readTextTracks: (
    file: InputFile,
    sniffed: SniffedStream,
    options?: { signal?: AbortSignal | undefined },
  ) => Promise<TextTracks>;
};
