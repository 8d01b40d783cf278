import { Queue } from 'bullmq';
import { isEnded, type Job, type JobPriority } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { queueFull } from '../job-errors.ts';
import type { JobQueue } from '../ports.ts';
import { JOB_SETTINGS, type JobSettings } from '../settings.ts';
import { asRedisError, connectRedis } from './connection.ts';
import { readEvents } from './event-log.ts';
import { type JobHash, jobOf, parseJobHash } from './job-hash.ts';
import { CHANNELS, KEYS, QUEUE } from './keys.ts';
import { subscribeNews } from './news.ts';
import { startRedisWorker } from './redis-worker.ts';
import { CANCEL, ENQUEUE, PURGE } from './scripts.ts';
import { createEndJob } from './settle.ts';

/** News are published; what was published while the connection was broken is found by looking this often. */
const LOOK_MS = 1_000;
/** After so long without a change it is asked whether BullMQ still knows the job. */
const SUSPECT_MS = 5_000;
/** Steps between the priorities; within one, a client's n-th waiting job comes after everybody's earlier ones. */
const CLASS_SPAN = 500_000;
const CLASSES: Record<JobPriority, number> = { high: 0, normal: 1, low: 2 };

export type RedisQueueOptions = {
  /** `redis://…` or `rediss://…` */
  url: string;
  settings?: Partial<JobSettings> | undefined;
  /** Done before anybody hears that a job has ended: nothing of the clip is there any more by then. */
  beforeTold?: ((id: string) => Promise<void>) | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
};

/** Jobs on BullMQ and Redis: any number of processes put jobs in, any number take them. */
export const createRedisQueue = async (options: RedisQueueOptions): Promise<JobQueue> => {
  const { url, now, random } = options;
  const settings: JobSettings = { ...JOB_SETTINGS, ...options.settings };
  const redis = connectRedis(url, 'requests');
  const hands = connectRedis(url, 'workers');
  const subscriber = connectRedis(url, 'subscriptions');
  const bull = new Queue(QUEUE.name, { connection: redis, prefix: QUEUE.prefix });
  bull.on('error', () => undefined);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw asRedisError(thrown);
    }
  };
  const end = createEndJob({ redis: hands, now, beforeTold: options.beforeTold });

  /** Gives the job to BullMQ; a second time is nothing new, since its id is the job's. */
  const schedule = (id: string, priority: JobPriority, place: number): Promise<unknown> =>
    bull.add(
      'analyse',
      {},
      {
        jobId: id,
        // BullMQ takes low numbers first: clients take turns, however many jobs one of them has waiting.
        priority: CLASSES[priority] * CLASS_SPAN + Math.min(place, CLASS_SPAN - 1),
        removeOnComplete: true,
        removeOnFail: true,
      },
    );

  const readHash = async (id: string): Promise<JobHash | null> => {
    const hash = parseJobHash(await redis.hgetall(KEYS.job(id)));
    if (hash === null || isEnded(hash.status) || now() - hash.changedAt < SUSPECT_MS) {
      return hash;
    }
    // Whoever put it in died between the two steps, or a job that was running is lost to BullMQ.
    if ((await bull.getJobState(id)) === 'unknown') {
      await schedule(id, 'normal', 1);
    }
    return hash;
  };

  const aheadOf = async (hash: JobHash): Promise<number | null> =>
    hash.status === 'queued' ? await redis.zrank(bull.toKey('prioritized'), hash.id) : null;

  const get = async (id: string): Promise<Job | null> => {
    const hash = await readHash(id);
    return hash === null ? null : jobOf(hash, await aheadOf(hash));
  };

  const depth = async (): Promise<{ queued: number; running: number }> => {
    const [queued, running] = await redis.hmget(KEYS.counts, 'queued', 'running');
    return { queued: Number(queued ?? 0), running: Number(running ?? 0) };
  };

  const news = await guarded(() => subscribeNews(subscriber));

  /** Until there may be something new. */
  const something = (id: string, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        stop();
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, LOOK_MS);
      const stop = news.onNews(id, done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) {
        done();
      }
    });

  return {
    enqueue: (draft) =>
      guarded(async () => {
        const { id, owner } = draft.payload;
        const keys = [KEYS.job(id), KEYS.counts, KEYS.events(id), KEYS.told(id)];
        const { queueLength, queueLengthPerClient } = settings;
        const limits = [queueLength, queueLengthPerClient];
        const place = Number(
          await redis.eval(ENQUEUE, keys.length, ...keys, id, owner, JSON.stringify(draft), now(), ...limits),
        );
        if (place < 0) {
          const { queued } = await depth();
          throw queueFull({ waiting: queued, own: place === -1 ? null : queueLengthPerClient });
        }
        if (place > 0) {
          await schedule(id, draft.priority, place);
        }
        const job = await get(id);
        if (job === null) {
          throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: `The job ${id} was removed at once.` });
        }
        return job;
      }),
    get: (id) => guarded(() => get(id)),
    cancel: (id) =>
      guarded(async () => {
        const was = await redis.eval(CANCEL, 1, KEYS.job(id), CHANNELS.cancel, id);
        if (was === 'queued') {
          // A worker that takes it this moment sees that it is cancelled; nobody has to take it any more.
          await end(id, { status: 'cancelled', error: null });
          await bull.remove(id);
        }
        return was !== 'none';
      }),
    events: async function* (id, { after, signal }) {
      let last = after;
      while (!signal.aborted) {
        const hash = await guarded(() => readHash(id));
        const page = await guarded(() => readEvents(redis, id, last));
        for (const event of page) {
          yield event;
          last = event.id;
        }
        if (page.at(-1)?.event.type === 'job-end' || hash === null) {
          return;
        }
        if (page.length === 0) {
          if (isEnded(hash.status)) {
            return;
          }
          await something(id, signal);
        }
      }
    },
    ended: async (id, { timeoutMs, signal }) => {
      const until = performance.now() + timeoutMs;
      while (!signal.aborted) {
        const job = await guarded(() => get(id));
        if (job === null || isEnded(job.status)) {
          return job;
        }
        const left = until - performance.now();
        if (left <= 0) {
          return null;
        }
        await something(id, AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(left))]));
      }
      return null;
    },
    work: (handler, { concurrency }) =>
      startRedisWorker({ url, redis: hands, news, end, handler, concurrency, settings, now, random }),
    depth: () => guarded(depth),
    purge: (id) =>
      guarded(async () => {
        await bull.remove(id).catch(() => 0);
        const keys = [KEYS.job(id), KEYS.counts, KEYS.events(id), KEYS.told(id)];
        return Number(await redis.eval(PURGE, keys.length, ...keys));
      }),
    check: () =>
      guarded(async () => {
        await redis.ping();
      }),
    close: async () => {
      await bull.close();
      await news.close();
      redis.disconnect();
      hands.disconnect();
    },
  };
};
