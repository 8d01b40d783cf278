import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { analysisOptions, type Job, type ServiceEvent } from '../../../src/contracts/index.ts';
import type { JobDraft, JobHandler, JobQueue, JobWorker } from '../../../src/jobs/ports.ts';
import { createRedisQueue } from '../../../src/jobs/redis/redis-queue.ts';
import { WhyfaceError } from '../../../src/kit/error.ts';
import { HAS_REDIS, HAS_REDIS_SERVER, openTestRedis, type TestRedis } from '../../support/redis.ts';
import { ROOT } from '../../support/shared.ts';

const FOREVER = new AbortController().signal;
const settings = { leaseMs: 1_500, backoffMs: [50, 100], concurrencyPerClient: 2, attempts: 3 };
const DYING_WORKER = join(ROOT, 'test/jobs/redis/dying-worker.ts');

const draftOf = (id: string, owner = 'ada', more: Partial<JobDraft> = {}): JobDraft => ({
  payload: {
    id,
    owner,
    name: `${id}.mp4`,
    source: { kind: 'clip', clip: `${id}/clip`, transcript: null },
    options: analysisOptions.parse({}),
  },
  priority: 'normal',
  deadlineMs: 60_000,
  ...more,
});

describe.skipIf(!HAS_REDIS)('the queue on Redis (needs Redis)', () => {
  let redis: TestRedis;
  const queues: JobQueue[] = [];
  const workers: JobWorker[] = [];
  let serial = 0;

  beforeAll(async () => {
    redis = await openTestRedis();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close(0)));
    await Promise.all(queues.splice(0).map((queue) => queue.close()));
  });
  afterAll(() => redis.close());

  const open = async (more: Partial<typeof settings> = {}): Promise<JobQueue> => {
    const queue = await createRedisQueue({
      url: redis.url,
      settings: { ...settings, ...more },
      now: Date.now,
      random: () => 0,
    });
    queues.push(queue);
    return queue;
  };
  const work = (queue: JobQueue, handler: JobHandler, concurrency = 1): JobWorker => {
    const worker = queue.work(handler, { concurrency });
    workers.push(worker);
    return worker;
  };
  const fresh = (): string => {
    serial += 1;
    return `an_${process.pid}_${Date.now()}_${serial}`;
  };
  const endOf = async (queue: JobQueue, id: string): Promise<Job | null> =>
    queue.ended(id, { timeoutMs: 20_000, signal: FOREVER });
  const eventsOf = async (queue: JobQueue, id: string, after = 0): Promise<ServiceEvent[]> => {
    const events: ServiceEvent[] = [];
    for await (const event of queue.events(id, { after, signal: AbortSignal.timeout(20_000) })) {
      events.push(event);
    }
    return events;
  };
  const ends = (events: readonly ServiceEvent[]): number =>
    events.filter(({ event }) => event.type === 'job-end').length;

  it('runs a job once, in whatever process, and tells its events in order', async () => {
    const [front, back] = [await open(), await open()];
    const id = fresh();
    let runs = 0;
    work(back, async (payload, { emit }) => {
      runs += 1;
      expect(payload).toEqual(draftOf(id).payload);
      await emit([{ key: 'stage-start:perceive', event: { type: 'stage-start', stage: 'perceive' } }]);
      await emit([{ key: 'stage-start:perceive', event: { type: 'stage-start', stage: 'perceive' } }]);
      const end = { type: 'stage-end', stage: 'perceive', milliseconds: 1 } as const;
      await emit([{ key: 'stage-end:perceive', event: end }]);
    });
    const [first, second] = await Promise.all([front.enqueue(draftOf(id)), front.enqueue(draftOf(id))]);
    expect(first?.id).toBe(second?.id);
    expect(await endOf(front, id)).toMatchObject({ status: 'succeeded', attempt: 1, error: null });
    const events = await eventsOf(front, id);
    expect(events.map(({ id: number }) => number)).toEqual([1, 2, 3]);
    expect(events.map(({ event }) => event.type)).toEqual(['stage-start', 'stage-end', 'job-end']);
    expect((await eventsOf(front, id, 2)).map(({ event }) => event.type)).toEqual(['job-end']);
    await front.enqueue(draftOf(id));
    expect(runs).toBe(1);
    expect(await front.purge(id)).toBeGreaterThan(0);
    expect(await front.get(id)).toBeNull();
  });

  it('tries again what may pass, three times, and says what it ended with', async () => {
    const queue = await open();
    const id = fresh();
    const attempts: number[] = [];
    work(queue, async (_payload, { attempt }) => {
      attempts.push(attempt);
      throw new WhyfaceError({ code: 'service-unavailable', stage: 'reason', message: 'Not now.', retryable: true });
    });
    await queue.enqueue(draftOf(id));
    expect(await endOf(queue, id)).toMatchObject({ status: 'failed', error: { code: 'service-unavailable' } });
    expect(attempts).toEqual([1, 2, 3]);
    expect(ends(await eventsOf(queue, id))).toBe(1);
  });

  it('cancels what waits and what runs', async () => {
    const queue = await open();
    const [runs, waits] = [fresh(), fresh()];
    const started = new Promise<void>((resolve) => {
      work(queue, (_payload, { signal }) => {
        resolve();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
    });
    await queue.enqueue(draftOf(runs));
    await started;
    await queue.enqueue(draftOf(waits));
    expect(await queue.depth()).toMatchObject({ queued: 1, running: 1 });
    expect(await queue.cancel(waits)).toBe(true);
    expect(await queue.cancel(runs)).toBe(true);
    expect(await endOf(queue, waits)).toMatchObject({ status: 'cancelled' });
    expect(await endOf(queue, runs)).toMatchObject({ status: 'cancelled' });
    expect(await queue.depth()).toEqual({ queued: 0, running: 0 });
    expect(await queue.cancel(runs)).toBe(false);
  });

  it('S2 lets clients take turns, and a higher priority go first', async () => {
    const queue = await open();
    const order: string[] = [];
    const heavy = Array.from({ length: 5 }, fresh);
    const [light, urgent] = [fresh(), fresh()];
    for (const id of heavy) {
      await queue.enqueue(draftOf(id, 'heavy'));
    }
    await queue.enqueue(draftOf(light, 'light'));
    await queue.enqueue(draftOf(urgent, 'heavy', { priority: 'high' }));
    work(queue, async ({ id }) => {
      order.push(id);
    });
    await Promise.all([...heavy, light, urgent].map((id) => endOf(queue, id)));
    expect(order[0]).toBe(urgent);
    expect(order.indexOf(light)).toBeLessThanOrEqual(2);
  });

  it('runs no more of one client at once than it may', async () => {
    const queue = await open();
    const ids = Array.from({ length: 4 }, fresh);
    let [running, most] = [0, 0];
    work(
      queue,
      async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(50);
        running -= 1;
      },
      4,
    );
    for (const id of ids) {
      await queue.enqueue(draftOf(id, 'many'));
    }
    for (const id of ids) {
      expect(await endOf(queue, id)).toMatchObject({ status: 'succeeded' });
    }
    expect(most).toBe(2);
  });

  it('refuses more than one client may have waiting', async () => {
    const queue = await createRedisQueue({
      url: redis.url,
      settings: { ...settings, queueLengthPerClient: 1 },
      now: Date.now,
      random: () => 0,
    });
    queues.push(queue);
    const [first, second] = [fresh(), fresh()];
    await queue.enqueue(draftOf(first, 'greedy'));
    await expect(queue.enqueue(draftOf(second, 'greedy'))).rejects.toMatchObject({ code: 'queue-full' });
    await queue.purge(first);
  });

  it('gives a job back uncounted when its worker is closed', async () => {
    const [one, two] = [await open(), await open()];
    const id = fresh();
    const started = new Promise<JobWorker>((resolve) => {
      const worker = work(one, (_payload, { signal }) => {
        resolve(worker);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
    });
    await one.enqueue(draftOf(id));
    await (await started).close(10);
    expect(await two.get(id)).toMatchObject({ status: 'queued', attempt: 0 });
    work(two, async () => undefined);
    expect(await endOf(two, id)).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('D2 parks a job whose workers die over it', async () => {
    const queue = await open();
    const id = fresh();
    await queue.enqueue(draftOf(id));
    for (let death = 0; death < settings.attempts; death += 1) {
      const words = ['--import', 'tsx', DYING_WORKER, redis.url, `${settings.leaseMs}`];
      const worker = spawn(process.execPath, words, { stdio: 'ignore' });
      const signal = await new Promise((resolve) => worker.once('exit', (_code, by) => resolve(by)));
      expect(signal).toBe('SIGKILL');
    }
    work(queue, async () => undefined);
    expect(await endOf(queue, id)).toMatchObject({ status: 'failed', error: { code: 'worker-crashed' } });
    expect(ends(await eventsOf(queue, id))).toBe(1);
  });

  it.skipIf(!HAS_REDIS_SERVER)('goes on when Redis was away', async () => {
    const [front, back] = [await open({ leaseMs: 6_000 }), await open({ leaseMs: 6_000 })];
    const ids = Array.from({ length: 3 }, fresh);
    const runs = new Map<string, number>();
    work(back, async ({ id }, { emit }) => {
      runs.set(id, (runs.get(id) ?? 0) + 1);
      await pause(400);
      await emit([{ key: 'stage-start:perceive', event: { type: 'stage-start', stage: 'perceive' } }]);
    });
    for (const id of ids) {
      await front.enqueue(draftOf(id));
    }
    await redis.kill();
    await pause(1_000);
    await redis.start();
    for (const id of ids) {
      expect(await endOf(front, id)).toMatchObject({ status: 'succeeded' });
      expect(ends(await eventsOf(front, id))).toBe(1);
    }
    expect([...runs.values()]).toEqual([1, 1, 1]);
  });
});
