/** The service on one machine: storage, jobs and pipeline put together behind the app. */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { observeOptions, type Readiness } from '../../contracts/index.ts';
import { createAnalysisService } from '../../jobs/create-analysis-service.ts';
import { type LocalJobs, openLocalJobs } from '../../jobs/open-local.ts';
import { shareJobs } from '../../jobs/open-shared.ts';
import { createPipelineSteps } from '../../jobs/pipeline-steps.ts';
import type { JobWorker } from '../../jobs/ports.ts';
import { createAnalysisHandler, removeClip } from '../../jobs/run-analysis.ts';
import { JOB_SETTINGS } from '../../jobs/settings.ts';
import { readSharedSettings } from '../../jobs/shared-settings.ts';
import type { Steps } from '../../jobs/steps.ts';
import { readPercepts, writePercepts } from '../../jobs/stored-percepts.ts';
import { monotonicClock } from '../../kit/clock.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { packageRoot } from '../../kit/package-root.ts';
import { type Resolve, safeFetch } from '../../kit/safe-fetch.ts';
import { VERSION } from '../../kit/version.ts';
import { createPipeline, type Pipeline } from '../../pipeline.ts';
import { createAccess } from './access/access.ts';
import { createApp } from './app.ts';
import { createMetrics } from './metrics.ts';
import { createNodeUploads } from './node-uploads.ts';
import { fileRoutes } from './routes/files.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { loadPage, pageRoutes } from './routes/page.ts';
import { scoreRoutes } from './routes/scores.ts';
import { isLoopback, loopbackNames, type ServeSettings } from './serve-settings.ts';
import type { App, RouteGroup, Services } from './services.ts';

export type NodeServiceOptions = {
  settings: ServeSettings;
  env: Readonly<Record<string, string | undefined>>;
  log: Logger;
  /** Routes of others: chat, the OpenAI wire format, MCP. */
  groups?: readonly RouteGroup[] | undefined;
  /** For tests: other steps than the pipeline's. */
  steps?: Steps | undefined;
  now?: (() => number) | undefined;
  resolve?: Resolve | undefined;
  permitAddress?: ((address: string) => boolean) | undefined;
};

