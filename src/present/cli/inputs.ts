import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { WhyfaceError } from '../../kit/error.ts';
import { printableName } from '../../kit/safe-path.ts';

/** An input as the person named it, and the file to open; or why there is none. */
export type Input =
  | {
      input: string;
      path: string;
      error: null;
      /** Which input of a table of measurements; left out for media. */
      part?: string;
    }
  | { input: string; path: null; error: WhyfaceError };

// Only for picking files out of a folder: what a file is, its first bytes decide.
const MEDIA_EXTENSIONS = new Set(
  '.jpg .jpeg .png .webp .mp4 .m4v .mov .qt .webm .mkv .avi .wmv .asf .wav .mp3 .ogg .oga .ogv .opus .flac .aac .m4a .mka'.split(
    ' ',
  ),
);

/**
 * The files that the arguments of a command name, in their order; a folder stands for the media files in it, sorted by
 * name, without its subfolders and hidden files. What cannot be used is an entry too, with its error.
 */
export const expandInputs = async (named: readonly string[]): Promise<Input[]> => {
  const lists = await Promise.all(named.map(expand));
  return lists.flat();
};

const expand = async (input: string): Promise<Input[]> => {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(input)) {
    return [
      refused(input, 'input-not-found', `${printableName(input)} is a web address; download it and name the file.`),
    ];
  }
  const facts = await stat(input).catch(() => null);
  if (facts === null || !facts.isDirectory()) {
    return [{ input, path: input, error: null }];
  }
  try {
    const entries = await readdir(input, { withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .filter((name) => MEDIA_EXTENSIONS.has(extname(name).toLowerCase()))
      .sort(compareNames);
    if (names.length === 0) {
      const message = `The folder ${printableName(input)} holds no pictures, clips or recordings; its subfolders are not looked into.`;
      return [refused(input, 'input-not-found', message)];
    }
    return names.map((name) => ({ input: join(input, name), path: join(input, name), error: null }));
  } catch (thrown) {
    const message = `The folder ${printableName(input)} may not be read by this user; change its permissions.`;
    return [refused(input, 'input-unreadable', message, thrown)];
  }
};

// Code points, so that the order is the same on every machine.
const compareNames = (a: string, b: string): number => {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
};

const refused = (
  input: string,
  code: 'input-not-found' | 'input-unreadable',
  message: string,
  cause?: unknown,
): Input => ({
  input,
  path: null,
  error: new WhyfaceError({ code, stage: 'input', message, cause }),
});
