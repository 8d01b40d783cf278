/** A process that works on jobs until it is killed. Arguments: the data folder, starts a job has. */

import { openLocalJobs } from '../../../src/jobs/open-local.ts';
import { createAnalysisHandler } from '../../../src/jobs/run-analysis.ts';
import { monotonicClock } from '../../../src/kit/clock.ts';
import { createFakeSteps } from '../../support/fake-steps.ts';

const [folder = '', attempts = '3'] = process.argv.slice(2);
const jobs = await openLocalJobs(folder, { settings: { attempts: Number(attempts), pollMs: 20, beatMs: 50 } });
const steps = createFakeSteps();
jobs.queue.work(
  createAnalysisHandler({
    blobs: jobs.blobs,
    results: jobs.store,
    steps: {
      ...steps,
      perceive: async (path, options, context) => {
        if (path.endsWith('poison.mp4')) {
          process.kill(process.pid, 'SIGKILL');
        }
        return steps.perceive(path, options, context);
      },
    },
    workFolder: jobs.workFolder,
    clock: monotonicClock,
  }),
  { concurrency: 1 },
);
process.stdout.write('working\n');
setInterval(() => undefined, 60_000);
