import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A file name that can stand in a folder and in a message, made from a label that anybody may have written. */
export const safeName = (label: string | null, otherwise: string): string => {
  const name = basename((label ?? '').replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, 80)
    .trim();
  return name === '' ? otherwise : name;
};

/**
 * Stored files under the names their senders gave them, for as long as a job runs: messages then name the file as the
 * person knows it, and nothing lies beside it.
 */
export const createWorkFolder = async (
  folder: string,
): Promise<{
  link: (path: string, label: string | null, otherwise: string) => Promise<string>;
  remove: () => Promise<void>;
}> => {
  const own = join(folder, `${process.pid}-${randomBytes(6).toString('hex')}`);
  let count = 0;
  return {
    link: async (path, label, otherwise) => {
      count += 1;
      const within = join(own, String(count));
      await mkdir(within, { recursive: true, mode: 0o700 });
      const linked = join(within, safeName(label, otherwise));
      // A second name of the same file, so that nothing tells of the stored one; where the disk has no such thing, a pointer.
      await link(path, linked).catch(() => symlink(path, linked));
      return linked;
    },
    remove: () => rm(own, { recursive: true, force: true }),
  };
};
