/** Brings one model file into the model folder: resumed where it broke off, checked, and named only when whole. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfAborted } from '../../kit/abort.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { startDigest } from './digest.ts';
import { modelInvalid } from './import/model-invalid.ts';
import type { ModelFile } from './manifest.ts';

export type Fetch = typeof globalThis.fetch;

/** Bytes from an offset on; `from` is where they really begin (a server may start over), `total` the whole if known. */
export type Stretch = { from: number; total: number | null; chunks: AsyncIterable<Uint8Array> };
/** A place a file can come from. */
export type Origin = { name: string; open: (offset: number, signal: AbortSignal) => Promise<Stretch> };

const unavailable = (message: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({ code: 'service-unavailable', stage: 'models', message, retryable: true, cause });

/** A file of a mirror folder. */
export const folderOrigin = (path: string): Origin => ({
  name: path,
  open: async (offset) => {
    const facts = await stat(path).catch(() => null);
    if (!facts?.isFile()) {
      throw unavailable(`${path} does not exist.`);
    }
    return { from: offset, total: facts.size, chunks: createReadStream(path, { start: offset }) };
  },
});

/** An address. */
export const webOrigin = (address: string, fetch: Fetch): Origin => ({
  name: address,
  open: async (offset, signal) => {
    const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {};
    const response = await fetch(address, { headers, signal, redirect: 'follow' }).catch((cause: unknown) => {
      throw unavailable(`${address} cannot be reached.`, cause);
    });
    // 416: what is there already is as long as the whole or longer; the caller starts over.
    if (!response.ok || response.body === null) {
      await response.body?.cancel().catch(() => undefined);
      throw unavailable(`${address} answered ${response.status}.`);
    }
    const from = response.status === 206 ? offset : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const isPlain = response.headers.get('content-encoding') === null;
    return { from, total: isPlain && Number.isFinite(length) ? from + length : null, chunks: response.body };
  },
});

export type DownloadOptions = {
  file: ModelFile;
  folder: string;
  origin: Origin;
  onProgress?: (done: number, total: number | null) => void;
  signal?: AbortSignal;
};

/** Aborts when nothing has come for a while, besides when the caller says so. */
const watchdog = (signal: AbortSignal | undefined): { signal: AbortSignal; feed: () => void; stop: () => void } => {
  const stalled = new AbortController();
  const arm = () => setTimeout(() => stalled.abort(unavailable('Nothing came for a minute.')), LIMITS.modelStallMs);
  let timer = arm();
  return {
    signal: signal === undefined ? stalled.signal : AbortSignal.any([signal, stalled.signal]),
    feed: () => {
      clearTimeout(timer);
      timer = arm();
    },
    stop: () => clearTimeout(timer),
  };
};

const receive = async (handle: FileHandle, options: DownloadOptions): Promise<void> => {
  const { file, origin, onProgress } = options;
  const limit = file.bytes ?? LIMITS.modelBytes;
  const guard = watchdog(options.signal);
  try {
    const had = (await handle.stat()).size;
    const stretch = await origin.open(had > limit ? 0 : had, guard.signal);
    await handle.truncate(stretch.from);
    let done = stretch.from;
    for await (const chunk of stretch.chunks) {
      guard.feed();
      throwIfAborted(options.signal, 'models');
      if (done + chunk.byteLength > limit) {
        await handle.truncate(0);
        throw modelInvalid(`${origin.name} sent more than the ${limit} bytes that ${file.name} has.`);
      }
      await handle.write(chunk, 0, chunk.byteLength, done);
      done += chunk.byteLength;
      onProgress?.(done, file.bytes ?? stretch.total);
    }
    const whole = file.bytes ?? stretch.total;
    if (whole !== null && done < whole) {
      throw unavailable(`${origin.name} broke off after ${done} of ${whole} bytes; run the same command to go on.`);
    }
  } catch (thrown) {
    throwIfAborted(options.signal, 'models');
    throw guard.signal.aborted ? guard.signal.reason : thrown;
  } finally {
    guard.stop();
  }
};

const isDiskFull = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT');

const diskFull = (folder: string, cause: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'storage-full',
    stage: 'models',
    message: `The disk is full: ${folder} cannot take the model; free some space and run the same command again.`,
    cause,
  });

const hashFile = async (path: string, digest: string): Promise<boolean> => {
  const { size } = await stat(path);
  const hash = startDigest(digest, size);
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return digest.endsWith(`:${hash.digest('hex')}`);
};

/** Temporary files of processes that were killed; a day is longer than any download. */
const sweep = async (folder: string, file: ModelFile): Promise<void> => {
  const names = await readdir(folder);
  for (const name of names.filter((candidate) => candidate.startsWith(`.${file.name}.tmp.`))) {
    const facts = await stat(join(folder, name)).catch(() => null);
    if (facts !== null && Date.now() - facts.mtimeMs > 86_400_000) {
      await rm(join(folder, name), { force: true });
    }
  }
};

/**
 * Downloads a file into the folder and returns its path.
 * What was received stays as `.NAME.part` when the line breaks, and the next try goes on from there. Every process
 * works on a temporary file of its own (it takes the part over by renaming it), so two at once never mix.
 *
 * @throws WhyfaceError `service-unavailable`, `model-invalid` (wrong size or digest), `aborted`, `output-unwritable`,
 * `storage-full`
 */
export const download = async (options: DownloadOptions): Promise<string> => {
  const { file, folder, origin } = options;
  const part = join(folder, `.${file.name}.part`);
  const temporary = join(folder, `.${file.name}.tmp.${process.pid}.${randomBytes(4).toString('hex')}`);
  const target = join(folder, file.name);
  try {
    await mkdir(folder, { recursive: true });
    await sweep(folder, file);
  } catch (cause) {
    throw new WhyfaceError({
      code: 'output-unwritable',
      stage: 'models',
      message: `The model folder ${folder} cannot be written; choose another with --models-dir or WHYFACE_MODELS.`,
      cause,
    });
  }
  const resumed = await rename(part, temporary).then(
    () => true,
    () => false,
  );
  try {
    const handle = await open(temporary, resumed ? 'r+' : 'wx+');
    try {
      await receive(handle, options);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const error = isDiskFull(thrown) ? diskFull(folder, thrown) : toWhyfaceError(thrown, 'models');
    // Too much or the wrong thing is of no use to the next try; a beginning is.
    await (error.code === 'model-invalid' ? rm(temporary, { force: true }) : rename(temporary, part)).catch(
      () => undefined,
    );
    throw error;
  }
  if (!(await hashFile(temporary, file.digest))) {
    await rm(temporary, { force: true });
    if (resumed) {
      // The beginning that an earlier try left did not belong to this file: from the start, then, and once only.
      return download(options);
    }
    throw modelInvalid(
      `${file.name} from ${origin.name} is not the file that whyface knows (its digest differs); nothing was kept.`,
      { file: file.name, origin: origin.name },
    );
  }
  await rename(temporary, target);
  return target;
};
