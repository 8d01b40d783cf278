import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { WhyfaceError } from './error.ts';

/** A file that exists, is a regular file, and can be read. */
export type InputFile = {
  /** Absolute path, symbolic links resolved. */
  path: string;
  /** Name as the person gave it, without folders: a label, never a path. */
  name: string;
  bytes: number;
};

const errorCodeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

/** A file name made fit for one line of a terminal: control and direction-changing characters shown as `?`, at most 120 characters. */
export const printableName = (path: string): string => {
  const name = basename(path).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return name.length > 120 ? `${name.slice(0, 80)}…${name.slice(-36)}` : name;
};

/**
 * Looks at a path that a person named as input.
 *
 * @throws WhyfaceError `input-not-found`, `input-unreadable` (no permission, a folder, a device or pipe)
 */
export const openInputFile = async (path: string): Promise<InputFile> => {
  const name = printableName(path);
  const unreadable = (message: string, cause?: unknown): WhyfaceError =>
    new WhyfaceError({ code: 'input-unreadable', stage: 'input', message, cause });
  if (path.includes('\0')) {
    throw unreadable(`${name} is not a file name: it holds a NUL character.`);
  }
  try {
    const real = await realpath(path);
    const facts = await stat(real);
    if (facts.isDirectory()) {
      throw unreadable(`${name} is a folder where one file is expected; name the files in it.`);
    }
    // A pipe or device could block for ever or never end.
    if (!facts.isFile()) {
      throw unreadable(`${name} is not a regular file (a pipe, socket or device); save it to a file first.`);
    }
    await access(real, constants.R_OK);
    return { path: real, name, bytes: facts.size };
  } catch (thrown) {
    if (WhyfaceError.isInstance(thrown)) {
      throw thrown;
    }
    const code = errorCodeOf(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new WhyfaceError({
        code: 'input-not-found',
        stage: 'input',
        message:
          printablePath(path) === name
            ? `${name} does not exist; check its name and the folder you are in.`
            : `${name} does not exist; check the path ${printablePath(path)}.`,
        cause: thrown,
      });
    }
    if (code === 'EACCES' || code === 'EPERM') {
      throw unreadable(`${name} may not be read by this user; change its permissions or copy it.`, thrown);
    }
    throw unreadable(`${name} cannot be opened (${code ?? 'unknown reason'}).`, thrown);
  }
};

const printablePath = (path: string): string => path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(0, 400);

/** The real path of something that may not exist yet: its nearest existing ancestor is resolved, the rest is appended. */
const realNearest = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (thrown) {
    if (errorCodeOf(thrown) !== 'ENOENT' || dirname(path) === path) {
      throw thrown;
    }
    return join(await realNearest(dirname(path)), basename(path));
  }
};

/**
 * The absolute path of `name` inside `folder`, which must exist. Symbolic links are resolved on both sides, so nothing
 * that lies or points outside is ever returned.
 *
 * @throws WhyfaceError `input-unreadable` when the name leads out of the folder
 */
export const pathInside = async (folder: string, name: string): Promise<string> => {
  const refuse = (): WhyfaceError =>
    new WhyfaceError({
      code: 'input-unreadable',
      stage: 'input',
      message: `${printableName(name)} leads out of its folder and is refused.`,
    });
  // Backslashes and drive letters are plain characters here and separators elsewhere: refused alike everywhere.
  if (name === '' || name.includes('\0') || name.includes('\\') || /^[A-Za-z]:/.test(name) || isAbsolute(name)) {
    throw refuse();
  }
  const root = await realpath(folder);
  const resolved = await realNearest(resolve(root, name)).catch(() => {
    throw refuse();
  });
  const step = relative(root, resolved);
  if (step === '' || step === '..' || step.startsWith(`..${sep}`) || isAbsolute(step)) {
    throw refuse();
  }
  return resolved;
};
