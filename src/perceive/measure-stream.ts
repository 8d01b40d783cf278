/** The sound and the pictures of a recording, by jobs for the workers; what one failure costs the rest. */
import { setMaxListeners } from 'node:events';
import type { ModelReference, VoicePercepts, Warning } from '../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../kit/error.ts';
import { LIMITS } from '../kit/limits.ts';
import type { InputFile } from '../kit/safe-path.ts';
import type { Probe } from '../media/decoder.ts';
import { countKept } from '../media/frame-times.ts';
import type { SniffedStream } from '../media/sniff.ts';
import type { MeasureOptions } from './index.ts';
import { planChunks } from './plan-chunks.ts';
import type { WorkerPool } from './pool.ts';
import type { ChunkResult, EngineFacts } from './protocol.ts';

/** A signal of this measurement's own: every chunk listens to it, however many there are. */
export const derivedSignal = (signals: ReadonlyArray<AbortSignal | undefined>): AbortSignal => {
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  setMaxListeners(0, signal);
  return signal;
};

/** A worker's answer to another question. */
export const unexpected = (kind: string): WhyfaceError =>
  new WhyfaceError({ code: 'internal', stage: 'perceive', message: `A worker answered with ${kind}.` });

type SoundOutcome = { voice: VoicePercepts | null; models: ModelReference[]; warnings: Warning[] };

/**
 * Listens to the sound. Where it cannot be read, a clip keeps its pictures and is warned about; a recording has nothing
 * else, and fails.
 */
export const measureSound = async (
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

/** The measured parts of the pictures. */
export type VideoResult = { chunks: ChunkResult[]; engine: EngineFacts | null; warnings: Warning[] };

const partFailed = (file: InputFile, fromMs: number, toMs: number, error: WhyfaceError): Warning => ({
  code: error.code,
  message: `${file.name} could not be measured from ${(fromMs / 1000).toFixed(1)} s to ${(toMs / 1000).toFixed(1)} s: ${error.message}`,
});

/** Failures of one chunk that leave the others worth having. */
const LOCAL_FAILURES: ReadonlySet<string> = new Set(['media-damaged', 'media-hung', 'worker-crashed']);

/** Looks at the pictures, part by part; a part that cannot be decoded is warned about while others are worth having. */
export const measureVideo = async (
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
