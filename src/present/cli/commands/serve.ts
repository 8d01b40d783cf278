import { homedir } from 'node:os';
import { dataFolder } from '../../../jobs/open-local.ts';
import { createLog } from '../../../kit/log.ts';
import { listen } from '../../http/node-server.ts';
import { openNodeService } from '../../http/node-service.ts';
import { readServeSettings } from '../../http/serve-settings.ts';
import { talkGroups } from '../../http/talk-groups.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';

export type ServeFlags = {
  host?: string;
  port?: string;
  dataDir?: string;
  keep?: boolean;
  purpose?: string;
  requireKeys?: boolean;
  urlHost?: string[];
  corsOrigin?: string[];
  workers?: string;
  queue?: string;
  clientJobs?: string;
  rate?: string;
  uploadMegabytes?: string;
  idleMinutes?: string;
  allowRemoteFrames?: boolean;
  modelsDir?: string;
  logLevel?: string;
};

/** Running jobs may end within this; what is left starts again with the next server. Stays below the 20 s promised. */
const JOBS_GRACE_MS = 12_000;
const REQUESTS_GRACE_MS = 3_000;

const list = (flags: string[] | undefined, variable: string | undefined): string[] | undefined =>
  flags ??
  variable
    ?.split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

/** `whyface serve` */
export const serveCommand = async (flags: ServeFlags, io: CliIo): Promise<ExitStatus> => {
  const { env } = io;
  const settings = readServeSettings({
    host: flags.host ?? env.WHYFACE_HOST,
    port: flags.port ?? env.WHYFACE_PORT,
    dataDir: dataFolder(env, homedir(), flags.dataDir),
    keep: flags.keep,
    purpose: flags.purpose ?? env.WHYFACE_PURPOSE,
    requireKeys: flags.requireKeys,
    urlHosts: list(flags.urlHost, env.WHYFACE_URL_HOSTS),
    corsOrigins: list(flags.corsOrigin, env.WHYFACE_CORS_ORIGINS),
    workers: flags.workers,
    queueLength: flags.queue,
    concurrencyPerClient: flags.clientJobs,
    requestsPerMinute: flags.rate,
    uploadMegabytes: flags.uploadMegabytes,
    idleMinutes: flags.idleMinutes,
    allowRemoteFrames: flags.allowRemoteFrames,
    modelsDir: flags.modelsDir,
    logLevel: flags.logLevel ?? env.WHYFACE_LOG_LEVEL,
  });
  const log = createLog(io.stderr, settings.logLevel);
  const service = await openNodeService({ settings, env, log, groups: talkGroups(env) });
  const server = await listen(service.app, settings).catch(async (thrown: unknown) => {
    await service.stop(0);
    throw thrown;
  });
  io.stdout.write(`whyface listens on ${server.url} (API: ${server.url}/docs)\n`);
  log.info({ address: server.url, purpose: settings.purpose, keep: settings.keep }, 'listening');

  const { signal } = io.interruption;
  await new Promise<void>((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  log.info({}, 'stopping');
  // Jobs first: whoever waits for one still gets its answer.
  const requests = server.stop(JOBS_GRACE_MS + REQUESTS_GRACE_MS);
  await service.stop(JOBS_GRACE_MS);
  await requests;
  log.info({}, 'stopped');
  return 0;
};
