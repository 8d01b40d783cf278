import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Running = { child: ChildProcess; output: string };

/** Starts a program and waits for a line of its output. */
const start = (command: string, words: readonly string[], env: NodeJS.ProcessEnv, until: RegExp): Promise<Running> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (until.test(output)) {
        resolve({ child, output });
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ${words[0] ?? ''} ended with ${code}`)));
  });

export const stop = (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill(signal);
  });

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A Redis that loses nothing over a restart. */
export const startRedis = async (port: number, folder: string): Promise<Running> =>
  start(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'],
    process.env,
    /Ready to accept connections/,
  );

export const startWhyface = (words: readonly string[], env: Record<string, string>, until: RegExp): Promise<Running> =>
  start(process.execPath, [join(ROOT, 'bin/whyface.js'), ...words], { ...process.env, ...env }, until);
