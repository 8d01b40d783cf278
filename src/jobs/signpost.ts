/** Within one process: whoever waits for a change hears of it at once; others look again after a while. */
export type Signpost = {
  announce(subject: string): void;
  /** To be taken before looking, so that what happens while looking is not missed. */
  mark(): number;
  /** Ends at the next change after the mark, at the timeout, or when the signal fires. */
  changed(mark: number, options: { timeoutMs: number; signal: AbortSignal }): Promise<void>;
};

export const createSignpost = (): Signpost => {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    announce: () => {
      count += 1;
      for (const wake of [...waiting]) {
        wake();
      }
    },
    mark: () => count,
    changed: (mark, { timeoutMs, signal }) =>
      new Promise((resolve) => {
        if (mark !== count || signal.aborted) {
          resolve();
          return;
        }
        const done = (): void => {
          waiting.delete(done);
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        signal.addEventListener('abort', done, { once: true });
        waiting.add(done);
      }),
  };
};

/** Waits, or less when the signal fires. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
