import { readdirSync, readFileSync } from 'node:fs';

/** What the child processes of this one have used so far: processor seconds, and the highest resident MiB of one. `null` where /proc is missing. */
export const childrenUsage = (): { seconds: number; peakMiB: number } | null => {
  let [ticks, peak] = [0, 0];
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const usage = usageOf(pid);
      ticks += usage.ticks;
      peak = Math.max(peak, usage.peakKiB);
    }
  } catch {
    return null;
  }
  return { seconds: ticks / 100, peakMiB: peak / 1024 };
};

const NOTHING = { ticks: 0, peakKiB: 0 };

/** Ticks are hundredths of a second on every Linux that Node runs on. */
const usageOf = (pid: string): { ticks: number; peakKiB: number } => {
  try {
    // The name may hold spaces; the fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    if (Number(fields[1]) !== process.pid) {
      return NOTHING;
    }
    const peakKiB = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
    return { ticks: Number(fields[11]) + Number(fields[12]), peakKiB };
  } catch {
    // It ended between the listing and the look.
    return NOTHING;
  }
};
