import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { analysisOptions, type Job, type ServiceEvent } from '../../src/contracts/index.ts';
import type { JobDraft, JobHandler, JobQueue } from '../../src/jobs/ports.ts';
import { createSqliteJobQueue, type SqliteQueueOptions } from '../../src/jobs/sqlite/job-queue.ts';
import { type Database, openDatabase } from '../../src/jobs/sqlite/open-database.ts';
import { WhyfaceError } from '../../src/kit/error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('queue');
const opened: Array<{ queue: JobQueue; database: Database }> = [];
let count = 0;

/** A queue over a database of its own, or over that of another queue: as two processes would have it. */
const open = async (
  options: SqliteQueueOptions & { path?: string } = {},
): Promise<{ queue: JobQueue; path: string }> => {
  count += 1;
  const path = options.path ?? join(folder, `${count}.db`);
  const database = await openDatabase(path);
  const queue = createSqliteJobQueue(database, {
    ...options,
    settings: { pollMs: 20, beatMs: 20, leaseMs: 400, backoffMs: [10, 10], ...options.settings },
  });
  opened.push({ queue, database });
  return { queue, path };
};

afterEach(async () => {
  for (const { queue, database } of opened.splice(0)) {
    await queue.close();
    database.close();
  }
});

const draft = (id: string, change: Partial<JobDraft> & { owner?: string } = {}): JobDraft => ({
  payload: {
    id,
    owner: change.owner ?? 'a',
    name: 'clip.mp4',
    source: { kind: 'clip', clip: `${id}/clip`, transcript: null },
    options: analysisOptions.parse({}),
  },
  priority: change.priority ?? 'normal',
  deadlineMs: change.deadlineMs ?? 60_000,
  concurrency: change.concurrency,
});

const never = (): AbortSignal => new AbortController().signal;
const ended = async (queue: JobQueue, id: string): Promise<Job> => {
  const job = await queue.ended(id, { timeoutMs: 10_000, signal: never() });
  if (job === null) {
    throw new Error(`${id} did not end`);
  }
  return job;
};
const toldOf = async (queue: JobQueue, id: string): Promise<ServiceEvent[]> => {
  const events: ServiceEvent[] = [];
  for await (const event of queue.events(id, { after: 0, signal: never() })) {
    events.push(event);
  }
  return events;
};
const quick: JobHandler = async () => undefined;
const until =
  (signal: AbortSignal): JobHandler =>
  (_, context) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => resolve());
      context.signal.addEventListener('abort', () =>
        reject(new WhyfaceError({ code: 'aborted', stage: 'jobs', message: 'Interrupted.' })),
      );
    });

