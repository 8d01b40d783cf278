import { DelayedError, type Job as QueuedJob, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type ErrorRecord, toErrorRecord, toWhyfaceError } from '../../kit/error.ts';
import { lateJob, poisonedJob } from '../job-errors.ts';
import type { JobHandler, JobWorker } from '../ports.ts';
import type { JobSettings } from '../settings.ts';
import { connectRedis } from './connection.ts';
import { tellEvents } from './event-log.ts';
import { type JobHash, parseDraft, parseJobHash } from './job-hash.ts';
import { KEYS, QUEUE } from './keys.ts';
import type { News } from './news.ts';
import { GIVE_BACK, START } from './scripts.ts';
import type { EndJob } from './settle.ts';

/** When a job whose owner has enough running is looked at again. */
const BUSY_MS = 300;

export type RedisWorkerOptions = {
  url: string;
  redis: Redis;
  news: News;
  end: EndJob;
  handler: JobHandler;
  concurrency: number;
  settings: JobSettings;
  now: () => number;
  random: () => number;
};

type Ending = 'cancelled' | 'deadline' | 'closed' | 'lock-lost';

/** Takes jobs from BullMQ. What a job has come to stands in its hash; BullMQ only says who runs it and when. */
export const startRedisWorker = (options: RedisWorkerOptions): JobWorker => {
  const { redis, news, end, handler, settings, now, random } = options;
  const running = new Map<string, (why: Ending) => void>();

  const giveBack = async (
    job: QueuedJob,
    token: string,
    id: string,
    delayMs: number,
    free: boolean,
  ): Promise<never> => {
    await redis.eval(GIVE_BACK, 2, KEYS.job(id), KEYS.counts, now(), free ? '1' : '0');
    await job.moveToDelayed(Date.now() + delayMs, token);
    return putBack();
  };

  const run = async (id: string, attempt: number, { draft }: JobHash): Promise<Ending | 'done' | ErrorRecord> => {
    const { payload, deadlineMs } = parseDraft(draft);
    const controller = new AbortController();
    let why: Ending | null = null;
    const stop = (ending: Ending): void => {
      why ??= ending;
      controller.abort(new DOMException(ending, 'AbortError'));
    };
    running.set(id, stop);
    const timer = setTimeout(() => stop('deadline'), deadlineMs);
    try {
      await handler(payload, {
        attempt,
        signal: controller.signal,
        emit: (entries) => tellEvents(redis, id, entries, now()),
      });
      return 'done';
    } catch (thrown) {
      return why ?? toErrorRecord(toWhyfaceError(thrown, 'jobs'));
    } finally {
      clearTimeout(timer);
      running.delete(id);
    }
  };

  const process = async (job: QueuedJob, token = ''): Promise<void> => {
    const id = String(job.id);
    const waiting = parseJobHash(await redis.hgetall(KEYS.job(id)));
    if (waiting === null) {
      return;
    }
    const { deadlineMs, concurrency = settings.concurrencyPerClient } = parseDraft(waiting.draft);
    const limits = [settings.attempts, concurrency];
    const verdict = await redis.eval(START, 2, KEYS.job(id), KEYS.counts, now(), ...limits);
    if (verdict === 'ended') {
      return;
    }
    if (verdict === 'busy') {
      await job.moveToDelayed(Date.now() + BUSY_MS, token);
      return putBack();
    }
    if (verdict === 'cancelled') {
      await end(id, { status: 'cancelled', error: null });
      return;
    }
    if (verdict === 'poison') {
      await end(id, { status: 'failed', error: toErrorRecord(poisonedJob(settings.attempts)) });
      return;
    }
    const attempt = waiting.attempt + 1;
    const came = await run(id, attempt, waiting);
    if (came === 'done') {
      await end(id, { status: 'succeeded', error: null });
    } else if (came === 'cancelled') {
      await end(id, { status: 'cancelled', error: null });
    } else if (came === 'deadline') {
      await end(id, { status: 'failed', error: toErrorRecord(lateJob(deadlineMs)) });
    } else if (came === 'closed') {
      await giveBack(job, token, id, 0, true);
    } else if (came === 'lock-lost') {
      // Somebody else has it by now, and says how it ends.
      return;
    } else if (came.retryable && attempt < settings.attempts) {
      const pause = settings.backoffMs[attempt - 1] ?? settings.backoffMs.at(-1) ?? 0;
      await giveBack(job, token, id, pause * (1 + random() / 2), false);
    } else {
      await end(id, { status: 'failed', error: came });
    }
  };

  const connection = connectRedis(options.url, 'workers');
  const worker = new Worker(QUEUE.name, process, {
    connection,
    prefix: QUEUE.prefix,
    concurrency: options.concurrency,
    // A worker that was not heard of for the lease has died, and its job goes to another. Renewed four times in it, so
    // that ten seconds without Redis start nothing twice.
    lockDuration: settings.leaseMs,
    lockRenewTime: settings.leaseMs / 4,
    stalledInterval: settings.leaseMs / 4,
    // Attempts are counted in the job's hash, where a worker that died has left them.
    maxStalledCount: settings.attempts + 1,
    drainDelay: 1,
  });
  worker.on('error', () => undefined);
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) {
      running.get(id)?.('lock-lost');
    }
  });
  const stopListening = news.onCancel((id) => running.get(id)?.('cancelled'));

  return {
    close: async (graceMs) => {
      stopListening();
      const timer = setTimeout(() => {
        for (const stop of running.values()) {
          stop('closed');
        }
      }, graceMs);
      await worker.close();
      clearTimeout(timer);
      connection.disconnect();
    },
  };
};

/** How BullMQ is told that a job was put back and has not ended: it wants this very rejection. */
const putBack = (): Promise<never> => Promise.reject(new DelayedError());
