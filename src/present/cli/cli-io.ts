import type { Readable, Writable } from 'node:stream';

/** What the command line talks to; injected, so that commands can be tested without a process. */
export type CliIo = {
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
  /** For commands that take questions or messages; absent where there is none. */
  stdin?: (Readable & { isTTY?: boolean }) | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Fires on Ctrl-C, and when nobody reads the output any more. */
  interruption: AbortController;
};

/** The reason of an abort that is no fault and no wish to stop: the reader of stdout went away (`| head`). */
export const READER_GONE = Symbol('reader-gone');

export const isReaderGone = (io: CliIo): boolean => io.interruption.signal.reason === READER_GONE;
