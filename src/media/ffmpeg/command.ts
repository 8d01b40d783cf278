import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { throwIfAborted } from '../../kit/abort.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { SniffedStream } from '../sniff.ts';

/** One line of ffmpeg's log, with the level that `-loglevel level` puts in front. */
export type LogLine = { context: string; level: string; text: string };

/**
 * Whether a line tells of damaged input. The raw muxers complain of times that are close together, which means nothing here
 * as they write none.
 */
export const isInputError = (line: LogLine): boolean =>
  (line.level === 'error' || line.level === 'fatal') && !/rawvideo|f32le/.test(line.context);

export type FfmpegRun = {
  stdout: Readable;
  /** Log lines as they come; also the way to wait for them. */
  onLine: (listener: (line: LogLine) => void) => void;
  /** Resolves when the process has ended and both pipes are drained. */
  ended: Promise<{ exitCode: number | null }>;
  /** Ends the process, if it still runs. */
  stop: () => void;
};

/** Log lines that are remembered of one run; a damaged file can write millions. */
export const MOST_LOG_LINES = 10_000;

/**
 * A killed worker cannot stop its ffmpeg: that ends at its next write to the closed pipe, or, if it never writes, after this
 * much processor time. Two hours of 4K need less.
 */
const CPU_SECONDS = '7200';

/** Input arguments shared by every run: the demuxer forced, only local files, the header's promises not believed. */
export const inputArguments = (file: InputFile, sniffed: SniffedStream): string[] => [
  '-f',
  sniffed.demuxer,
  '-protocol_whitelist',
  'file,pipe',
  '-fflags',
  '+discardcorrupt',
  '-max_pixels',
  String(LIMITS.videoPixels),
  '-i',
  // The prefix keeps a name like `concat:a|b` or `http:…` from being taken for a protocol.
  `file:${file.path}`,
];

const waitForEnd = (child: ChildProcess, binary: string): Promise<{ exitCode: number | null }> =>
  new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(
        new WhyfaceError({
          code: 'config-invalid',
          stage: 'media',
          message: `WHYFACE_FFMPEG names ${binary}, which cannot be started; name an ffmpeg binary (5.1 or newer) or unset it.`,
          cause,
        }),
      );
    });
    child.once('close', (exitCode) => resolve({ exitCode }));
  });

/** Starts ffmpeg without a shell. The run ends with the signal, or when `stop` is called. */
export const startFfmpeg = (binary: string, args: readonly string[], signal: AbortSignal | undefined): FfmpegRun => {
  throwIfAborted(signal, 'media');
  const child = spawn(
    binary,
    ['-hide_banner', '-nostdin', '-loglevel', 'repeat+level+info', '-timelimit', CPU_SECONDS, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const stop = (): void => {
    child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', stop, { once: true });
  const ended = waitForEnd(child, binary).finally(() => signal?.removeEventListener('abort', stop));
  // Whoever awaits `ended` gets the failure; until then it must not count as unhandled.
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stderr, crlfDelay: Number.POSITIVE_INFINITY });
  return {
    stdout: child.stdout,
    onLine: (listener) => {
      lines.on('line', (line) => {
        const match = /^(?:\[([^\]]*)\] )?\[(\w+)\] (.*)$/.exec(line);
        listener({ context: match?.[1] ?? '', level: match?.[2] ?? 'info', text: match?.[3] ?? line });
      });
    },
    ended,
    stop,
  };
};
