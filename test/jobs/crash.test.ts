import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { analysisOptions, type ServiceEvent } from '../../src/contracts/index.ts';
import { type LocalJobs, openLocalJobs } from '../../src/jobs/open-local.ts';
import { seeded } from '../observe/synthetic.ts';
import { fakeClip } from '../support/fake-steps.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const PROGRAM = fileURLToPath(new URL('./support/job-child.ts', import.meta.url));

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
});

/** A worker process, once it is at work. */
const startWorker = async (
  folder: string,
  attempts: number,
): Promise<{ kill: () => Promise<void>; ended: Promise<void> }> => {
  const child = spawn(process.execPath, ['--import', LOADER, PROGRAM, folder, String(attempts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await Promise.race([new Promise<void>((resolve) => child.stdout.once('data', () => resolve())), ended]);
  return {
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
    ended,
  };
};

const addJob = async (jobs: LocalJobs, folder: string, id: string, name: string, marker: string): Promise<void> => {
  const clip = fakeClip({ marker, milliseconds: 100 });
  const path = join(folder, `${id}.upload`);
  writeFileSync(path, clip);
  const digest = createHash('sha256').update(clip).digest('hex');
  const options = analysisOptions.parse({ stills: true });
  await jobs.store.create({
    id, owner: 'a', input: name, clipDigest: digest, clipBytes: clip.length, options, createdAt: Date.now(), keep: false,
  }); // biome-ignore format: one record
  await jobs.blobs.adopt(`${id}/clip`, { path, digest });
  await jobs.queue.enqueue({
    payload: { id, owner: 'a', name, source: { kind: 'clip', clip: `${id}/clip`, transcript: null }, options },
    priority: 'normal',
    deadlineMs: 60_000,
  });
};

const toldOf = async (jobs: LocalJobs, id: string): Promise<ServiceEvent[]> => {
  const events: ServiceEvent[] = [];
  for await (const event of jobs.queue.events(id, { after: 0, signal: new AbortController().signal })) {
    events.push(event);
  }
  return events;
};

/** Events without what differs from run to run: how long things took. */
const story = (events: readonly ServiceEvent[]): string[] =>
  events.map(({ id, event }) => JSON.stringify({ id, ...event, milliseconds: undefined }));

describe('a killed process', () => {
  it('D1: loses nothing and repeats nothing visible, wherever it was killed', async () => {
    const folder = temporaryFolder('crash');
    const jobs = await openLocalJobs(folder, { settings: { pollMs: 20 } });
    const random = seeded(7);
    const ids = Array.from({ length: 6 }, (_, index) => `an_${index}`);
    try {
      for (const id of ids) {
        await addJob(jobs, folder, id, 'clip.mp4', id);
      }
      for (let kills = 0; kills < 5; kills += 1) {
        const worker = await startWorker(folder, 100);
        await wait(30 + random() * 250);
        await worker.kill();
      }
      const last = await startWorker(folder, 100);
      for (const id of ids) {
        const job = await jobs.queue.ended(id, { timeoutMs: 60_000, signal: new AbortController().signal });
        expect([id, job?.status]).toEqual([id, 'succeeded']);
      }
      await last.kill();

      // One more, undisturbed, to compare with.
      const calm = await startWorker(folder, 3);
      await addJob(jobs, folder, 'an_calm', 'clip.mp4', 'calm');
      await jobs.queue.ended('an_calm', { timeoutMs: 10_000, signal: new AbortController().signal });
      await calm.kill();
      const undisturbed = story(await toldOf(jobs, 'an_calm'));
      expect(undisturbed.filter((line) => line.includes('"job-end"'))).toHaveLength(1);
      const expected = await jobs.store.result('an_calm');
      // What the killed ones left behind goes when the next one starts.
      await (await openLocalJobs(folder)).close();
      expect([...readdirSync(join(folder, 'uploads')), ...readdirSync(join(folder, 'work'))]).toEqual([]);
      for (const id of ids) {
        expect(story(await toldOf(jobs, id))).toEqual(undisturbed);
        const result = await jobs.store.result(id);
        expect(result?.explanations).toEqual(expected?.explanations);
        expect(result?.analysis.observations).toEqual(expected?.analysis.observations);
        const files = readdirSync(join(folder, 'blobs', id)).map((name) => name.split('.')[0]);
        expect(files.sort()).toEqual(['percepts', 'still-P1-1500']);
      }
    } finally {
      await jobs.close();
    }
  }, 180_000);

  it('D2: a clip that ends the process each time is given up after three starts, and others are done', async () => {
    const folder = temporaryFolder('poison');
    const jobs = await openLocalJobs(folder, { settings: { pollMs: 20 } });
    try {
      await addJob(jobs, folder, 'an_poison', 'poison.mp4', 'poison');
      await addJob(jobs, folder, 'an_good', 'clip.mp4', 'good');
      let starts = 0;
      const status = async (): Promise<string | undefined> => (await jobs.queue.get('an_poison'))?.status;
      while ((await status()) !== 'failed' && starts < 6) {
        starts += 1;
        const worker = await startWorker(folder, 3);
        await Promise.race([
          worker.ended,
          jobs.queue.ended('an_poison', { timeoutMs: 10_000, signal: new AbortController().signal }),
        ]);
        if ((await status()) === 'failed') {
          await jobs.queue.ended('an_good', { timeoutMs: 10_000, signal: new AbortController().signal });
        }
        await worker.kill();
      }
      expect(await jobs.queue.get('an_poison')).toMatchObject({
        status: 'failed',
        attempt: 3,
        error: { code: 'worker-crashed', message: expect.stringContaining('3 times') },
      });
      expect((await toldOf(jobs, 'an_poison')).map(({ event }) => event.type)).toEqual([
        'stage-start',
        'job-error',
        'job-end',
      ]);
      expect((await jobs.queue.get('an_good'))?.status).toBe('succeeded');
    } finally {
      await jobs.close();
    }
  }, 180_000);
});
