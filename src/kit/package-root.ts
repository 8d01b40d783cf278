import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of whyface's own package folder (where `models/`, `prompts/` and `package.json` lie), from source and
 * from `dist` alike.
 */
export const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'models', 'manifest.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
};
