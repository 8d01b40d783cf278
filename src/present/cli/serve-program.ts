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
    .option('--models-dir <folder>', 'where the models lie')
    .option('--log-level <level>', 'debug, info, warn, error or silent (default: info)')
    .action(async (flags: object) => {
      done(await (await import('./commands/serve.ts')).serveCommand(flags, io));
    });
};
