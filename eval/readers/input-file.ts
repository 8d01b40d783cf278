import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { WhyfaceError } from '../../src/kit/error.ts';
import { openInputFile, printableName } from '../../src/kit/safe-path.ts';
import { invalidInput } from '../invalid-input.ts';

/** Largest file of predictions, labels or wheels. */
const FILE_BYTES = 512 * 1024 * 1024;

/** A file as bytes, with the digest that identifies it in a report. */
export type InputBytes = { path: string; name: string; bytes: Uint8Array; sha256: string };

/** @throws WhyfaceError `input-not-found`, `input-unreadable`, `input-invalid` */
export const readInput = async (path: string): Promise<InputBytes> => {
  const file = await openInputFile(path);
  if (file.bytes > FILE_BYTES) {
    throw invalidInput(`${file.name} has ${file.bytes} bytes; files up to ${FILE_BYTES} are read.`);
  }
  const bytes = new Uint8Array(await readFile(file.path));
  return { path, name: file.name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};

/** Text in UTF-8, a byte-order mark left out. */
export const textOf = ({ bytes, name }: InputBytes): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw invalidInput(`${name} is not text in UTF-8; save it as UTF-8.`, thrown);
  }
};

export const jsonOf = (input: InputBytes): unknown => {
  try {
    return JSON.parse(textOf(input));
  } catch (thrown) {
    throw invalidInput(
      `${input.name} is not JSON: ${thrown instanceof Error ? thrown.message : 'not understood'}.`,
      thrown,
    );
  }
};

export const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false;

export const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false;

/** @throws WhyfaceError `input-not-found` where nothing is there, `input-invalid` where it is no folder. */
export const requireFolder = async (path: string, what: string): Promise<void> => {
  const facts = await stat(path).catch(() => null);
  if (facts === null) {
    throw new WhyfaceError({
      code: 'input-not-found',
      stage: 'eval',
      message: `The folder ${path} does not exist; name the one that holds ${what}.`,
    });
  }
  if (!facts.isDirectory()) {
    throw invalidInput(`${path} is not a folder; name the one that holds ${what}.`);
  }
};

/** File name without folders and without its last extension. */
export const stem = (path: string): string => printableName(basename(path)).replace(/\.[^.]+$/, '');
