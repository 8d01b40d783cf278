/**
 * Embeds `prompts/<name>/v<N>.md` as `src/textualize/prompts/prompt-texts.ts`, and keeps `prompts/lock.json`: the digest
 * of every version there has been. A file that changed without a new version is refused.
 *
 *     npx tsx prompts/build.ts           write both
 *     npx tsx prompts/build.ts --check   fail where they are not up to date
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { WhyfaceError } from '../src/kit/error.ts';
import type { PromptFile } from '../src/textualize/prompts/prompt-file.ts';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const MODULE = join(FOLDER, '..', 'src', 'textualize', 'prompts', 'prompt-texts.ts');
const LOCK = join(FOLDER, 'lock.json');

const frontMatter = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  role: z.enum(['system', 'user']),
  system: z.string().nullish(),
  inputs: z.array(z.string()),
  output: z.string(),
});

const lockFile = z.record(z.string(), z.string());

const refuse = (message: string): WhyfaceError =>
  new WhyfaceError({ code: 'config-invalid', stage: 'config', message });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const splitFile = (path: string, text: string): { head: unknown; body: string } => {
  const match = /^---\n(.*?)\n---\n(.*)$/s.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw refuse(`${path} has no front matter.`);
  }
  return { head: parse(match[1]), body: match[2].trim() };
};

type Source = Omit<PromptFile, 'combinedSha256'> & { text: string };

const readSource = (folder: string, name: string, file: string): Source => {
  const path = join(folder, name, file);
  const text = readFileSync(path, 'utf8');
  const { head, body } = splitFile(path, text);
  const meta = frontMatter.safeParse(head);
  if (!meta.success) {
    throw refuse(`${path}: ${z.prettifyError(meta.error)}`);
  }
  const { id, version, role, system, inputs, output } = meta.data;
  if (id !== name || `v${version}.md` !== file) {
    throw refuse(`${path} says that it is ${id} version ${version}; its place says ${name}/${file}.`);
  }
  const places = new Set([...body.matchAll(/\{\{(\w+)\}\}/g)].map(([, key]) => key));
  const odd = [
    ...inputs.filter((key) => !places.has(key)),
    ...[...places].filter((key) => !inputs.includes(key ?? '')),
  ];
  if (odd.length > 0) {
    throw refuse(`${path}: ${odd.join(', ')} is an input without a place, or a place without an input.`);
  }
  return { id, version, role, system: system ?? null, inputs, output, sha256: sha256(text), body, text };
};

/** Every prompt of a folder, by name and version. */
export const readPrompts = (folder: string = FOLDER): PromptFile[] => {
  const sources = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(folder, name))
        .filter((file) => file.endsWith('.md'))
        .map((file) => readSource(folder, name, file)),
    )
    .sort((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1));
  return sources.map(({ text, ...source }) => {
    const system = sources.find(({ id, version }) => `${id}@${version}` === source.system);
    if (source.system !== null && system?.role !== 'system') {
      throw refuse(`${source.id}@${source.version} goes with ${source.system}, which is no system prompt.`);
    }
    return { ...source, combinedSha256: sha256((system?.text ?? '') + text) };
  });
};

/**
 * The lock with these prompts in it.
 *
 * @throws WhyfaceError `config-invalid` where a version that is locked has another digest
 */
export const lockedWith = (
  prompts: readonly PromptFile[],
  lock: Readonly<Record<string, string>>,
): Record<string, string> => {
  const entries = new Map(Object.entries(lock));
  for (const { id, version, sha256: digest } of prompts) {
    const known = entries.get(`${id}@${version}`);
    if (known !== undefined && known !== digest) {
      throw refuse(
        `prompts/${id}/v${version}.md has changed; results name it by its version, so write v${version + 1}.md instead.`,
      );
    }
    entries.set(`${id}@${version}`, digest);
  }
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
};

export const readLock = (path: string = LOCK): Record<string, string> =>
  lockFile.parse(JSON.parse(readFileSync(path, 'utf8')));

export const moduleText = (prompts: readonly PromptFile[]): string =>
  [
    '// biome-ignore-all format: made by prompts/build.ts from prompts/*/v*.md; change those.',
    "import type { PromptFile } from './prompt-file.ts';",
    '',
    '/** Every version of every prompt. */',
    `export const PROMPT_FILES: readonly PromptFile[] = ${JSON.stringify(prompts, null, 2)};`,
    '',
  ].join('\n');

const main = (check: boolean): void => {
  const prompts = readPrompts();
  const lock = `${JSON.stringify(lockedWith(prompts, readLock()), null, 2)}\n`;
  const module = moduleText(prompts);
  for (const [path, text] of [
    [LOCK, lock],
    [MODULE, module],
  ] as const) {
    if (check && readFileSync(path, 'utf8') !== text) {
      throw refuse(`${basename(path)} is not up to date; run "npx tsx prompts/build.ts".`);
    }
    if (!check) {
      writeFileSync(path, text);
    }
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.includes('--check'));
}
