import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './shared.ts';

const newestBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

const built = join(ROOT, 'dist', 'src', 'present', 'cli', 'main.js');
const isFresh = existsSync(built) && newestBelow(join(ROOT, 'dist')) > newestBelow(join(ROOT, 'src'));

/** The program as a person starts it where the build is up to date; from source otherwise. */
export const COMMAND: readonly string[] = isFresh
  ? [join(ROOT, 'bin', 'whyface.js')]
  : [
      '--import',
      pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
      join(ROOT, 'test', 'support', 'run-cli.ts'),
    ];

export type CliResult = { status: number | null; signal: string | null; stdout: string; stderr: string };
export type CliOptions = {
  cwd?: string;
  env?: Record<string, string>;
  /** Called with the running process. */
  started?: (child: ChildProcess) => void;
};

/** Runs `whyface` with these arguments in a process of its own. */
export const whyface = (
  args: readonly string[],
  { cwd = ROOT, env = {}, started }: CliOptions = {},
): Promise<CliResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...COMMAND, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({
        status,
        signal,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
    started?.(child);
  });
