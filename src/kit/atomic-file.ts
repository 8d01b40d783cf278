import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WhyfaceError } from './error.ts';

/**
 * Writes a file so that its name never stands for half of it: a temporary neighbour is written, flushed to disk and
 * renamed. The temporary file is removed when anything fails. Missing folders are made.
 *
 * @throws WhyfaceError `storage-full`, `output-unwritable`
 */
export const writeFileAtomic = async (path: string, content: string | Uint8Array): Promise<void> => {
  // Two processes may write the same name at once: each has a temporary file of its own, and the last rename wins.
  const temporary = join(dirname(path), `.${basename(path)}.tmp.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(path, thrown);
  }
};

/** Why something could not be written, and what to do. */
export const unwritable = (what: string, thrown: unknown): WhyfaceError => {
  const reason = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
  const full = reason === 'ENOSPC' || reason === 'EDQUOT';
  return new WhyfaceError({
    code: full ? 'storage-full' : 'output-unwritable',
    stage: 'present',
    message: full
      ? `The disk is full: ${what} could not be written; free some space and run again.`
      : `${what} cannot be written (${reason}); choose another place or change its permissions.`,
    cause: thrown,
  });
};
