import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Run } from './stages.ts';

const program = new URL('./floor-worker.ts', import.meta.url);

const hears = async (child: ChildProcess, word: string): Promise<void> => {
  const [message] = await once(child, 'message');
  if (message !== word) {
    throw new TypeError(`floor worker said ${String(message)}`);
  }
};

/**
 * Wall time of the bare sessions of a clip, as often as the clip ran them, shared by `processes` processes of one
 * thread each.
 */
export const floorMs = async (sessions: readonly Run[], processes: number): Promise<number> => {
  const children = Array.from({ length: processes }, () => fork(program, { execArgv: ['--import', 'tsx'] }));
  try {
    for (const [index, child] of children.entries()) {
      child.send({
        runs: sessions.map(({ graph, runs }) => ({ graph, runs: Math.floor((runs + index) / processes) })),
      });
    }
    await Promise.all(children.map((child) => hears(child, 'ready')));
    const started = performance.now();
    const finished = children.map((child) => hears(child, 'done'));
    for (const child of children) {
      child.send('go');
    }
    await Promise.all(finished);
    return performance.now() - started;
  } finally {
    for (const child of children) {
      child.kill();
    }
  }
};
