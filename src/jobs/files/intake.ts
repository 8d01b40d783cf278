/** Receives files: to disk while they are hashed, whole or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { WhyfaceError } from '../../kit/error.ts';
import type { Received } from '../analysis-service.ts';
import { safeName } from '../work-folder.ts';
import { asStorageError } from './blob-store.ts';

export type ReceiveLimits = {
  maximumBytes: number;
  /** Without a byte for so long, or with fewer than `minimumRate` bytes a second over it, a sender is given up. */
  idleMs: number;
  minimumRate: number;
  /** Bytes that must stay free on the disk. */
  reserveBytes: number;
};

export type FileReceiver = {
  /**
   * @param announced bytes that the sender said will come
   * @throws WhyfaceError `media-too-large`, `media-empty`, `upload-incomplete`, `upload-too-slow`, `storage-full`, `aborted`
   */
  receive(
    source: AsyncIterable<Uint8Array>,
    facts: { name: string | null; announced: number | null; signal?: AbortSignal | undefined },
  ): Promise<Received>;
  /** Removes what uploads of processes that are gone left behind. */
  sweep(): Promise<number>;
};

export type ReceiverFiles = { open: typeof open; freeBytes: (folder: string) => Promise<number> };

const freeBytesOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

const fault = (
  code: 'media-too-large' | 'media-empty' | 'upload-incomplete' | 'upload-too-slow',
  message: string,
): WhyfaceError => new WhyfaceError({ code, stage: 'input', message });

const mebibytes = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
};

export const createFileReceiver = async (
  folder: string,
  limits: ReceiveLimits,
  files: ReceiverFiles = { open, freeBytes: freeBytesOf },
): Promise<FileReceiver> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });

  const assertRoom = async (announced: number | null): Promise<void> => {
    const free = await files.freeBytes(folder);
    if (free < limits.reserveBytes + (announced ?? 0)) {
      throw new WhyfaceError({
        code: 'storage-full',
        stage: 'input',
        message: 'The disk of the service is full; try again later.',
        retryable: true,
      });
    }
  };

  return {
    receive: async (source, { name, announced, signal }) => {
      if (announced !== null && announced > limits.maximumBytes) {
        throw fault(
          'media-too-large',
          `A file may have ${mebibytes(limits.maximumBytes)}; this one has ${mebibytes(announced)}.`,
        );
      }
      await assertRoom(announced);
      const path = join(folder, `${process.pid}-${randomBytes(8).toString('hex')}.part`);
      const discard = (): Promise<void> => rm(path, { force: true });
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        const file = await files.open(path, 'wx', 0o600);
        try {
          for await (const chunk of paced(source, limits, signal)) {
            bytes += chunk.byteLength;
            if (bytes > limits.maximumBytes) {
              throw fault('media-too-large', `A file may have ${mebibytes(limits.maximumBytes)}; this one has more.`);
            }
            hash.update(chunk);
            await file.write(chunk);
          }
          if (announced !== null && bytes < announced) {
            throw fault(
              'upload-incomplete',
              `The upload broke off after ${bytes} of ${announced} bytes; send it again.`,
            );
          }
          if (bytes === 0) {
            throw fault('media-empty', 'The file is empty.');
          }
          await file.sync();
        } finally {
          await file.close();
        }
      } catch (thrown) {
        await discard().catch(() => undefined);
        throw asReceiveError(thrown, signal);
      }
      return { path, digest: hash.digest('hex'), bytes, name: name === null ? null : safeName(name, 'clip'), discard };
    },
    sweep: async () => {
      let removed = 0;
      for (const entry of await readdir(folder)) {
        const pid = Number(/^(\d+)-/.exec(entry)?.[1] ?? Number.NaN);
        if (!Number.isFinite(pid) || (pid !== process.pid && !isAlive(pid))) {
          await rm(join(folder, entry), { recursive: true, force: true });
          removed += 1;
        }
      }
      return removed;
    },
  };
};

/** The chunks of a source that keeps a least pace. */
async function* paced(
  source: AsyncIterable<Uint8Array>,
  { idleMs, minimumRate }: ReceiveLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let inWindow = 0;
  let failure: WhyfaceError | null = null;
  let giveUp: (thrown: WhyfaceError) => void = () => undefined;
  const fail = (thrown: WhyfaceError): void => {
    failure = thrown;
    giveUp(thrown);
  };
  // A promise of its own for each chunk: one that lasted for the whole upload would hold on to every chunk (300 MB of them).
  const nextChunk = (): Promise<IteratorResult<Uint8Array>> =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      if (failure === null) {
        iterator.next().then(resolve, reject);
      } else {
        reject(failure);
      }
    });
  const watch = setInterval(() => {
    if (inWindow < (minimumRate * idleMs) / 1000) {
      fail(fault('upload-too-slow', 'The upload was too slow and was given up; send it again over a better line.'));
    }
    inWindow = 0;
  }, idleMs);
  const onAbort = (): void => giveUp(new WhyfaceError({ code: 'aborted', stage: 'input', message: 'Interrupted.' }));
  signal?.addEventListener('abort', onAbort, { once: true });
  let done = false;
  try {
    for (;;) {
      const step = await nextChunk();
      if (step.done === true) {
        done = true;
        return;
      }
      inWindow += step.value.byteLength;
      yield step.value;
    }
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', onAbort);
    if (!done) {
      // Not awaited: the source may be the one that hangs.
      void iterator.return?.(undefined)?.catch(() => undefined);
    }
  }
}

const asReceiveError = (thrown: unknown, signal: AbortSignal | undefined): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (/^E(?:NOSPC|DQUOT|ACCES|ROFS|IO|MFILE)$/.test(code)) {
    return asStorageError(thrown);
  }
  if (signal?.aborted === true) {
    return new WhyfaceError({ code: 'aborted', stage: 'input', message: 'Interrupted.', cause: thrown });
  }
  return new WhyfaceError({
    code: 'upload-incomplete',
    stage: 'input',
    message: 'The upload broke off; send it again.',
    cause: thrown,
  });
};