describe('the queue', () => {
  it('does each job once, however often it is asked for, and tells its end once', async () => {
    const { queue } = await open();
    const done: string[] = [];
    queue.work(async ({ id }) => void done.push(id), { concurrency: 3 });
    await Promise.all(['a', 'b', 'a', 'c', 'a', 'b'].map((id) => queue.enqueue(draft(id))));
    for (const id of ['a', 'b', 'c']) {
      expect(await ended(queue, id)).toMatchObject({ status: 'succeeded', attempt: 1, error: null });
      expect((await toldOf(queue, id)).map(({ event }) => event.type)).toEqual(['job-end']);
    }
    await queue.enqueue(draft('a'));
    expect(done.sort()).toEqual(['a', 'b', 'c']);
  });

  it('takes higher priorities first, and lets clients take turns (S2)', async () => {
    const { queue } = await open();
    for (let index = 0; index < 10; index += 1) {
      await queue.enqueue(draft(`a${index}`, { owner: 'a' }));
    }
    await queue.enqueue(draft('b0', { owner: 'b' }));
    await queue.enqueue(draft('b1', { owner: 'b' }));
    await queue.enqueue(draft('urgent', { owner: 'a', priority: 'high' }));
    expect((await queue.get('b1'))?.ahead).toBe(12);
    const order: string[] = [];
    queue.work(async ({ id }) => void order.push(id), { concurrency: 1 });
    await ended(queue, 'a9');
    expect(order.slice(0, 6)).toEqual(['urgent', 'b0', 'a0', 'b1', 'a1', 'a2']);
  });

  it('runs no more of one client at once than its key says', async () => {
    const { queue } = await open();
    let running = 0;
    let peak = 0;
    queue.work(
      async () => {
        running += 1;
        peak = Math.max(peak, running);
        await wait(30);
        running -= 1;
      },
      { concurrency: 8 },
    );
    const ids = ['1', '2', '3', '4', '5', '6'];
    await Promise.all(ids.map((id) => queue.enqueue(draft(id, { concurrency: 2 }))));
    await Promise.all(ids.map((id) => ended(queue, id)));
    expect(peak).toBe(2);
  });

  it('S1: is bounded, for one client and for all, and says when to come again', async () => {
    const { queue } = await open({ settings: { queueLength: 5, queueLengthPerClient: 3, pollMs: 20 } });
    for (const id of ['1', '2', '3']) {
      await queue.enqueue(draft(id, { owner: 'a' }));
    }
    const refusal = { code: 'queue-full', details: { retryAfterSeconds: expect.any(Number) } };
    await expect(queue.enqueue(draft('4', { owner: 'a' }))).rejects.toMatchObject(refusal);
    await queue.enqueue(draft('5', { owner: 'b' }));
    await queue.enqueue(draft('6', { owner: 'b' }));
    await expect(queue.enqueue(draft('7', { owner: 'c' }))).rejects.toMatchObject(refusal);
    // What is there already is not asked for anew.
    expect((await queue.enqueue(draft('1'))).status).toBe('queued');
  });

  it('cancels what waits at once, and what runs by its signal', async () => {
    const { queue } = await open();
    await queue.enqueue(draft('waits'));
    expect(await queue.cancel('waits')).toBe(true);
    expect((await queue.get('waits'))?.status).toBe('cancelled');
    queue.work(until(never()), { concurrency: 1 });
    await queue.enqueue(draft('runs'));
    await expect.poll(async () => (await queue.get('runs'))?.status).toBe('running');
    await queue.cancel('runs');
    expect((await ended(queue, 'runs')).status).toBe('cancelled');
    expect(await queue.cancel('runs')).toBe(false);
    expect((await toldOf(queue, 'runs')).map(({ event }) => event)).toEqual([{ type: 'job-end', status: 'cancelled' }]);
  });

  it('tries again what failed for a passing reason, ends what takes too long, and starts anew when asked', async () => {
    const { queue } = await open();
    const attempts: number[] = [];
    queue.work(
      async ({ id }, context) => {
        if (id === 'late') {
          await until(never())({ ...draft(id).payload }, context);
        }
        attempts.push(context.attempt);
        if (context.attempt < 3) {
          throw new WhyfaceError({ code: 'service-unavailable', stage: 'reason', message: 'Busy.', retryable: true });
        }
      },
      { concurrency: 2 },
    );
    await queue.enqueue(draft('passing'));
    expect(await ended(queue, 'passing')).toMatchObject({ status: 'succeeded', attempt: 3 });
    expect(attempts).toEqual([1, 2, 3]);
    await queue.enqueue(draft('late', { deadlineMs: 50 }));
    expect((await ended(queue, 'late')).error?.code).toBe('deadline-exceeded');
    const last = (await toldOf(queue, 'late')).at(-1)?.id ?? 0;
    expect((await queue.enqueue(draft('late', { deadlineMs: 50 }))).status).not.toBe('failed');
    await ended(queue, 'late');
    // Numbers go on, so that a reader who comes back with an old one misses nothing.
    expect((await toldOf(queue, 'late'))[0]?.id).toBe(last + 1);
  });

  it('tells a thing once, also when the job is started again', async () => {
    const { queue } = await open();
    const event = { type: 'stage-start', stage: 'perceive' } as const;
    queue.work(
      async (_, { emit, attempt }) => {
        await emit([{ key: 'stage-start:perceive', event }]);
        await emit([{ key: 'stage-start:perceive', event }]);
        if (attempt === 1) {
          throw new WhyfaceError({ code: 'storage-full', stage: 'jobs', message: 'Full.', retryable: true });
        }
      },
      { concurrency: 1 },
    );
    await queue.enqueue(draft('once'));
    await ended(queue, 'once');
    expect((await toldOf(queue, 'once')).map(({ id, event: { type } }) => [id, type])).toEqual([
      [1, 'stage-start'],
      [2, 'job-end'],
    ]);
  });

  it('S7: lets running jobs end within the grace, and gives back the others without counting the start', async () => {
    const { queue, path } = await open();
    const finish = new AbortController();
    const worker = queue.work(until(finish.signal), { concurrency: 1 });
    await queue.enqueue(draft('ends'));
    await expect.poll(async () => (await queue.get('ends'))?.status).toBe('running');
    setTimeout(() => finish.abort(), 50);
    await worker.close(2_000);
    expect((await queue.get('ends'))?.status).toBe('succeeded');

    const stuck = queue.work(until(never()), { concurrency: 1 });
    await queue.enqueue(draft('stuck'));
    await expect.poll(async () => (await queue.get('stuck'))?.status).toBe('running');
    await stuck.close(20);
    expect(await queue.get('stuck')).toMatchObject({ status: 'queued', attempt: 0 });
    const other = await open({ path });
    other.queue.work(quick, { concurrency: 1 });
    expect(await ended(queue, 'stuck')).toMatchObject({ status: 'succeeded', attempt: 1 });
  });
});

