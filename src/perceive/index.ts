/** Perception: from a file to percepts. The decoders and networks run in child processes; this module starts and hears them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ClipFacts, ModelAttribution, Percepts, Still, TimeRange } from '../contracts/index.ts';
import { toWhyfaceError } from '../kit/error.ts';
import type { OnProgress } from '../kit/progress.ts';
import { type InputFile, openInputFile } from '../kit/safe-path.ts';
import type { Probe } from '../media/decoder.ts';
import { assemblePercepts } from './assemble-percepts.ts';
import { derivedSignal, measureSound, measureVideo, unexpected, type VideoResult } from './measure-stream.ts';
import { modelsFolder } from './models/models-folder.ts';
import { createWorkerPool, type PoolLimits } from './pool.ts';
import type { StillRequest } from './protocol.ts';
import type { MediaWords } from './speech/words-job.ts';
import { startWorkerProcess } from './worker-process.ts';

export type { StillRequest } from './protocol.ts';

export type PerceptionOptions = {
  /** The environment of the child processes (`process.env`, given by the edge of the program). */
  env: Readonly<Record<string, string | undefined>>;
  /** `--models-dir`. */
  modelsDir?: string | undefined;
  /** Child processes at most; default: one a core. The result does not depend on it. */
  workers?: number | undefined;
  /** Ends everything. */
  signal?: AbortSignal | undefined;
  /** For tests: another worker program, other limits. */
  program?: URL | undefined;
  limits?: PoolLimits | undefined;
};

export type MeasureOptions = {
  /** Analysed frames a second; `all`: every frame up to `LIMITS.analysedFps`. */
  fps: number | 'all';
  /** Whether the points of each face are kept, to draw a mesh from. */
  landmarks?: boolean | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
};

export type Perception = {
  /**
   * Measures the faces of a picture or clip. Parts that cannot be decoded become warnings; sound alone gives percepts
   * without subjects.
   *
   * @throws WhyfaceError `input-…` and `media-…` for a file that cannot be used, `model-…`, `worker-crashed`, `aborted`
   */
  measure: (path: string, options: MeasureOptions) => Promise<Percepts>;
  /**
   * The words in the media itself: its text track or, where `heard` says where a voice is, what a speech model makes of it
   * (no words where none is configured).
   *
   * @throws WhyfaceError `service-unavailable`, `answer-unusable`, `config-invalid`, and as `measure`
   */
  words: (
    path: string,
    options: { heard: readonly TimeRange[] | null; signal?: AbortSignal | undefined },
  ) => Promise<MediaWords>;
  /** JPEG crops of faces at given moments, with their landmarks; in the order of the requests. */
  stills: (
    path: string,
    requests: readonly StillRequest[],
    options?: { signal?: AbortSignal | undefined },
  ) => Promise<Still[]>;
  /** Which parts of a still the answer of a model hangs on; `null` where no model answers. A second or so each. */
  attribute: (still: Still, options?: { signal?: AbortSignal | undefined }) => Promise<ModelAttribution | null>;
  /** Ends the child processes. */
  close: () => Promise<void>;
};

const digestOf = async (file: InputFile, signal: AbortSignal | undefined): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const block of createReadStream(file.path, { signal, highWaterMark: 1 << 20 })) {
      hash.update(block);
    }
  } catch (thrown) {
    throw toWhyfaceError(thrown, 'input');
  }
  return hash.digest('hex');
};

const clipFactsOf = (probe: Probe, digest: string): ClipFacts => ({
  digest,
  kind: probe.video === null ? 'audio' : 'video',
  durationMs: probe.durationMs,
  width: probe.video?.width ?? null,
  height: probe.video?.height ?? null,
  fps: probe.video?.fps ?? null,
  hasAudio: probe.audio !== null,
  hasSpeech: null,
});

/** Starts no process: the first measurement does. */
export const createPerception = (options: PerceptionOptions): Perception => {
  const program =
    options.program ?? new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  const pool = createWorkerPool({
    size: Math.max(1, options.workers ?? availableParallelism()),
    start: () => startWorkerProcess(program, options.env),
    modelsDir: options.modelsDir,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const both = (signal: AbortSignal | undefined): AbortSignal => derivedSignal([signal, options.signal]);

  return {
    measure: async (path, measureOptions) => {
      const signal = both(measureOptions.signal);
      const file = await openInputFile(path);
      measureOptions.onProgress?.({ stage: 'probe', done: 0, total: 0 });
      const [opened, digest] = await Promise.all([
        pool.run(
          { kind: 'open', path: file.path, landmarks: measureOptions.landmarks === true },
          { name: file.name, signal },
        ),
        digestOf(file, signal),
      ]);
      if (opened.kind === 'image') {
        const { chunk, clip, engine } = opened;
        return assemblePercepts({ clip: { digest, ...clip }, chunks: [chunk], engine, warnings: [] });
      }
      if (opened.kind !== 'stream') {
        throw unexpected(opened.kind);
      }
      const { sniffed, probe } = opened;
      const clip = clipFactsOf(probe, digest);
      const stop = new AbortController();
      const ended = derivedSignal([signal, stop.signal]);
      const job = { file, sniffed, probe };
      const nothing: VideoResult = { chunks: [], engine: null, warnings: [] };
      const orStop = (thrown: unknown): never => {
        stop.abort();
        throw thrown;
      };
      // The sound goes first: it is a hundred times faster than real time, and done before the last pictures.
      const [sound, video] = await Promise.all([
        measureSound(pool, job, modelsFolder(options.env, options.modelsDir), ended).catch(orStop),
        probe.video === null ? nothing : measureVideo(pool, job, { ...measureOptions, signal: ended }).catch(orStop),
      ]);
      const warnings = [...probe.warnings, ...video.warnings, ...sound.warnings];
      return assemblePercepts({ clip, ...video, warnings, sound });
    },
    words: async (path, { heard, signal }) => {
      const file = await openInputFile(path);
      const result = await pool.run(
        { kind: 'words', path: file.path, heard, models: modelsFolder(options.env, options.modelsDir) },
        { name: file.name, signal: both(signal) },
      );
      if (result.kind !== 'words') {
        throw unexpected(result.kind);
      }
      return result.words;
    },
    stills: async (path, requests, { signal } = {}) => {
      const file = await openInputFile(path);
      const result = await pool.run(
        { kind: 'stills', path: file.path, requests },
        { name: file.name, signal: both(signal) },
      );
      if (result.kind !== 'stills') {
        throw unexpected(result.kind);
      }
      return result.stills;
    },
    attribute: async (still, { signal } = {}) => {
      const result = await pool.run({ kind: 'attribution', still }, { name: 'the still', signal: both(signal) });
      if (result.kind !== 'attribution') {
        throw unexpected(result.kind);
      }
      return result.attribution;
    },
    close: () => pool.close(),
  };
};
