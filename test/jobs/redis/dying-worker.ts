/** A worker for tests: takes one job from the Redis named in its argument and is killed over it. */
import { createRedisQueue } from '../../../src/jobs/redis/redis-queue.ts';

const [url = '', leaseMs = '1500'] = process.argv.slice(2);
const queue = await createRedisQueue({
  url,
  settings: { leaseMs: Number(leaseMs) },
  now: Date.now,
  random: Math.random,
});
queue.work(
  async () => {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
  { concurrency: 1 },
);
