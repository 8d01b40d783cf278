import type { Side } from '../contracts/index.ts';
import { at, firstFrom, type Series } from './series.ts';
import { SETTINGS } from './settings.ts';

/** When two sides count as different: the stronger one leads by `margin`, and the weaker one is below `ratio` of it. */
export type Lead = { margin: number; ratio: number };

/** Which side a movement is on: one side only where it leads both by a margin and by a ratio. */
export const sideOf = (left: number, right: number, { margin, ratio }: Lead = SETTINGS.side): Side => {
  const stronger = Math.max(left, right);
  const weaker = Math.max(0, Math.min(left, right));
  if (!(stronger - weaker >= margin && weaker <= ratio * stronger)) {
    return 'both';
  }
  return left > right ? 'left' : 'right';
};

/** The two halves of an action unit over their own resting levels, at the same times. */
export type Halves = { left: Series; right: Series };

export type SidedSpan = { startMs: number; endMs: number; side: Side };

/**
 * The sides of an episode over time: one span where the side stays the same, several where it changes for longer than
 * `sideRunMs`.
 */
export const sidesOver = ({ left, right }: Halves, startMs: number, endMs: number, lead: Lead): SidedSpan[] => {
  const runs: SidedSpan[] = [];
  const from = firstFrom(left.t, startMs);
  const to = firstFrom(left.t, endMs);
  for (let index = from; index < to; index += 1) {
    const time = at(left.t, index);
    const side = sideOf(at(left.v, index), at(right.v, index), lead);
    const current = runs.at(-1);
    if (current === undefined || current.side !== side) {
      runs.push({ startMs: current === undefined ? startMs : time, endMs, side });
      if (current !== undefined) {
        current.endMs = time;
      }
    }
  }
  const lasting = runs.filter((run) => run.endMs - run.startMs >= SETTINGS.sideRunMs);
  const joined: SidedSpan[] = [];
  for (const run of lasting) {
    const previous = joined.at(-1);
    if (previous !== undefined && previous.side === run.side) {
      previous.endMs = run.endMs;
    } else {
      joined.push({ ...run });
    }
  }
  for (const [index, run] of joined.entries()) {
    run.startMs = index === 0 ? startMs : (joined[index - 1]?.endMs ?? startMs);
    run.endMs = index === joined.length - 1 ? endMs : run.endMs;
  }
  return joined;
};
