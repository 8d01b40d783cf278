import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Whether there is a `redis-server` on the PATH: tests that stop and start Redis need one of their own. */
export const HAS_REDIS_SERVER = spawnSync('redis-server', ['--version']).status === 0;

const given = process.env.WHYFACE_TEST_REDIS_URL;

/** Whether tests can have a Redis at all. */
export const HAS_REDIS = HAS_REDIS_SERVER || given !== undefined;

export type TestRedis = {
  url: string;
  /** As if the machine were gone: at once, without saving. Only where the test started it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

/** A Redis of the test's own that keeps what it has over a restart; else a database of the one that is given. */
export const openTestRedis = async (): Promise<TestRedis> => {
  if (!HAS_REDIS_SERVER) {
    const url = new URL(given ?? '');
    url.pathname = '/9';
    return { url: url.href, kill: async () => undefined, start: async () => undefined, close: async () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'whyface-redis-'));
  const port = await freePort();
  let server: ChildProcess | null = null;
  const url = `redis://127.0.0.1:${port}`;
  const start = async (): Promise<void> => {
    const words = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
    server = spawn('redis-server', [...words, '--appendfsync', 'always'], { stdio: 'ignore' });
    const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 200 });
    probe.on('error', () => undefined);
    await probe.ping();
    probe.disconnect();
  };
  const kill = async (): Promise<void> => {
    const running = server;
    server = null;
    if (running !== null && running.exitCode === null) {
      running.kill('SIGKILL');
      await new Promise((resolve) => running.once('exit', resolve));
    }
  };
  await start();
  return {
    url,
    start,
    kill,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
