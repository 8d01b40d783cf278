import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Name of one worker of this process, as it stands beside the jobs it holds. */
export const newHolder = (): string => `${hostname()}:${process.pid}:${randomBytes(6).toString('hex')}`;

/**
 * Whether the process of a holder is certainly gone: it was on this machine and its number is free. Otherwise only its
 * silence tells.
 */
export const isGone = (holder: string): boolean => {
  const [host, pid] = holder.split(':');
  const number = Number(pid);
  if (host !== hostname() || !Number.isInteger(number) || number <= 0 || number === process.pid) {
    return false;
  }
  try {
    process.kill(number, 0);
    return false;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH';
  }
};
