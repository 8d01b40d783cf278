import { type Stage, WhyfaceError } from './error.ts';

/** Throws the `aborted` error when the signal has fired. */
export const throwIfAborted = (signal: AbortSignal | undefined, stage: Stage): void => {
  if (signal?.aborted === true) {
    throw new WhyfaceError({ code: 'aborted', stage, message: 'Interrupted.', cause: signal.reason });
  }
};

/** Lets timers, messages and signals in: a loop of synchronous native calls would otherwise never see an abort. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A function to await inside a synchronous loop: it throws when the signal has fired, and gives the event loop a turn
 * every `everyMs` of wall time (a turn costs about 5 µs, so 10 ms keeps it below a thousandth).
 */
export const createBreather = (
  signal: AbortSignal | undefined,
  stage: Stage,
  everyMs = 10,
): (() => Promise<void> | undefined) => {
  let last = performance.now();
  return () => {
    throwIfAborted(signal, stage);
    if (performance.now() - last < everyMs) {
      return undefined;
    }
    return yieldToEventLoop().then(() => {
      last = performance.now();
      throwIfAborted(signal, stage);
    });
  };
};
