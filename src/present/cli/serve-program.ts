import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { ExitStatus } from './exit-status.ts';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `serve` and `keys` as tables of options. */
export const addServe = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  program
    .command('serve')
    .summary('HTTP API, OpenAI-compatible API, MCP and web page on one port')
    .description(
      'Serves the HTTP API, the OpenAI-compatible API, MCP and the web page on one port. On loopback no keys are asked for; elsewhere they are.',
    )
    .option('--host <address>', 'where to listen (default: 127.0.0.1)')
    .option('--port <number>', 'port; 0: any that is free (default: 8787)')
    .option('--data-dir <folder>', 'where results and jobs are kept (default: the state folder of this user)')
    .option('--keep', 'keep results until they are deleted (default: until nobody asked for 60 minutes)')
    .option('--idle-minutes <n>', 'how long results are kept without being asked for (default: 60)')
    .option('--purpose <purpose>', 'what this server is for; must be stated where others reach it')
    .option('--require-keys', 'ask for keys on loopback as well')
    .option('--url-host <name>', 'a host that clips may be fetched from; may be repeated', collect)
    .option('--cors-origin <origin>', 'an origin whose pages may call the API; may be repeated', collect)
    .option('--workers <n>', 'processes that measure (default: one a core)')
    .option('--queue <n>', 'analyses that may wait; then 429 (default: 64)')
    .option('--client-jobs <n>', 'analyses of one client at once (default: 4)')
    .option('--rate <n>', 'requests of one client a minute (default: 600)')
    .option('--upload-megabytes <n>', 'largest upload (default: 2048)')
    .option('--allow-remote-frames', 'requests may ask that pictures of faces go to a model elsewhere')
    .option('--models-dir <folder>', 'where the models lie')
    .option('--log-level <level>', 'debug, info, warn, error or silent (default: info)')
    .action(async (flags: object) => {
      done(await (await import('./commands/serve.ts')).serveCommand(flags, io));
    });
};

/** `worker` */
export const addWorker = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  program
    .command('worker')
    .summary('takes jobs of "whyface serve" from Redis, beside other machines')
    .description(
      'Takes analyses from Redis (WHYFACE_REDIS_URL) and leaves results where "whyface serve" finds them: in the data folder, which must be on a shared disk, or in WHYFACE_BLOBS_DIR or WHYFACE_S3_BUCKET.',
    )
    .option('--data-dir <folder>', 'the data folder (default: the state folder of this user)')
    .option('--jobs <n>', 'analyses at once (default: 1)')
    .option('--workers <n>', 'processes that measure (default: one a core)')
    .option('--models-dir <folder>', 'where the models lie')
    .option('--log-level <level>', 'debug, info, warn, error or silent (default: info)')
    .action(async (flags: object) => {
      done(await (await import('./commands/worker.ts')).workerCommand(flags, io));
    });
};

/** `keys add | list | revoke` */
export const addKeys = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  const keys = program
    .command('keys')
    .summary('keys of the HTTP API: add, list, revoke')
    .description('The keys that "whyface serve" asks for where others reach it. Kept hashed in the data folder.');
  const subcommand = (name: string, description: string): Command =>
    keys.command(name).description(description).option('--data-dir <folder>', 'the data folder of the server');

  subcommand('add <name>', 'make a key; it is printed once')
    .option('--scopes <list>', 'read, analyse, admin (default: read,analyse)')
    .option('--purpose <purpose>', "what the key is for (default: the server's)")
    .option('--concurrency <n>', "analyses at once (default: the server's)")
    .option('--rate <n>', "requests a minute (default: the server's)")
    .option('--days <n>', 'how long it is good (default: until it is revoked)')
    .action(async (name: string, flags: object) => {
      done(await (await import('./commands/keys.ts')).addKey(name, flags, io));
    });
  subcommand('list', 'all keys, without their secrets')
    .option('--json', 'as JSON')
    .action(async (flags: object) => {
      done(await (await import('./commands/keys.ts')).listKeys(flags, io));
    });
  subcommand('revoke <id>', 'withdraw a key at once').action(async (id: string, flags: object) => {
    done(await (await import('./commands/keys.ts')).revokeKey(id, flags, io));
  });
};