describe('more than one process on one database', () => {
  it('D6: does each job once, and tells everybody', async () => {
    // Nobody falls silent here, however busy the machine is.
    const settings = { leaseMs: 30_000 };
    const one = await open({ settings });
    const two = await open({ path: one.path, settings });
    const done: string[] = [];
    const handler: JobHandler = async ({ id }) => {
      done.push(id);
      await wait(5);
    };
    one.queue.work(handler, { concurrency: 2 });
    two.queue.work(handler, { concurrency: 2 });
    const ids = Array.from({ length: 24 }, (_, index) => `job${index}`);
    for (const [index, id] of ids.entries()) {
      await (index % 2 === 0 ? one : two).queue.enqueue(draft(id, { owner: id }));
    }
    await Promise.all(ids.map((id) => ended(two.queue, id)));
    expect(done.sort()).toEqual([...ids].sort());
    expect((await toldOf(one.queue, 'job1')).map(({ event }) => event.type)).toEqual(['job-end']);
  });

  it('takes over from one who has fallen silent; who wakes up too late changes nothing', async () => {
    const { queue: first, path } = await open({ settings: { pollMs: 20, beatMs: 60_000, leaseMs: 100 } });
    const wake = new AbortController();
    let woken: Promise<void> = Promise.resolve();
    first.work(
      (payload, context) => {
        woken = until(wake.signal)(payload, { ...context, signal: never() }).then(() =>
          context.emit([{ key: 'late', event: { type: 'stage-start', stage: 'reason' } }]),
        );
        return woken;
      },
      { concurrency: 1 },
    );
    await first.enqueue(draft('silent'));
    await expect.poll(async () => (await first.get('silent'))?.status).toBe('running');
    const second = await open({ path, settings: { leaseMs: 100 } });
    second.queue.work(async () => wait(200), { concurrency: 1 });
    await expect.poll(async () => (await second.queue.get('silent'))?.attempt, { timeout: 3_000 }).toBe(2);
    wake.abort();
    await woken;
    expect(await ended(second.queue, 'silent')).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect((await toldOf(second.queue, 'silent')).map(({ event }) => event.type)).toEqual(['job-end']);
  });

  it('D5: is not misled by a clock that jumps an hour either way', async () => {
    let offset = 0;
    const now = (): number => Date.now() + offset;
    const { queue, path } = await open({ now });
    const release = new AbortController();
    let starts = 0;
    queue.work(
      (payload, context) => {
        starts += 1;
        return until(release.signal)(payload, context);
      },
      { concurrency: 1 },
    );
    const other = await open({ path, now });
    other.queue.work(
      async () => {
        starts += 1;
      },
      { concurrency: 1 },
    );
    await queue.enqueue(draft('jump'));
    await expect.poll(() => starts).toBe(1);
    for (const jump of [3_600_000, -3_600_000]) {
      offset = jump;
      await wait(100);
    }
    expect((await queue.get('jump'))?.status === 'running' ? starts : 1).toBe(1);
    release.abort();
    await ended(queue, 'jump');
    expect(starts).toBe(1);
  });
});
