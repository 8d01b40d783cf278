import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockedWith, moduleText, readLock, readPrompts } from '../../prompts/build.ts';
import { looseModelAnswer, modelAnswerForm } from '../../src/reason/llm/answer/model-answer.ts';
import { fillPrompt } from '../../src/textualize/prompts/fill-prompt.ts';
import type { PromptFile } from '../../src/textualize/prompts/prompt-file.ts';
import { PROMPT_FILES } from '../../src/textualize/prompts/prompt-texts.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the prompt files', () => {
  it('are embedded as they are', () => {
    const embedded = readFileSync(join(ROOT, 'src/textualize/prompts/prompt-texts.ts'), 'utf8');
    expect(embedded).toBe(moduleText(readPrompts()));
  });

  it('are all locked, and unchanged since', () => {
    const lock = readLock();
    expect(lockedWith(readPrompts(), lock)).toEqual(lock);
  });

  const folder = temporaryFolder('prompts');

  it('cannot change without a new version', () => {
    cpSync(join(ROOT, 'prompts'), folder, { recursive: true });
    const path = join(folder, 'merge', 'v1.md');
    writeFileSync(path, readFileSync(path, 'utf8').replace('Never average a conflict away.', ''));
    expect(() => lockedWith(readPrompts(folder), readLock())).toThrow(/merge\/v1\.md has changed.*write v2\.md/);
  });

  it('ask for the form in which answers are read', () => {
    for (const { id, body } of PROMPT_FILES.filter(
      ({ output, body: text }) => output === 'model-answer' && text.includes('{\n'),
    )) {
      const form: unknown = JSON.parse(body.slice(body.lastIndexOf('\n{\n')));
      expect(Object.keys(modelAnswerForm.shape), id).toEqual(Object.keys(form as object));
      expect(looseModelAnswer.safeParse(form).success, id).toBe(true);
    }
  });

  it('speak of nobody by sex, age or origin', () => {
    const words = PROMPT_FILES.map(({ body }) => body)
      .join('\n')
      .replace(/identity, age, sex or ethnicity/g, '');
    expect(words).not.toMatch(/\b(?:he|she|his|her|man|woman|male|female|race|white|black|asian|young|old)\b/i);
  });
});

describe('filling a prompt', () => {
  const prompt: PromptFile = {
    id: 'test', version: 1, role: 'user', system: null, inputs: ['facts', 'question'], output: 'lines', sha256: '', combinedSha256: '',
    body: 'Facts:\n{{facts}}\n\n{{question}}\n\nAnswer.',
  }; // biome-ignore format: one line a row

  it('puts values in as they are, also such as look like places', () => {
    expect(fillPrompt(prompt, { facts: '{{question}} $& $1', question: 'Why?' })).toBe(
      'Facts:\n{{question}} $& $1\n\nWhy?\n\nAnswer.',
    );
  });

  it('leaves no gap for what is empty', () => {
    expect(fillPrompt(prompt, { facts: 'x', question: '' })).toBe('Facts:\nx\n\nAnswer.');
  });

  it.each([
    ['a missing input', { facts: 'x' }, /lacks question/],
    ['an unknown one', { facts: 'x', question: '', mood: 'y' }, /has no place for mood/],
    ['one that every object has', { facts: 'x', question: '', toString: 'y' }, /has no place for toString/],
  ])('refuses %s', (_name, inputs, message) => {
    expect(() => fillPrompt(prompt, inputs)).toThrow(message);
  });
});
