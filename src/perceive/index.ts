/** Perception: from a file to percepts. The decoders and networks run in child processes; this module starts and hears them. */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import type {
  ClipFacts,
  ModelAttribution,
  ModelReference,
  Percepts,
  Still,
  TimeRange,
  VoicePercepts,
  Warning,
} from '../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../kit/error.ts';
import { LIMITS } from '../kit/limits.ts';
import type { OnProgress } from '../kit/progress.ts';
import { type InputFile, openInputFile } from '../kit/safe-path.ts';
import type { Probe } from '../media/decoder.ts';
import { countKept } from '../media/frame-times.ts';
import type { SniffedStream } from '../media/sniff.ts';
import { assemblePercepts } from './assemble-percepts.ts';
import { modelsFolder } from './models/models-folder.ts';
import { planChunks } from './plan-chunks.ts';
import { createWorkerPool, type PoolLimits, type WorkerPool } from './pool.ts';
import type { ChunkResult, EngineFacts, StillRequest } from './protocol.ts';
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

/** A signal of this measurement's own: every chunk listens to it, however many there are. */
const derivedSignal = (signals: ReadonlyArray<AbortSignal | undefined>): AbortSignal => {
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  setMaxListeners(0, signal);
  return signal;
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

const unexpected = (kind: string): WhyfaceError =>
  new WhyfaceError({ code: 'internal', stage: 'perceive', message: `A worker answered with ${kind}.` });

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

type SoundOutcome = { voice: VoicePercepts | null; models: ModelReference[]; warnings: Warning[] };

/**
 * Listens to the sound. Where it cannot be read, a clip keeps its pictures and is warned about; a recording has nothing
 * else, and fails.
 */
const measureSound = async (
  pool: WorkerPool,
  { file, sniffed, probe }: VideoJob,
  models: string,
  signal: AbortSignal,
): Promise<SoundOutcome> => {
  if (probe.audio === null) {
    return { voice: null, models: [], warnings: [] };
  }
  try {
    const result = await pool.run(
      { kind: 'sound', path: file.path, sniffed, probe, models },
      { name: file.name, signal },
    );
    if (result.kind !== 'sound') {
      throw unexpected(result.kind);
    }
    return result;
  } catch (thrown) {
    const error = toWhyfaceError(thrown, 'perceive');
    if (probe.video === null || !LOCAL_FAILURES.has(error.code)) {
      throw error;
    }
    const message = `The sound of ${file.name} could not be measured: ${error.message}`;
    return { voice: null, models: [], warnings: [{ code: error.code, message }] };
  }
};

type VideoJob = { file: InputFile; sniffed: SniffedStream; probe: Probe };
type VideoResult = { chunks: ChunkResult[]; engine: EngineFacts | null; warnings: Warning[] };

const partFailed = (file: InputFile, fromMs: number, toMs: number, error: WhyfaceError): Warning => ({
  code: error.code,
  message: `${file.name} could not be measured from ${(fromMs / 1000).toFixed(1)} s to ${(toMs / 1000).toFixed(1)} s: ${error.message}`,
});

/** Failures of one chunk that leave the others worth having. */
const LOCAL_FAILURES: ReadonlySet<string> = new Set(['media-damaged', 'media-hung', 'worker-crashed']);

const measureVideo = async (
  pool: WorkerPool,
  { file, sniffed, probe }: VideoJob,
  { fps, landmarks, onProgress, signal }: MeasureOptions,
): Promise<VideoResult> => {
  const plan = planChunks(probe);
  const times = probe.video?.frameTimes ?? [];
  const total = countKept(times, fps === 'all' ? LIMITS.analysedFps : fps, 0, Number.POSITIVE_INFINITY);
  const framesDone = plan.map(() => 0);
  // One failure that concerns the whole file ends the other chunks at once.
  const stop = new AbortController();
  const ended = derivedSignal([signal, stop.signal]);
  const outcomes = await Promise.all(
    plan.map(async ({ fromMs, toMs }, index) => {
      try {
        const job = {
          kind: 'chunk',
          path: file.path,
          sniffed,
          probe,
          fromMs,
          toMs,
          fps,
          landmarks: landmarks === true,
        } as const;
        const result = await pool.run(job, {
          name: file.name,
          signal: ended,
          onFrames: (frames) => {
            framesDone[index] = frames;
            const done = framesDone.reduce((sum, count) => sum + count, 0);
            onProgress?.({ stage: 'perceive', done: Math.min(done, total), total });
          },
        });
        return result.kind === 'chunk' ? result : { error: unexpected(result.kind), fromMs, toMs };
      } catch (thrown) {
        const error = toWhyfaceError(thrown, 'perceive');
        if (!LOCAL_FAILURES.has(error.code)) {
          stop.abort();
        }
        return { error, fromMs, toMs };
      }
    }),
  );
  const failed = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome] : []));
  const measured = outcomes.flatMap((outcome) => ('error' in outcome ? [] : [outcome]));
  const fatal =
    failed.find(({ error }) => !LOCAL_FAILURES.has(error.code) && error.code !== 'aborted') ??
    failed.find(({ error }) => error.code === 'aborted') ??
    (measured.length === 0 ? failed[0] : undefined);
  if (fatal !== undefined) {
    throw fatal.error;
  }
  return {
    chunks: measured.map(({ chunk }) => chunk),
    engine: measured[0]?.engine ?? null,
    warnings: failed.map(({ error, fromMs, toMs }) => partFailed(file, fromMs, toMs, error)),
  };
};

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
