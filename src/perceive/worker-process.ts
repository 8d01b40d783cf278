/** Parent side: starts a perception worker and hears how it fares. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FromWorker, ToWorker } from './protocol.ts';

export type WorkerProcess = {
  send: (message: ToWorker) => void;
  /** SIGKILL: a decoder that hangs in native code hears nothing less. */
  kill: () => void;
  /** Resident bytes, `null` where the platform does not tell. */
  residentBytes: () => Promise<number | null>;
  onMessage: (listener: (message: FromWorker) => void) => void;
  /** Called once, however the process ended. */
  onEnd: (listener: (how: { code: number | null; signal: string | null; lastWords: string }) => void) => void;
  /** Keeps the parent's event loop alive or not: an idle worker must not. */
  hold: (held: boolean) => void;
};

/** Of a worker's standard error, as much as helps a bug report. */
const LAST_WORDS = 2_000;
const PAGE_BYTES = 4096;

const residentBytesOf = async (child: ChildProcess): Promise<number | null> => {
  try {
    const pages = (await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ')[1];
    return pages === undefined ? null : Number(pages) * PAGE_BYTES;
  } catch {
    return null;
  }
};

/** Behind a server, measuring gives way to answering; where the platform has no such thing, it stays as it is. */
const lowerPriority = (pid: number | undefined, nice: string | undefined): void => {
  if (pid !== undefined && nice !== undefined && /^1?\d$/.test(nice)) {
    try {
      setPriority(pid, Number(nice));
    } catch {
      // A sandbox may forbid it: slower answers under load, and nothing else.
    }
  }
};

/**
 * @param program the worker's file, TypeScript or JavaScript
 * @param environment the child's environment
 */
export const startWorkerProcess = (
  program: URL,
  environment: Readonly<Record<string, string | undefined>>,
): WorkerProcess => {
  // From source, the child needs the loader that its parent may have got by other means (a test runner's, for one).
  const loader = program.pathname.endsWith('.ts')
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : [];
  const child = fork(fileURLToPath(program), [], {
    execArgv: loader,
    env: { ...environment },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  lowerPriority(child.pid, environment.WHYFACE_WORKER_NICE);
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  let ended = false;
  const listeners: Array<Parameters<WorkerProcess['onEnd']>[0]> = [];
  const end = (code: number | null, signal: string | null): void => {
    if (!ended) {
      ended = true;
      for (const listener of listeners) {
        listener({ code, signal, lastWords });
      }
    }
  };
  child.on('exit', end);
  child.on('error', () => end(null, null));
  return {
    send: (message) => {
      if (child.connected) {
        // A worker that ends meanwhile is noticed by its end.
        child.send(message, () => undefined);
      }
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    residentBytes: () => residentBytesOf(child),
    onMessage: (listener) => {
      child.on('message', (message: FromWorker) => listener(message));
    },
    onEnd: (listener) => {
      listeners.push(listener);
    },
    hold: (held) => {
      const stream: unknown = child.stderr;
      const refable =
        typeof stream === 'object' && stream !== null && 'unref' in stream && 'ref' in stream ? stream : null;
      if (held) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
      const turn = refable === null ? undefined : held ? refable.ref : refable.unref;
      if (typeof turn === 'function') {
        turn.call(refable);
      }
    },
  };
};
