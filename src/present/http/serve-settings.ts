import { isIP } from 'node:net';
import { z } from 'zod';
import { purpose } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';

const wholeNumber = (least: number, most: number) =>
  z.coerce.number({ error: 'must be a number' }).int('must be a whole number').min(least).max(most);

const hostName = z
  .string()
  .regex(/^\.?(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i, 'must be a host name such as media.example.org')
  .refine((name) => isIP(name) === 0, 'must be a name, not an address');

/** What `whyface serve` can be told, by flags or by the environment. */
export const serveSettings = z
  .object({
    host: z.string().min(1).default('127.0.0.1'),
    port: wholeNumber(0, 65_535).default(8787),
    dataDir: z.string().min(1),
    keep: z.boolean().default(false).describe('Keep results until they are deleted'),
    purpose: purpose.default('unspecified'),
    requireKeys: z.boolean().default(false).describe('Ask for keys on loopback as well'),
    urlHosts: z.array(hostName).default([]).describe('Hosts that clips may be fetched from'),
    corsOrigins: z
      .array(z.url({ protocol: /^https?$/, error: 'must be an origin such as https://app.example.org' }))
      .default([]),
    workers: wholeNumber(1, 256).optional().describe('Perception processes; one a core'),
    queueLength: wholeNumber(1, 100_000).default(64),
    concurrencyPerClient: wholeNumber(1, 1_000).default(4),
    requestsPerMinute: wholeNumber(1, 1_000_000).default(600),
    uploadMegabytes: wholeNumber(1, 2_048).default(2_048),
    idleMinutes: wholeNumber(1, 100_000).default(60),
    allowRemoteFrames: z
      .boolean()
      .default(false)
      .describe('Whether requests may send pictures of faces to a model elsewhere'),
    modelsDir: z.string().optional(),
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .superRefine((settings, context) => {
    if (!isLoopback(settings.host) && settings.purpose === 'unspecified') {
      context.addIssue({
        code: 'custom',
        path: ['purpose'],
        message: `a server that others reach (host ${settings.host}) must state what it is for: ${purpose.options.filter((each) => each !== 'unspecified').join(', ')}`,
      });
    }
  });
export type ServeSettings = z.infer<typeof serveSettings>;

/** Whether only this machine reaches it. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** Names under which a loopback server may be asked. */
export const loopbackNames = (host: string): ReadonlySet<string> =>
  new Set(['localhost', '127.0.0.1', '[::1]', host.toLowerCase()]);

const FLAGS: Readonly<Record<string, string>> = {
  dataDir: '--data-dir',
  requireKeys: '--require-keys',
  urlHosts: '--url-host',
  corsOrigins: '--cors-origin',
  queueLength: '--queue',
  concurrencyPerClient: '--client-jobs',
  requestsPerMinute: '--rate',
  uploadMegabytes: '--upload-megabytes',
  idleMinutes: '--idle-minutes',
  modelsDir: '--models-dir',
  logLevel: '--log-level',
};

/**
 * Reads all settings and tells of all problems at once.
 *
 * @throws WhyfaceError `config-invalid`
 */
export const readServeSettings = (given: Readonly<Record<string, unknown>>): ServeSettings => {
  const result = serveSettings.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '');
    return `${FLAGS[name] ?? `--${name}`}: ${message}`;
  });
  throw new WhyfaceError({
    code: 'config-invalid',
    stage: 'config',
    message: `The settings cannot be used:\n  ${problems.join('\n  ')}`,
    details: { problems },
  });
};
