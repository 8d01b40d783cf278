import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Folders are looked into this deep: deeper is a loop of links, or a mistake. */
const DEEPEST = 32;

const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** One part of a path as an expression: `*` and `?` stay within a name, `[abc]` is one of them. */
const expressionOf = (part: string): RegExp =>
  new RegExp(
    `^${part
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')
      .replaceAll('[!', '[^')}$`,
    'u',
  );

/**
 * Patterns that the shell left alone (quoted, or on a system whose shell does not expand) as the files they name, sorted;
 * `**` reaches into subfolders. What is no pattern, or names nothing, stays as it is, to be told when its turn comes.
 */
export const expandGlobs = async (named: readonly string[]): Promise<string[]> => {
  const lists = await Promise.all(
    named.map(async (pattern) => (isPattern(pattern) ? orItself(pattern, await matching(pattern)) : [pattern])),
  );
  return [...new Set(lists.flat())];
};

const orItself = (pattern: string, found: readonly string[]): string[] =>
  found.length === 0 ? [pattern] : [...found].sort();

const matching = (pattern: string): Promise<string[]> => {
  const parts = pattern.split(/[\\/]/);
  const fixed = parts.findIndex(isPattern);
  const root = parts.slice(0, fixed).join(sep);
  return walk(pattern.startsWith('/') && root === '' ? sep : root, parts.slice(fixed), 0);
};

const walk = async (folder: string, parts: readonly string[], depth: number): Promise<string[]> => {
  const [part, ...rest] = parts;
  if (part === undefined || depth > DEEPEST) {
    return [];
  }
  const entries = await readdir(folder === '' ? '.' : folder, { withFileTypes: true }).catch(() => []);
  if (part === '**') {
    const below = await Promise.all(
      entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => walk(join(folder, entry.name), parts, depth + 1)),
    );
    return [...(await walk(folder, rest, depth + 1)), ...below.flat()];
  }
  const expression = expressionOf(part);
  const fits = entries.filter(({ name }) => expression.test(name) && (!name.startsWith('.') || part.startsWith('.')));
  if (rest.length === 0) {
    return fits.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name));
  }
  const below = await Promise.all(
    fits.filter((entry) => entry.isDirectory()).map(({ name }) => walk(join(folder, name), rest, depth + 1)),
  );
  return below.flat();
};