export type NodeService = {
  app: App;
  services: Services;
  jobs: LocalJobs;
  /** Not ready from here on; running jobs may end within `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

/** Housekeeping goes round this often. */
const HOUSEKEEPING_MS = 60_000;

/** @throws WhyfaceError `config-invalid`, `store-damaged`, `output-unwritable` */
export const openNodeService = async (options: NodeServiceOptions): Promise<NodeService> => {
  const { settings, env, log } = options;
  const now = options.now ?? Date.now;
  const metrics = createMetrics(() => jobs.queue.depth());
  const shared = readSharedSettings(env, settings.dataDir);
  const queueing = {
    queueLength: settings.queueLength,
    queueLengthPerClient: Math.max(1, Math.ceil(settings.queueLength / 2)),
    concurrencyPerClient: settings.concurrencyPerClient,
  };
  const local = await openLocalJobs(settings.dataDir, {
    settings: queueing,
    uploadBytes: settings.uploadMegabytes * 1024 * 1024,
    now,
    onStarted: metrics.started,
    onEnded: ({ id, outcome, ranMs }) => {
      metrics.ended({ outcome, ranMs });
      log.info({ analysis: id, outcome, ranMs: Math.round(ranMs) }, 'job ended');
    },
    beforeTold: (id) => removeClip(jobs.blobs, id),
  });
  const jobs = shared === null ? local : await shareJobs(local, shared, queueing);
  const keysNeeded = settings.requireKeys || !isLoopback(settings.host);
  if (keysNeeded && (await jobs.keys.list()).length === 0) {
    await jobs.close();
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'config',
      message: `A server on ${settings.host} asks for keys, and there are none; make one: whyface keys add NAME --data-dir ${settings.dataDir}`,
    });
  }
  const pipeline =
    options.steps === undefined
      ? createPipeline({
          env: { WHYFACE_WORKER_NICE: '10', ...env },
          modelsDir: settings.modelsDir,
          workers: settings.workers,
        })
      : null;
  const steps = options.steps ?? (pipeline === null ? null : createPipelineSteps(pipeline));
  if (steps === null) {
    throw new WhyfaceError({ code: 'internal', stage: 'config', message: 'There is no pipeline.' });
  }
  const access = createAccess({
    keys: keysNeeded ? jobs.keys : null,
    purpose: settings.purpose,
    requestsPerMinute: settings.requestsPerMinute,
    now,
  });
  const fetchOptions = {
    allowedHosts: settings.urlHosts,
    maximumBytes: LIMITS.fetchBytes,
    totalMs: LIMITS.fetchMs,
    minimumRate: LIMITS.transferBytesPerSecond,
    rateWindowMs: LIMITS.transferIdleMs,
    maximumRedirects: LIMITS.fetchRedirects,
    resolve: options.resolve,
    permitAddress: options.permitAddress,
  };
  const analyses = createAnalysisService({
    store: jobs.store,
    blobs: jobs.blobs,
    queue: jobs.queue,
    steps,
    intake: {
      bytes: async (bytes, name) => {
        async function* whole(): AsyncGenerator<Uint8Array> {
          yield bytes;
        }
        return jobs.receivers.clip.receive(whole(), { name, announced: bytes.byteLength });
      },
      url: async (url, signal) => {
        const { body, contentLength, url: last } = await safeFetch(url, fetchOptions, signal);
        const name = decodeURIComponentSafe(last.pathname.split('/').at(-1) ?? '');
        return jobs.receivers.clip.receive(body, { name: name === '' ? null : name, announced: contentLength, signal });
      },
    },
    percepts: {
      write: (id, percepts) => writePercepts(jobs.blobs, id, percepts),
      read: (id) => readPercepts(jobs.blobs, id),
    },
    version: VERSION,
    now,
    keep: settings.keep,
    idleMs: settings.idleMinutes * 60_000,
    deadlineMs: JOB_SETTINGS.deadlineMs,
    concurrencyOf: access.concurrencyOf,
    allowRemoteFrames: settings.allowRemoteFrames,
  });

  const perception = createPerceptionCheck(pipeline);
  let stopping = false;
  const ready = async (): Promise<Readiness> => {
    const check = async (name: string, work: () => Promise<unknown>): Promise<Readiness['checks'][number]> => {
      try {
        await work();
        return { name, ok: true, detail: null };
      } catch (thrown) {
        return { name, ok: false, detail: toWhyfaceError(thrown, 'jobs').code };
      }
    };
    const checks = await Promise.all([
      check('accepting', async () => {
        if (stopping) {
          throw new WhyfaceError({ code: 'service-unavailable', stage: 'present', message: 'Stopping.' });
        }
      }),
      check('database', () => jobs.queue.check()),
      check('disk', async () => {
        const { bavail, bsize } = await statfs(settings.dataDir);
        if (bavail * bsize < LIMITS.diskReserveBytes) {
          throw new WhyfaceError({ code: 'storage-full', stage: 'jobs', message: 'The disk is full.' });
        }
      }),
      check('perception', () => perception.check()),
    ]);
    return { status: checks.every(({ ok }) => ok) ? 'ready' : 'not-ready', checks };
  };
  const services: Services = {
    version: VERSION,
    analyses,
    access,
    uploads: createNodeUploads(jobs.receivers),
    ready,
    log,
    meter: metrics.request,
    hosts: keysNeeded ? null : loopbackNames(settings.host),
    corsOrigins: settings.corsOrigins,
  };
  const page = await loadPage(join(packageRoot(), 'dist', 'web'));
  const app = createApp(services, [
    fileRoutes,
    scoreRoutes,
    metricsRoutes(metrics),
    ...(options.groups ?? []),
    ...(page === null ? [] : [pageRoutes(page)]),
  ]);

  const handler = createAnalysisHandler({
    blobs: jobs.blobs,
    results: jobs.store,
    steps,
    workFolder: jobs.workFolder,
    clock: monotonicClock,
    onStage: metrics.stage,
  });
  const housekeeping = new AbortController();
  const keepHouse = (): void => {
    analyses.expire(housekeeping.signal).catch((thrown: unknown) => {
      log.warn({ code: toWhyfaceError(thrown, 'jobs').code }, 'housekeeping failed');
    });
  };
  keepHouse();
  const timer = setInterval(keepHouse, HOUSEKEEPING_MS);
  // With Redis, jobs are for "whyface worker", here or elsewhere: this process stays quick to answer.
  const worker: JobWorker | null =
    shared === null ? jobs.queue.work(handler, { concurrency: settings.workers ?? 2 }) : null;

  return {
    app,
    services,
    jobs,
    stop: async (graceMs) => {
      stopping = true;
      clearInterval(timer);
      housekeeping.abort();
      await worker?.close(graceMs);
      await pipeline?.close();
      await jobs.close();
    },
  };
};

const decodeURIComponentSafe = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The parts of readiness that are slow to find out. */
type SlowCheck = { check(): Promise<void> };

/** Whether a clip can be measured: asked at the start, and after a failure again no more often than this. */
const PERCEPTION_RETRY_MS = 30_000;

/** Measures the picture that comes with the package: the workers' program starts, and its models load and answer. */
const createPerceptionCheck = (pipeline: Pipeline | null): SlowCheck => {
  let state: 'unknown' | 'good' | WhyfaceError = pipeline === null ? 'good' : 'unknown';
  let tried = Number.NEGATIVE_INFINITY;
  const look = (): void => {
    tried = monotonicClock();
    pipeline?.observe(join(packageRoot(), 'examples', 'astronaut.png'), observeOptions.parse({})).then(
      () => {
        state = 'good';
        // The first clip should not wait for the other workers and the decoder: a film keeps them all busy once.
        pipeline.observe(join(packageRoot(), 'examples', 'clip.mp4'), observeOptions.parse({})).catch(() => undefined);
      },
      (thrown: unknown) => {
        state = toWhyfaceError(thrown, 'perceive');
      },
    );
  };
  look();
  return {
    check: async () => {
      if (state === 'good') {
        return;
      }
      if (monotonicClock() - tried > PERCEPTION_RETRY_MS) {
        look();
      }
      throw state === 'unknown'
        ? new WhyfaceError({ code: 'not-ready', stage: 'perceive', message: 'The models are being loaded.' })
        : state;
    },
  };
};
