/** Parent side: a few perception workers, started when there is work, watched while they do it, killed when they must be. */
import { type ErrorCode, WhyfaceError } from '../kit/error.ts';
import { LIMITS } from '../kit/limits.ts';
import type { FromWorker, Job, JobResult } from './protocol.ts';
import type { WorkerProcess } from './worker-process.ts';

export type RunOptions = {
  /** Name of the input, for messages. */
  name: string;
  signal?: AbortSignal | undefined;
  /** Frames this job has measured so far. */
  onFrames?: ((frames: number) => void) | undefined;
};

export type WorkerPool = {
  /**
   * Runs a job in the next free worker. A worker that crashes is replaced and the job tried once more.
   *
   * @throws WhyfaceError the job's own error; `media-hung`, `worker-crashed`, `aborted`
   */
  run: (job: Job, options: RunOptions) => Promise<JobResult>;
  /** Ends all workers; running jobs fail as `aborted`. */
  close: () => Promise<void>;
};

export type PoolLimits = { silenceMs: number; residentBytes: number; checkEveryMs: number };

const DEFAULT_LIMITS: PoolLimits = {
  silenceMs: LIMITS.workerSilenceMs,
  residentBytes: LIMITS.workerResidentBytes,
  checkEveryMs: 250,
};

export type PoolOptions = {
  size: number;
  start: () => WorkerProcess;
  modelsDir?: string | undefined;
  limits?: PoolLimits;
};

type Outcome = { result: JobResult } | { error: WhyfaceError } | { crashed: string };

type Task = {
  id: number;
  job: Job;
  options: RunOptions;
  attempt: number;
  settle: (outcome: { result: JobResult } | { error: WhyfaceError }) => void;
};

type Slot = {
  process: WorkerProcess;
  task: Task | null;
  hear: ((message: FromWorker) => void) | null;
  finish: ((outcome: Outcome) => void) | null;
};

const failure = (code: ErrorCode, message: string, details: Record<string, unknown> = {}): WhyfaceError =>
  new WhyfaceError({ code, stage: 'perceive', message, details });

const aborted = (): WhyfaceError => failure('aborted', 'Interrupted.');

export const createWorkerPool = ({ size, start, modelsDir, limits = DEFAULT_LIMITS }: PoolOptions): WorkerPool => {
  const slots = new Set<Slot>();
  const queue: Task[] = [];
  let lastId = 0;
  let closed = false;

  const drop = (slot: Slot): void => {
    slots.delete(slot);
    slot.process.kill();
  };

  const addSlot = (): Slot => {
    const process = start();
    const slot: Slot = { process, task: null, hear: null, finish: null };
    slots.add(slot);
    process.onMessage((message) => slot.hear?.(message));
    process.onEnd(({ code, signal, lastWords }) => {
      slots.delete(slot);
      slot.finish?.({ crashed: `${signal ?? `exit status ${code ?? '?'}`} ${lastWords}`.trim() });
    });
    process.send({ type: 'start', modelsDir: modelsDir ?? null });
    return slot;
  };

  /** Watches one task in one worker until it ends by itself or is ended. */
  const attempt = (slot: Slot, task: Task): Promise<Outcome> =>
    new Promise((resolve) => {
      const { name, signal, onFrames } = task.options;
      let lastSign = performance.now();
      slot.task = task;
      slot.process.hold(true);

      const check = async (): Promise<void> => {
        if (performance.now() - lastSign > limits.silenceMs) {
          drop(slot);
          const seconds = Math.round(limits.silenceMs / 1000);
          slot.finish?.({
            error: failure(
              'media-hung',
              `${name} kept the decoder busy for ${seconds} s without a frame; it is damaged, so convert it or leave it out.`,
            ),
          });
          return;
        }
        const resident = await slot.process.residentBytes();
        if (resident !== null && resident > limits.residentBytes) {
          drop(slot);
          const mebibytes = Math.round(limits.residentBytes / 1024 / 1024);
          slot.finish?.({
            error: failure(
              'worker-crashed',
              `${name} needed more than ${mebibytes} MiB of memory to decode; scale it down.`,
            ),
          });
        }
      };
      const timer = setInterval(() => void check(), limits.checkEveryMs);
      const onAbort = (): void => {
        drop(slot);
        slot.finish?.({ error: aborted() });
      };
      slot.finish = (outcome) => {
        slot.finish = null;
        slot.hear = null;
        slot.task = null;
        clearInterval(timer);
        signal?.removeEventListener('abort', onAbort);
        slot.process.hold(false);
        resolve(outcome);
      };
      slot.hear = (message) => {
        if (message.id !== task.id) {
          return;
        }
        lastSign = performance.now();
        if (message.type === 'progress') {
          onFrames?.(message.frames);
        } else if (message.type === 'done') {
          slot.finish?.({ result: message.result });
        } else {
          slot.finish?.({ error: new WhyfaceError(message.error) });
        }
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      slot.process.send({ type: 'job', id: task.id, job: task.job });
    });

  const work = async (slot: Slot, task: Task): Promise<void> => {
    const outcome = await attempt(slot, task);
    if ('crashed' in outcome) {
      if (task.attempt < 2 && !closed && task.options.signal?.aborted !== true) {
        queue.unshift({ ...task, attempt: task.attempt + 1 });
      } else {
        const { name } = task.options;
        task.settle({
          error: failure(
            'worker-crashed',
            `Reading ${name} ended the decoder twice; the file is damaged, so convert it or leave it out.`,
            {
              cause: outcome.crashed,
            },
          ),
        });
      }
    } else {
      task.settle(outcome);
    }
    dispatch();
  };

  const dispatch = (): void => {
    while (queue.length > 0) {
      const idle = [...slots].find((slot) => slot.task === null) ?? (slots.size < size ? addSlot() : undefined);
      if (idle === undefined) {
        return;
      }
      const task = queue.shift();
      if (task !== undefined) {
        void work(idle, task);
      }
    }
  };

  return {
    run: (job, options) =>
      new Promise((resolve, reject) => {
        if (closed || options.signal?.aborted === true) {
          reject(aborted());
          return;
        }
        lastId += 1;
        const leaveQueue = (): void => {
          const position = queue.findIndex((task) => task.job === job);
          if (position >= 0) {
            queue.splice(position, 1);
            reject(aborted());
          }
        };
        options.signal?.addEventListener('abort', leaveQueue, { once: true });
        queue.push({
          id: lastId,
          job,
          options,
          attempt: 1,
          settle: (outcome) => {
            options.signal?.removeEventListener('abort', leaveQueue);
            if ('error' in outcome) {
              reject(outcome.error);
            } else {
              resolve(outcome.result);
            }
          },
        });
        dispatch();
      }),
    close: async () => {
      closed = true;
      for (const task of queue.splice(0)) {
        task.settle({ error: aborted() });
      }
      const ending = [...slots].map(
        (slot) =>
          new Promise<void>((resolve) => {
            slot.process.onEnd(() => resolve());
          }),
      );
      for (const slot of [...slots]) {
        const { finish } = slot;
        drop(slot);
        finish?.({ error: aborted() });
        // An idle worker does not keep the event loop alive, but the wait for its end must.
        slot.process.hold(true);
      }
      await Promise.all(ending);
    },
  };
};
