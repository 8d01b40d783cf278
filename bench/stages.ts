/** Where the time of one clip goes: the worker's own code in this process, one thread, with a watch on each session. */
import { openInputFile } from '../src/kit/safe-path.ts';
import { openMediaDecoder } from '../src/media/open-decoder.ts';
import { requireMedia, sniffFile } from '../src/media/sniff.ts';
import { openFaceEngine } from '../src/perceive/face/face-engine.ts';
import { measureChunk } from '../src/perceive/measure-chunk.ts';
import { createSessions, openModelStore, type Sessions } from '../src/perceive/models/index.ts';

export type Run = { graph: string; runs: number; ms: number; batch: number };
export type Stages = {
  frames: number;
  faceFrames: number;
  totalMs: number;
  decodeMs: number;
  /** Time inside the sessions, by graph. */
  sessions: Run[];
};

type Fetch = Parameters<Awaited<ReturnType<Sessions['open']>>['session']['run']>;

/** The sessions with a watch: every `run` is counted and timed. */
export const watched = (sessions: Sessions, log: Map<string, Run>): Sessions => {
  const watch = <Opened extends Awaited<ReturnType<Sessions['openIfPresent']>>>(
    name: string,
    opened: Opened,
  ): Opened => {
    if (opened === null) {
      return opened;
    }
    const { session } = opened;
    const run = session.run.bind(session);
    Object.defineProperty(session, 'run', {
      value: async (...call: Fetch) => {
        const started = performance.now();
        const result = await run(...call);
        const entry = log.get(name) ?? { graph: name, runs: 0, ms: 0, batch: 1 };
        log.set(name, { ...entry, runs: entry.runs + 1, ms: entry.ms + performance.now() - started });
        return result;
      },
    });
    return opened;
  };
  return {
    ...sessions,
    open: async (name) => watch(name, await sessions.open(name)),
    openIfPresent: async (name) => watch(name, await sessions.openIfPresent(name)),
  };
};

export const stagesOf = async (path: string): Promise<Stages> => {
  const file = await openInputFile(path);
  const sniffed = requireMedia(await sniffFile(file), file.name);
  if (sniffed.kind === 'image') {
    return { frames: 0, faceFrames: 0, totalMs: 0, decodeMs: 0, sessions: [] };
  }
  const log = new Map<string, Run>();
  const store = await openModelStore({ environment: process.env });
  const engine = await openFaceEngine(watched(await createSessions({ store, threads: 1 }), log));
  const decoder = await openMediaDecoder({ ffmpegPath: process.env.WHYFACE_FFMPEG });
  const probe = await decoder.probe(file, sniffed);
  const request = { file, sniffed, probe, fromMs: 0, toMs: probe.durationMs + 1, fps: 'all' } as const;

  let decodeMs = 0;
  const timed: typeof decoder = {
    ...decoder,
    readFrames: (...call) => {
      const reader = decoder.readFrames(...call);
      const inner = reader[Symbol.asyncIterator]();
      return Object.assign(reader, {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            const started = performance.now();
            const step = await inner.next();
            decodeMs += performance.now() - started;
            return step;
          },
          return: async () => ({ done: true as const, value: undefined }),
        }),
      });
    },
  };
  // Once for the caches and the compiler, once for the watch.
  await measureChunk(decoder, engine, { ...request, toMs: Math.min(request.toMs, 1000) }, () => undefined);
  log.clear();
  const started = performance.now();
  const chunk = await measureChunk(timed, engine, request, () => undefined);
  return {
    frames: chunk.t.length,
    faceFrames: chunk.tracks.reduce((sum, track) => sum + track.t.length, 0),
    totalMs: performance.now() - started,
    decodeMs,
    sessions: [...log.values()],
  };
};
