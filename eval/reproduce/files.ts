import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile, isFolder } from '../readers/input-file.ts';

/** Where the parts of the published data lie below a folder; `null` for what is not there. */
export type PublishedFiles = {
  root: string;
  emer: string;
  file(...parts: string[]): Promise<string | null>;
  folder(...parts: string[]): Promise<string | null>;
  /** Names in a folder, sorted; empty where it is not there. */
  names(...parts: string[]): Promise<string[]>;
};

/** Takes the folder that holds `emer/`, or `emer` itself. */
export const publishedFiles = async (folder: string): Promise<PublishedFiles> => {
  const emer = (await isFolder(join(folder, 'emer'))) ? join(folder, 'emer') : folder;
  const root = emer === folder ? join(folder, '..') : folder;
  const find = async (check: (path: string) => Promise<boolean>, parts: string[]): Promise<string | null> => {
    for (const base of [emer, folder, ...(emer === folder && /emer[\\/]?$/.test(folder) ? [root] : [])]) {
      const path = join(base, ...parts);
      if (await check(path)) {
        return path;
      }
    }
    return null;
  };
  const folderAt = (...parts: string[]): Promise<string | null> => find(isFolder, parts);
  return {
    root,
    emer,
    file: (...parts) => find(isFile, parts),
    folder: folderAt,
    names: async (...parts) => {
      const found = await folderAt(...parts);
      return found === null ? [] : (await readdir(found)).sort();
    },
  };
};
