import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainRecord } from '../../src/contracts/index.ts';
import { main } from '../../src/present/cli/main.ts';
import { factualModel } from '../fakes/factual-model.ts';
import { answering } from '../fakes/llm-server.ts';
import { fakeServer, KEY } from '../reason/llm/support.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const server = fakeServer();
const PHOTO = 'examples/astronaut.png';

/** Measurements of a photo, as OpenFace writes them: quick to read, for all that is not about measuring. */
const TABLE = join(temporaryFolder('explain-llm'), 'face.csv');
writeFileSync(
  TABLE,
  'frame,face_id,timestamp,confidence,success,AU04_r,AU06_r,AU12_r,AU15_r,AU04_c,AU06_c,AU12_c,AU15_c\n' +
    '1,0,0.0,0.98,1,0.0,2.4,4.1,0.0,0,1,1,0\n',
);

type Terminal = { stdout?: boolean; stderr?: boolean };

const collector = (isTTY: boolean) => {
  const chunks: string[] = [];
  const stream = Object.assign(
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        chunks.push(chunk.toString());
        done();
      },
    }),
    { isTTY, columns: 100 },
  );
  return { stream, text: () => chunks.join('') };
};

const explain = async (
  args: readonly string[],
  env: Record<string, string> = {},
  { input = TABLE, ...terminal }: Terminal & { input?: string } = {},
) => {
  const [stdout, stderr] = [collector(terminal.stdout ?? false), collector(terminal.stderr ?? false)];
  const settings = { WHYFACE_LLM_BASE_URL: server().baseUrl, WHYFACE_LLM_MODEL: 'fake-model', OPENAI_API_KEY: KEY };
  const status = await main(['explain', input, '--reasoner', 'llm', ...args], {
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { PATH: process.env.PATH, ...settings, NO_COLOR: '1', ...env },
    interruption: new AbortController(),
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
};

describe('whyface explain --reasoner llm', () => {
  it('writes the draft to the terminal, and the checked answer after it', async () => {
    server().play(answering(factualModel, 7));
    const { status, stdout, stderr } = await explain([], {}, { stdout: true, stderr: true, input: PHOTO });
    expect(status).toBe(0);
    expect(stderr).toContain('Draft, not checked yet: what is seen and heard');
    expect(stderr).toContain('Draft, not checked yet: the reading');
    expect(stderr).toMatch(/The lip corners are \w+ pulled up and back \(AU12, [DE], \d\.\d of 5\)\. \[o\d+\]\n/);
    expect(stdout).not.toContain('Draft');
    expect(stdout).toMatch(/The expression reads as happiness\. \[o\d+\]/);
    expect(stdout).toMatch(/All \d+ checkable claims are supported/);
  });

  it('gives JSON alone, the same on a terminal and off it, without the key', async () => {
    server().play(answering(factualModel));
    const off = await explain(['--format', 'json']);
    const on = await explain(['--format', 'json'], {}, { stderr: true });
    const without = (text: string) =>
      z
        .array(explainRecord)
        .parse(JSON.parse(text))
        .map((record) => ({ ...record, analysis: { ...record.analysis, timings: {} } }));
    expect(without(on.stdout)).toEqual(without(off.stdout));
    expect(off.stderr).toBe('');
    expect(off.stdout + on.stderr).not.toContain(KEY);
    expect(without(off.stdout)[0]?.explanations[0]?.reasoner).toMatchObject({ id: 'llm', fallback: false });
  });

  it('says in every format that another reasoner stands in', async () => {
    server().play([{ status: 401 }]);
    for (const format of ['text', 'markdown', 'html', 'json']) {
      const { status, stdout, stderr } = await explain(['--format', format]);
      expect(status).toBe(0);
      expect(stdout.replaceAll(/\s+/g, ' ').replaceAll(/&quot;|\\+"/g, '"')).toContain(
        'The FACS reasoner stands in for "llm"',
      );
      expect(stderr).toContain('refuses the key in OPENAI_API_KEY');
    }
  });

  it('fails where nobody may stand in', async () => {
    server().play([{ status: 401 }]);
    const { status, stdout } = await explain(['--no-fallback', '--format', 'json']);
    expect(status).toBe(69);
    expect(stdout).toContain('"code": "service-unavailable"');
  });

  it('names all that is wrong with its settings at once', async () => {
    const { status, stderr } = await explain([], {
      WHYFACE_LLM_BASE_URL: 'ftp://somewhere',
      WHYFACE_LLM_MODEL: '',
      WHYFACE_LLM_CONTEXT_TOKENS: 'many',
      WHYFACE_LLM_MAX_DOLLARS: '1',
      OPENAI_API_KEY: 'two words',
    });
    expect(status).toBe(78);
    for (const name of [
      'BASE_URL is not an http',
      'MODEL is not set',
      'CONTEXT_TOKENS is not a whole',
      'MAX_DOLLARS needs the prices',
      'OPENAI_API_KEY has spaces',
    ]) {
      expect(stderr).toContain(name);
    }
    expect(stderr).not.toContain('two words');
    expect(server().requests).toEqual([]);
  });

  it('keeps to this machine where the network is forbidden', async () => {
    const { status, stderr } = await explain(['--no-fallback'], {
      WHYFACE_OFFLINE: '1',
      WHYFACE_LLM_BASE_URL: 'https://llm.example/v1',
    });
    expect(status).toBe(69);
    expect(stderr).toContain('WHYFACE_OFFLINE forbids the network');
    server().play(answering(factualModel));
    expect((await explain(['--no-fallback'], { WHYFACE_OFFLINE: '1' })).status).toBe(0);
  });

  it.each([
    [['--samples', '0'], 'whole number from 1 to 16'],
    [['--language', 'German please'], 'language tag'],
    [['--reasoner', 'facs', '--question', 'Why?'], 'add --reasoner llm'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await explain(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
