import type { Clock } from '../../../kit/clock.ts';

/** Leaves a server alone after it has failed several times in a row, then lets one try through. */
export type Breaker = {
  /** Milliseconds until the next try may be made; 0: now. */
  waitMs(): number;
  succeeded(): void;
  failed(): void;
};

export const createBreaker = (options: { failures: number; openMs: number; clock: Clock }): Breaker => {
  let failures = 0;
  let openUntil = 0;
  return {
    waitMs: () => Math.max(0, openUntil - options.clock()),
    succeeded: () => {
      failures = 0;
      openUntil = 0;
    },
    failed: () => {
      failures += 1;
      // Past the limit every further failure closes the door again: the try that was let through has failed, too.
      if (failures >= options.failures) {
        openUntil = options.clock() + options.openMs;
      }
    },
  };
};
