/**
 * Many machines, shown on one: a service, three workers and a real Redis; a worker is killed over its work, Redis is
 * taken away for ten seconds and started again; every job ends once, with the result it has alone. Then how much more
 * several workers do.
 *
 *     npm run demo:machines [-- --clips 12 --fps 5]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clips, endOf, endsTold, type Resource, submit } from './machines/clips.ts';
import { freePort, type Running, startRedis, startWhyface, stop } from './machines/processes.ts';

const { values } = parseArgs({
  options: { clips: { type: 'string', default: '12' }, fps: { type: 'string', default: '5' } },
});
const [count, fps] = [Number(values.clips), Number(values.fps)];

const folder = mkdtempSync(join(tmpdir(), 'whyface-machines-'));
const running = new Set<Running>();
const started = async (what: Promise<Running>): Promise<Running> => {
  const process = await what;
  running.add(process);
  return process;
};
const address = ({ output }: Running): string => /listens on (\S+)/.exec(output)?.[1] ?? '';
const seconds = (from: number): number => (performance.now() - from) / 1000;
/** What a person would compare: the observations and the explanations, without ids of this clip. */
const gist = ({ analysis, explanations }: Resource): string =>
  createHash('sha256')
    .update(JSON.stringify([analysis?.observations, explanations]).replaceAll(/"analysisId":"[0-9a-f]+"/g, ''))
    .digest('hex')
    .slice(0, 12);
const table = (rows: ReadonlyArray<Record<string, string | number>>): void => console.table(rows);

const port = await freePort();
const redisFolder = join(folder, 'redis');
mkdirSync(redisFolder);
let redis = await started(startRedis(port, redisFolder));
const env = { WHYFACE_REDIS_URL: `redis://127.0.0.1:${port}` };
const data = join(folder, 'data');
const serve = (where: string, more: Record<string, string>): Promise<Running> =>
  started(
    startWhyface(
      [
        'serve',
        '--port',
        '0',
        '--data-dir',
        where,
        '--queue',
        '1000',
        '--client-jobs',
        '100',
        '--rate',
        '100000',
        '--log-level',
        'warn',
      ],
      more,
      /listens on/,
    ),
  );
const worker = (): Promise<Running> =>
  started(startWhyface(['worker', '--data-dir', data, '--workers', '1', '--log-level', 'warn'], env, /takes jobs/));

try {
  // Alone: one process, no Redis.
  const alone = await serve(join(folder, 'alone'), {});
  const reference = await endOf(address(alone), await submit(address(alone), clips(1)[0] ?? new Uint8Array(), fps));
  await stop(alone.child);

  const service = await serve(data, env);
  const at = address(service);
  const workers = [await worker(), await worker(), await worker()];
  const ids = await Promise.all(clips(count).map((clip) => submit(at, clip, fps)));
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const victim = workers[0];
  if (victim !== undefined) {
    console.log(`${seconds(began).toFixed(1)} s  a worker is killed`);
    await stop(victim.child, 'SIGKILL');
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  console.log(`${seconds(began).toFixed(1)} s  Redis is killed`);
  await stop(redis.child, 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  redis = await started(startRedis(port, redisFolder));
  console.log(`${seconds(began).toFixed(1)} s  Redis is back`);
  const results = await Promise.all(ids.map((id) => endOf(at, id)));
  const ends = await Promise.all(ids.map((id) => endsTold(at, id)));
  console.log(`${seconds(began).toFixed(1)} s  all jobs have ended\n`);
  table([
    {
      jobs: count,
      succeeded: results.filter(({ job }) => job.status === 'succeeded').length,
      'ended once': ends.filter((told) => told === 1).length,
      'same result as alone': results.filter((result) => gist(result) === gist(reference)).length,
      'started more than once': results.filter(({ job }) => job.attempt > 1).length,
    },
  ]);
  await Promise.all(workers.map(({ child }) => stop(child)));

  // Throughput. New clips each time, since the same ones would be answered from what is there.
  const rates: Array<Record<string, string | number>> = [];
  let fresh = clips(4 * count).slice(count);
  for (const number of [1, 2, 4]) {
    const crew = await Promise.all(Array.from({ length: number }, worker));
    const batch = fresh.slice(0, count);
    fresh = fresh.slice(count);
    const from = performance.now();
    const batchIds = await Promise.all(batch.map((clip) => submit(at, clip, fps)));
    await Promise.all(batchIds.map((id) => endOf(at, id)));
    const took = seconds(from);
    rates.push({
      workers: number,
      clips: count,
      seconds: took.toFixed(1),
      'clips a minute': ((60 * count) / took).toFixed(1),
    });
    await Promise.all(crew.map(({ child }) => stop(child)));
  }
  console.log(`The example clip at ${fps} frames a second, on ${cpus().length} cores:`);
  table(rates);
} finally {
  await Promise.all([...running].map(({ child }) => stop(child, 'SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
}
