import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const beside = join(dirname(ROOT), 'shared');

/** The developers' data folder beside the repository, or `null`: tests that need it are then skipped, visibly. */
export const SHARED: string | null = existsSync(join(beside, 'DESIGN.md')) ? beside : null;
