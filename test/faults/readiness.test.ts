import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readiness } from '../../src/contracts/index.ts';
import { createLog } from '../../src/kit/log.ts';
import { createPerception } from '../../src/perceive/index.ts';
import { type NodeService, openNodeService } from '../../src/present/http/node-service.ts';
import { readServeSettings } from '../../src/present/http/serve-settings.ts';
import { openTestService } from '../support/service.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const disk = vi.hoisted(() => ({ free: Number.POSITIVE_INFINITY }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    statfs: async (path: string) => {
      const found = await real.statfs(path);
      return { ...found, bsize: 1, bavail: Math.min(found.bavail * found.bsize, disk.free) };
    },
  };
});

type Requests = { request: (request: Request) => Response | Promise<Response> };

const readyOf = async (app: Requests) => {
  const response = await app.request(
    new Request('http://127.0.0.1:8787/health/ready', { headers: { host: '127.0.0.1:8787' } }),
  );
  const { checks } = readiness.parse(await response.json());
  return { status: response.status, failed: checks.filter(({ ok }) => !ok).map(({ name, detail }) => [name, detail]) };
};

describe('readiness', () => {
  afterEach(() => {
    disk.free = Number.POSITIVE_INFINITY;
  });

  it('S8: is not ready while the disk is full or the decoder cannot start, and says which', async () => {
    const service = await openTestService(temporaryFolder('readiness'));
    disk.free = 1_000_000;
    expect(await readyOf(service.app)).toEqual({ status: 503, failed: [['disk', 'storage-full']] });
    disk.free = Number.POSITIVE_INFINITY;
    expect(await readyOf(service.app)).toEqual({ status: 200, failed: [] });
    await service.stop(0);

    let blind: NodeService | undefined;
    try {
      // Workers whose loader does not exist end before they say anything.
      blind = await openNodeService({
        settings: readServeSettings({ dataDir: temporaryFolder('blind'), workers: 1 }),
        env: { ...process.env, WHYFACE_OFFLINE: '1', NODE_OPTIONS: '--import /nowhere/loader.mjs' },
        log: createLog(new PassThrough().resume(), 'silent'),
      });
      const { app } = blind;
      expect((await readyOf(app)).failed).toEqual([['perception', 'not-ready']]);
      await expect
        .poll(() => readyOf(app), { timeout: 30_000 })
        .toEqual({
          status: 503,
          failed: [['perception', 'worker-crashed']],
        });
    } finally {
      await blind?.stop(0);
    }
  });
});

describe('a perception worker', () => {
  const threadsOf = (pid: number): number => readdirSync(`/proc/${pid}/task`).length;
  const childrenOf = (parent: number): number[] =>
    readdirSync('/proc')
      .map(Number)
      .filter((pid) => {
        try {
          return (
            Number.isInteger(pid) &&
            new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'))
          );
        } catch {
          return false;
        }
      });

  it.skipIf(process.platform !== 'linux')(
    'S11: leaves the loop of its parent free while a clip is measured; R5: sessions and decoders of a worker have one thread',
    async () => {
      const before = new Set(childrenOf(process.pid));
      const perception = createPerception({ env: { ...process.env, WHYFACE_OFFLINE: '1' }, workers: 1 });
      try {
        await perception.measure(join(ROOT, 'examples', 'astronaut.png'), { fps: 'all' });
        let ticks = 0;
        const ticking = setInterval(() => {
          ticks += 1;
        }, 20);
        const measuring = perception.measure(join(ROOT, 'examples', 'clip.mp4'), { fps: 3 });
        let most = 0;
        let running = true;
        measuring.finally(() => {
          running = false;
        });
        while (running) {
          const [worker] = childrenOf(process.pid).filter((pid) => !before.has(pid));
          most = Math.max(most, worker === undefined ? 0 : threadsOf(worker));
          await wait(50);
        }
        clearInterval(ticking);
        await measuring;
        expect(ticks).toBeGreaterThan(5);
        // Node has eleven of its own; a session or decoder that took every core would add as many for each of ten graphs.
        expect(most).toBeGreaterThan(0);
        expect(most).toBeLessThan(24);
      } finally {
        await perception.close();
      }
      expect(availableParallelism()).toBeGreaterThan(0);
    },
  );
});
