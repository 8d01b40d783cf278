/** Finds and reads the files that the manifest names, and trusts none of them before its digest is checked. */
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WhyfaceError } from '../../kit/error.ts';
import { matchesDigest } from './digest.ts';
import { modelInvalid } from './import/model-invalid.ts';
import type { ModelEntry, ModelFile } from './manifest.ts';

export type Places = {
  /** Where downloaded and imported models are kept. */
  folder: string;
  /** This package's own folder. */
  root: string;
};

/** `npm:` and `repo:` files come with the installation; `https:` files have to be pulled. */
export const isBuiltIn = (file: ModelFile): boolean => !file.source.startsWith('https:');

/** Where the file lies, or would lie; `null` when its npm package is not installed. */
export const locate = (file: ModelFile, { folder, root }: Places): string | null => {
  if (file.source.startsWith('repo:')) {
    return join(root, file.source.slice('repo:'.length));
  }
  if (file.source.startsWith('npm:')) {
    try {
      // Resolved from whyface's own package: npm may put the package beside it or above it.
      return createRequire(join(root, 'package.json')).resolve(file.source.slice('npm:'.length));
    } catch {
      return null;
    }
  }
  return join(folder, file.name);
};

/** The file's size, or `null` when there is none. */
export const sizeOf = async (path: string | null): Promise<number | null> => {
  const facts = path === null ? null : await stat(path).catch(() => null);
  return facts?.isFile() ? facts.size : null;
};

const remedy = (model: ModelEntry, file: ModelFile): string =>
  isBuiltIn(file) ? 'install whyface again' : `run 'whyface models pull ${model.id}'`;

export const modelMissing = (model: ModelEntry, file: ModelFile, path: string | null): WhyfaceError =>
  new WhyfaceError({
    code: 'model-missing',
    stage: 'models',
    message: `The model ${model.id} (${file.name}) is not installed${path === null ? '' : ` at ${path}`}; ${remedy(model, file)}.`,
    details: { model: model.id, file: file.name, path },
  });

/**
 * @throws WhyfaceError `model-missing`, or `model-invalid` when the file is not the one of the manifest
 */
export const readSource = async (model: ModelEntry, file: ModelFile, places: Places): Promise<Uint8Array> => {
  const path = locate(file, places);
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (bytes === null) {
    throw modelMissing(model, file, path);
  }
  if ((file.bytes !== null && file.bytes !== bytes.byteLength) || !matchesDigest(bytes, file.digest)) {
    throw modelInvalid(
      `${path} is not the file that whyface knows as ${model.id}; delete it and ${remedy(model, file)}.`,
      {
        model: model.id,
        file: file.name,
        path,
      },
    );
  }
  return bytes;
};
