import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../test/support/shared.ts';

const program = join(ROOT, 'bin', 'whyface.js');

export type ProcessRun = { wallMs: number; exit: number | null; parentPeakMiB: number; childrenPeakMiB: number };

const statusOf = (pid: number): { parent: number; peakMiB: number } | null => {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      parent: Number(/^PPid:\s+(\d+)/m.exec(text)?.[1] ?? 0),
      peakMiB: Number(/^VmHWM:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024,
    };
  } catch {
    return null;
  }
};

/** One `whyface …` as a whole process; peaks are of resident memory (Linux), the children's added up. */
export const runWhyface = async (args: readonly string[], watchMemory = false): Promise<ProcessRun> => {
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  let parentPeakMiB = 0;
  const children = new Map<number, number>();
  const look = (): void => {
    for (const entry of readdirSync('/proc')) {
      const pid = Number(entry);
      const status = Number.isInteger(pid) ? statusOf(pid) : null;
      if (status !== null && pid === child.pid) {
        parentPeakMiB = Math.max(parentPeakMiB, status.peakMiB);
      } else if (status !== null && status.parent === child.pid) {
        children.set(pid, status.peakMiB);
      }
    }
  };
  const timer = watchMemory ? setInterval(look, 200) : undefined;
  const exit = await new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  clearInterval(timer);
  const childrenPeakMiB = [...children.values()].reduce((sum, peak) => sum + peak, 0);
  return { wallMs: performance.now() - started, exit, parentPeakMiB, childrenPeakMiB };
};
