/** `BlobStore` in a folder: `<folder>/<owner>/<name>.<sha256>`. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { WhyfaceError } from '../../kit/error.ts';
import { pathInside } from '../../kit/safe-path.ts';
import { isGone } from '../holder.ts';
import type { BlobStore } from '../ports.ts';

const KEY = /^[A-Za-z0-9_-]{1,80}(?:\/[A-Za-z0-9_-]{1,80})?$/;
const DIGEST = /\.([0-9a-f]{64})$/;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const errorCodeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;

/** What the file system says, in words a person can act on. */
export const asStorageError = (thrown: unknown): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  const code = errorCodeOf(thrown);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new WhyfaceError({
    code: full ? 'storage-full' : 'output-unwritable',
    stage: 'jobs',
    message: full
      ? 'The disk of the service is full; try again later.'
      : `The data folder of the service cannot be used (${code ?? 'unknown reason'}).`,
    retryable: full,
    cause: thrown,
  });
};

/** The calls that write; injected so that a full disk can be tried. */
export type BlobFiles = { open: typeof open; rename: typeof rename };

export const createFileBlobStore = async (folder: string, files: BlobFiles = { open, rename }): Promise<BlobStore> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweepTemporaries(folder);

  const split = (key: string): { owner: string; name: string } => {
    const [owner, name] = key.split('/');
    if (!KEY.test(key) || owner === undefined || name === undefined) {
      throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: 'A blob has no such key.' });
    }
    return { owner, name };
  };

  /** The file of a key; the newest, should a crash have left two. */
  const lookUp = async (key: string): Promise<{ path: string; digest: string } | null> => {
    const { owner, name } = split(key);
    const within = await pathInside(folder, owner);
    const entries = await readdir(within).catch(() => []);
    const found = entries.filter((entry) => entry.startsWith(`${name}.`) && DIGEST.test(entry)).at(-1);
    const digest = found === undefined ? undefined : DIGEST.exec(found)?.[1];
    return found === undefined || digest === undefined ? null : { path: join(within, found), digest };
  };

  /** Puts a finished file under its name and removes what stood there before. */
  const place = async (key: string, temporary: string, digest: string): Promise<void> => {
    const { owner, name } = split(key);
    const within = await pathInside(folder, owner);
    await mkdir(within, { recursive: true, mode: 0o700 });
    const target = `${name}.${digest}`;
    await files.rename(temporary, join(within, target));
    for (const entry of await readdir(within)) {
      if (entry.startsWith(`${name}.`) && DIGEST.test(entry) && entry !== target) {
        await rm(join(within, entry), { force: true });
      }
    }
  };

  return {
    put: async (key, bytes) => {
      const { owner } = split(key);
      const within = await pathInside(folder, owner);
      const temporary = join(within, temporaryName());
      try {
        await mkdir(within, { recursive: true, mode: 0o700 });
        const file = await files.open(temporary, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await place(key, temporary, sha256(bytes));
      } catch (thrown) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw asStorageError(thrown);
      }
    },
    get: async (key) => {
      const found = await lookUp(key);
      if (found === null) {
        return null;
      }
      const bytes = await readFile(found.path);
      if (sha256(bytes) !== found.digest) {
        throw damaged(key);
      }
      return bytes;
    },
    adopt: async (key, { path, digest }) => {
      try {
        await place(key, path, digest);
      } catch (thrown) {
        if (errorCodeOf(thrown) !== 'EXDEV') {
          throw asStorageError(thrown);
        }
        // From another file system: copied beside its place, then named.
        const within = await pathInside(folder, split(key).owner);
        const temporary = join(within, temporaryName());
        await copyFile(path, temporary);
        await place(key, temporary, digest);
        await rm(path, { force: true });
      }
    },
    file: async (key) => {
      const found = await lookUp(key);
      if (found === null) {
        return null;
      }
      if ((await digestOfFile(found.path)) !== found.digest) {
        throw damaged(key);
      }
      return { path: found.path, release: async () => undefined };
    },
    size: async (key) => {
      const found = await lookUp(key);
      return found === null ? null : (await stat(found.path)).size;
    },
    remove: async (keyOrPrefix) => {
      const [owner, name] = keyOrPrefix.split('/');
      if (owner === undefined || !KEY.test(keyOrPrefix)) {
        throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: 'A blob has no such key.' });
      }
      const within = await pathInside(folder, owner);
      const entries = await readdir(within).catch(() => []);
      const removed = { files: 0, bytes: 0 };
      for (const entry of entries.filter((each) => name === undefined || each.startsWith(`${name}.`))) {
        const path = join(within, entry);
        const facts = await stat(path).catch(() => null);
        await rm(path, { force: true });
        removed.files += facts === null ? 0 : 1;
        removed.bytes += facts?.size ?? 0;
      }
      if (name === undefined) {
        await rm(within, { recursive: true, force: true });
      }
      return removed;
    },
    owners: async () => (await readdir(folder)).filter((entry) => KEY.test(entry)),
  };
};

/** Of this machine and process, so that what a crash left can be told from what is being written. */
const temporaryName = (): string => `.${hostname()}:${process.pid}:${randomBytes(6).toString('hex')}.tmp`;

/** Files of other machines are left alone for a day: their processes cannot be looked at from here. */
const FOREIGN_TEMPORARY_MS = 24 * 60 * 60 * 1000;

const sweepTemporaries = async (folder: string): Promise<void> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter(({ name }) => name.startsWith('.') && name.endsWith('.tmp'))) {
    const path = join(entry.parentPath, entry.name);
    const facts = await stat(path).catch(() => null);
    const old = facts !== null && Date.now() - facts.mtimeMs > FOREIGN_TEMPORARY_MS;
    if (old || isGone(entry.name.slice(1))) {
      await rm(path, { force: true });
    }
  }
};

const damaged = (key: string): WhyfaceError =>
  new WhyfaceError({
    code: 'store-damaged',
    stage: 'jobs',
    message: `A stored file of ${key.split('/')[0] ?? key} has changed on disk; delete the analysis and make it again.`,
  });

const digestOfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return hash.digest('hex');
};
