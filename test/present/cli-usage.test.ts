import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from '../support/cli-io.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whyface-usage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('help', () => {
  it.each([
    [[], ['explain', 'observe', 'models', 'doctor']],
    [['explain'], ['--subject', '--from', '--format', '--output']],
    [['observe'], ['--fps', 'csv']],
    [['models'], ['list', 'pull', 'verify', 'path']],
    [['models', 'pull'], ['--all']],
    [['doctor'], ['--json']],
  ])('of %j goes to stdout and lists what is there, and only that', async (command, words) => {
    const { status, stdout, stderr } = await runMain([...command, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const word of words) {
      expect(stdout).toContain(word);
    }
    expect(stdout).not.toMatch(/undefined/);
  });

  it('is shown, with status 2, to who types nothing', async () => {
    const { status, stdout, stderr } = await runMain([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: whyface');
  });
});

describe('wrong usage', () => {
  it.each([
    [['explain'], 2, /missing required argument/],
    [['explan', 'a.png'], 2, /unknown command.*\n?.*explain/s],
    [['explain', 'a.png', '--colour'], 2, /unknown option '--colour'/],
    [['explain', 'a.png', '--format', 'pdf'], 2, /--format is one of text, json, jsonl, markdown, html, not "pdf"/],
    [['observe', 'a.png', '--format', 'html'], 2, /--format is one of json, jsonl, csv/],
    [['explain', 'a.png', '--from', 'soon'], 2, /--from is a time/],
    [['explain', 'a.png', '--from', '9', '--to', '3'], 2, /--to must be later/],
    [['explain', 'a.png', '--fps', '0'], 2, /--fps/],
    [['explain', 'a.png', '--subject', 'Anna'], 2, /--subject is P1/],
    [['explain', 'a.png', '--language', 'fr'], 2, /translated by a language model/],
    [['models', 'pull'], 2, /--all/],
    [['models', 'pull', 'nosuchmodel'], 2, /no model called nosuchmodel/],
    [['explain', 'a.png', '--reasoner', 'llm'], 78, /WHYFACE_LLM_BASE_URL is not set.*WHYFACE_LLM_MODEL is not set/],
    [['explain', 'a.png', '--counterfactual-calls', 'many'], 2, /--counterfactual-calls is a whole number/],
    [['explain', 'a.png', '--purpose', 'workplace'], 78, /refused for the purpose "workplace"/],
  ])('%j ends with %i and a sentence', async (args, expected, sentence) => {
    const { status, stdout, stderr } = await runMain(args);
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^whyface: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('the output file', () => {
  it('never takes the place of an input', async () => {
    const input = join(folder, 'notes.png');
    writeFileSync(input, 'mine');
    const { status, stderr } = await runMain(['explain', input, '-o', input]);
    expect(status).toBe(2);
    expect(stderr).toContain('would overwrite an input');
    expect(readFileSync(input, 'utf8')).toBe('mine');
  });

  it('is refused at once where it cannot be', async () => {
    const { status, stderr } = await runMain(['explain', 'a.png', '-o', join(folder, 'nowhere', 'report.html')]);
    expect(status).toBe(2);
    expect(stderr).toContain('does not exist; make it first');
  });
});

it('names the folder of the models', async () => {
  const { status, stdout } = await runMain(['models', 'path', '--models-dir', folder]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${folder}\n` });
});
