import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { unwritable } from '../../kit/atomic-file.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { type CliIo, READER_GONE } from './cli-io.ts';

/** Where a result goes: stdout, or a file that has its name only when it is whole. */
export type Output = {
  write(text: string): Promise<void>;
  /** Everything is out; a file now has its name. */
  finish(): Promise<void>;
  /** Nothing of a file stays. */
  discard(): Promise<void>;
};

/** `file` undefined or `-`: stdout. */
export const openOutput = async (file: string | undefined, io: CliIo): Promise<Output> =>
  file === undefined || file === '-' ? stdoutOutput(io) : fileOutput(file);

const stdoutOutput = (io: CliIo): Output => ({
  write: async (text) => {
    await writeAll(io.stdout, text).catch((thrown: unknown) => {
      if (isBrokenPipe(thrown)) {
        io.interruption.abort(READER_GONE);
        return;
      }
      throw unwritable('The standard output', thrown);
    });
  },
  finish: async () => undefined,
  discard: async () => undefined,
});

// Each piece waits for its callback: output is never queued up in memory, and all of it is out before the process ends.
const writeAll = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (stream.destroyed || stream.writableEnded) {
      reject(Object.assign(new WhyfaceError(CLOSED), { code: 'EPIPE' }));
      return;
    }
    stream.write(text, (failure) => (failure === undefined || failure === null ? resolve() : reject(failure)));
  });

const CLOSED = { code: 'output-unwritable', stage: 'present', message: 'The standard output is closed.' } as const;

export const isBrokenPipe = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown.code === 'EPIPE' || thrown.code === 'ERR_STREAM_DESTROYED');

const fileOutput = async (file: string): Promise<Output> => {
  const folder = dirname(file);
  const [place, target] = await Promise.all([stat(folder).catch(() => null), stat(file).catch(() => null)]);
  if (place === null || !place.isDirectory()) {
    throw usage(`The folder ${folder} for the output does not exist; make it first.`);
  }
  if (target?.isDirectory() === true) {
    throw usage(`${file} is a folder; name a file in it for the output.`);
  }
  const temporary = join(folder, `.${basename(file)}.${process.pid}.tmp`);
  // `flush`: the bytes are on the disk before the name points to them.
  const stream = createWriteStream(temporary, { flush: true });
  const opened = new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
  const discard = async (): Promise<void> => {
    stream.destroy();
    await rm(temporary, { force: true }).catch(() => undefined);
  };
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      await discard();
      throw WhyfaceError.isInstance(thrown) ? thrown : unwritable(file, thrown);
    }
  };
  await guarded(() => opened);
  // Later faults reach whoever awaits the write that met them.
  stream.on('error', () => undefined);
  return {
    write: (text) => guarded(() => writeAll(stream, text)),
    finish: () =>
      guarded(async () => {
        stream.end();
        await finished(stream);
        await rename(temporary, file);
      }),
    discard,
  };
};

const usage = (message: string): WhyfaceError => new WhyfaceError({ code: 'usage', stage: 'input', message });

const FORMAT_OF_EXTENSION: Record<string, string> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.txt': 'text',
};

/** The format asked for, else what the name of the output file says, else the command's own. */
export const formatFor = <Format extends string>(
  asked: Format | undefined,
  file: string | undefined,
  formats: readonly Format[],
  otherwise: Format,
): Format => {
  if (asked !== undefined) {
    return asked;
  }
  const named = file === undefined ? undefined : FORMAT_OF_EXTENSION[extname(file).toLowerCase()];
  return formats.find((format) => format === named) ?? otherwise;
};
