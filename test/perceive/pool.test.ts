import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkerPool, type PoolLimits, type WorkerPool } from '../../src/perceive/pool.ts';
import type { Job } from '../../src/perceive/protocol.ts';
import { startWorkerProcess } from '../../src/perceive/worker-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('pool');
const program = new URL('./stubs/worker.ts', import.meta.url);
const patient: PoolLimits = { silenceMs: 20_000, residentBytes: 4 * 2 ** 30, checkEveryMs: 20 };
const pools: WorkerPool[] = [];

const poolOf = (size: number, limits: PoolLimits = patient): WorkerPool => {
  const environment = { ...process.env, STUB_MARK: join(folder, 'mark') };
  const pool = createWorkerPool({ size, limits, start: () => startWorkerProcess(program, environment) });
  pools.push(pool);
  return pool;
};

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const job = (path: string): Job => ({ kind: 'open', path });
const run = (pool: WorkerPool, path: string, signal?: AbortSignal) => pool.run(job(path), { name: path, signal });
/** The process that did the job. */
const processOf = async (pool: WorkerPool, path: string): Promise<number> => {
  const result = await run(pool, path);
  return result.kind === 'stills' ? Number(result.stills[0]?.subject) : -1;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the worker pool', () => {
  it('uses one process again, and no more than it may', async () => {
    const pool = poolOf(2);
    const first = await processOf(pool, 'a');
    expect(await processOf(pool, 'b')).toBe(first);
    const processes = await Promise.all(['c', 'd', 'e', 'f'].map((path) => processOf(pool, path)));
    expect(new Set(processes).size).toBeLessThanOrEqual(2);
  });

  it("passes on the job's own error", async () => {
    await expect(run(poolOf(1), 'refused')).rejects.toMatchObject({ code: 'media-damaged', message: 'x is damaged.' });
  });

  it('kills a worker that is silent for too long, and goes on with a new one', async () => {
    const pool = poolOf(1, { ...patient, silenceMs: 4000 });
    await expect(run(pool, 'hang.mp4')).rejects.toMatchObject({
      code: 'media-hung',
      message: expect.stringContaining('hang.mp4'),
    });
    expect(await processOf(pool, 'fine')).toBeGreaterThan(0);
  });

  it('tries a job that crashed once more, and only once', async () => {
    const pool = poolOf(1);
    expect(await processOf(pool, 'crash-once')).toBeGreaterThan(0);
    await expect(run(pool, 'crash.mp4')).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(await processOf(pool, 'fine')).toBeGreaterThan(0);
  });

  it.skipIf(process.platform !== 'linux')('kills a worker that grows too large', async () => {
    const pool = poolOf(1, { ...patient, residentBytes: 512 * 2 ** 20 });
    await expect(run(pool, 'memory.mp4')).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('ends running and waiting jobs on abort, and their processes', async () => {
    const pool = poolOf(1);
    const worker = await processOf(pool, 'a');
    const controller = new AbortController();
    const running = run(pool, 'slow', controller.signal);
    const waiting = run(pool, 'b', controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    await expect.poll(() => isAlive(worker), { timeout: 2000 }).toBe(false);
    await expect(run(pool, 'c', controller.signal)).rejects.toMatchObject({ code: 'aborted' });
  });

  it('leaves no process behind when it is closed', async () => {
    const pool = poolOf(2);
    const workers = await Promise.all([processOf(pool, 'a'), processOf(pool, 'b')]);
    const running = run(pool, 'slow');
    const closing = pool.close();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await closing;
    expect(workers.some(isAlive)).toBe(false);
    await expect(run(pool, 'late')).rejects.toMatchObject({ code: 'aborted' });
  });

  it('lets a program end that has only idle workers', () => {
    const script = join(import.meta.dirname, 'stubs', 'idle-program.ts');
    // Ends by itself, or execFileSync throws at its deadline.
    const worker = Number(
      execFileSync(process.execPath, ['--import', 'tsx', script], { timeout: 30_000, encoding: 'utf8' }),
    );
    expect(worker).toBeGreaterThan(0);
    return expect.poll(() => isAlive(worker), { timeout: 3000 }).toBe(false);
  });
});
