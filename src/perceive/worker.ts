/**
 * A perception worker: the program of a child process that decodes and infers, and that may be killed at any moment. It
 * ends when its parent is gone.
 */
import { toErrorRecord, toWhyfaceError } from '../kit/error.ts';
import type { MediaDecoder } from '../media/decoder.ts';
import { doJob, type Engine } from './do-job.ts';
import type { Sessions } from './models/index.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const openSessions = async (modelsDir: string | null): Promise<Sessions> => {
  const { createSessions, openModelStore } = await import('./models/index.ts');
  const store = await openModelStore({ environment: process.env, ...(modelsDir === null ? {} : { modelsDir }) });
  return createSessions({ store, threads: 1 });
};

const openEngine = async (opening: Promise<Sessions>): Promise<Engine> => {
  const [sessions, { openFaceEngine }] = await Promise.all([opening, import('./face/face-engine.ts')]);
  return { face: await openFaceEngine(sessions), sessions };
};

const openDecoder = async (): Promise<MediaDecoder> => {
  const { openMediaDecoder } = await import('../media/open-decoder.ts');
  return openMediaDecoder({ ffmpegPath: process.env.WHYFACE_FFMPEG });
};

const send = (message: FromWorker): void => {
  // A parent that is gone cannot be told; 'disconnect' ends this process.
  if (process.connected) {
    process.send?.(message);
  }
};

const serve = (): void => {
  let modelsDir: string | null = null;
  let sessions: Promise<Sessions> | null = null;
  let engine: Promise<Engine> | null = null;
  let decoder: Promise<MediaDecoder> | null = null;
  const openedSessions = (): Promise<Sessions> => {
    sessions ??= openSessions(modelsDir);
    sessions.catch(() => {
      sessions = null;
    });
    return sessions;
  };
  const tools = {
    sessions: openedSessions,
    engine: () => {
      engine ??= openEngine(openedSessions());
      // A model that is installed meanwhile is found at the next job.
      engine.catch(() => {
        engine = null;
      });
      return engine;
    },
    decoder: () => {
      decoder ??= openDecoder();
      return decoder;
    },
  };

  const work = async ({ id, job }: Extract<ToWorker, { type: 'job' }>): Promise<void> => {
    try {
      const result = await doJob(job, tools, (frames) => {
        send({ type: 'progress', id, frames, residentBytes: process.memoryUsage.rss() });
      });
      send({ type: 'done', id, result });
    } catch (thrown) {
      send({ type: 'failed', id, error: toErrorRecord(toWhyfaceError(thrown, 'perceive')) });
    }
  };

  process.on('message', (message: ToWorker) => {
    if (message.type === 'start') {
      modelsDir = message.modelsDir;
    } else {
      void work(message);
    }
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent decides what ends and says why.
  process.on('SIGINT', () => undefined);
};

serve();
