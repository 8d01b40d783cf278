import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/kit/package-root.ts';
import { invalidInput } from '../invalid-input.ts';

/** A versioned prompt file: what is asked, and the digest that goes into every result. */
export type JudgePrompt = { id: string; version: string; sha256: string; body: string };

export type PromptId = 'emer-clue-overlap' | 'emer-label-summary' | 'emer-label-overlap';

/** Reads a prompt of the package, or of another folder with the same names. */
export const readPrompt = async (id: PromptId, folder = join(packageRoot(), 'prompts')): Promise<JudgePrompt> => {
  const path = join(folder, `${id}.md`);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw invalidInput(`The prompt ${path} cannot be read.`, thrown);
  });
  const match = /^---\n(.*?)\n---\n(.*)$/s.exec(text);
  const version = /^version:\s*(\S+)/m.exec(match?.[1] ?? '')?.[1];
  if (match?.[2] === undefined || version === undefined) {
    throw invalidInput(`The prompt ${path} has no front matter with a version.`);
  }
  return { id, version, sha256: createHash('sha256').update(text).digest('hex'), body: match[2].trim() };
};

/** The prompt with its places filled. Text that looks like a place in a value stays as it is. */
export const filled = ({ body }: JudgePrompt, values: Readonly<Record<string, string>>): string =>
  body.replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
