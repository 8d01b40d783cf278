import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../../../jobs/open-local.ts';
import { openSharedJobs } from '../../../jobs/open-shared.ts';
import { createPipelineSteps } from '../../../jobs/pipeline-steps.ts';
import { createAnalysisHandler } from '../../../jobs/run-analysis.ts';
import { readSharedSettings } from '../../../jobs/shared-settings.ts';
import { monotonicClock } from '../../../kit/clock.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { createLog } from '../../../kit/log.ts';
import { createPipeline } from '../../../pipeline.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { usageError } from '../options.ts';

export type WorkerFlags = { dataDir?: string; jobs?: string; workers?: string; modelsDir?: string; logLevel?: string };

/** What runs may end within this; the rest goes to other workers. Stays below the 20 s promised. */
const GRACE_MS = 15_000;

const count = (text: string | undefined, flag: string): number | undefined => {
  if (text !== undefined && !/^[1-9]\d{0,2}$/.test(text)) {
    throw usageError(`${flag} takes a whole number from 1 to 999.`);
  }
  return text === undefined ? undefined : Number(text);
};

/** `whyface worker` */
export const workerCommand = async (flags: WorkerFlags, io: CliIo): Promise<ExitStatus> => {
  const { env } = io;
  const folder = dataFolder(env, homedir(), flags.dataDir);
  const shared = readSharedSettings(env, folder);
  if (shared === null) {
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'config',
      message: 'A worker takes its jobs from Redis: set WHYFACE_REDIS_URL, for "whyface serve" as well.',
    });
  }
  const workers = count(flags.workers, '--workers');
  const concurrency = count(flags.jobs, '--jobs') ?? 1;
  const log = createLog(io.stderr, flags.logLevel ?? 'info');
  const { blobs, queue, results } = await openSharedJobs(shared);
  const pipeline = createPipeline({ env, modelsDir: flags.modelsDir, workers });
  const workFolder = join(folder, 'work');
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  const run = createAnalysisHandler({
    blobs,
    results,
    steps: createPipelineSteps(pipeline),
    workFolder,
    clock: monotonicClock,
    onStage: ({ stage, seconds }) => log.debug({ stage, seconds }, 'stage'),
  });
  const worker = queue.work(
    async (payload, context) => {
      const started = monotonicClock();
      log.info({ analysis: payload.id, attempt: context.attempt }, 'job started');
      await run(payload, context);
      log.info({ analysis: payload.id, ranMs: Math.round(monotonicClock() - started) }, 'job done');
    },
    { concurrency },
  );
  io.stdout.write('whyface takes jobs\n');

  const { signal } = io.interruption;
  await new Promise<void>((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  log.info({}, 'stopping');
  await worker.close(GRACE_MS);
  await pipeline.close();
  await queue.close();
  log.info({}, 'stopped');
  return 0;
};
