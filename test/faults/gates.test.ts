import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as contracts from '../../src/contracts/index.ts';
import { explainOptions, observeOptions } from '../../src/contracts/index.ts';
import { createPipeline, type Pipeline } from '../../src/pipeline.ts';
import { createHtmlRenderer } from '../../src/present/html/report.ts';
import { listen } from '../../src/present/http/node-server.ts';
import { talkGroups } from '../../src/present/http/talk-groups.ts';
import { createJsonRenderer } from '../../src/present/json/records.ts';
import { createMarkdownRenderer } from '../../src/present/markdown/explanation.ts';
import { createTextRenderer } from '../../src/present/text/explanation.ts';
import { runMain } from '../support/cli-io.ts';
import { fakeClip } from '../support/fake-steps.ts';
import { openTestService } from '../support/service.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const photo = join(ROOT, 'examples', 'astronaut.png');
const out = temporaryFolder('gates');
const env = { ...process.env, WHYFACE_OFFLINE: '1' };
let pipeline: Pipeline;
beforeAll(() => {
  pipeline = createPipeline({ env, workers: 1 });
});
afterAll(() => pipeline.close());

/** Names of all fields in all schemas of the contract. */
const fieldsOfContract = (): Set<string> => {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'properties' && typeof child === 'object' && child !== null) {
        for (const name of Object.keys(child)) {
          names.add(name);
        }
      }
      walk(child);
    }
  };
  for (const exported of Object.values(contracts)) {
    if (exported instanceof z.ZodType) {
      walk(z.toJSONSchema(exported, { unrepresentable: 'any' }));
    }
  }
  return names;
};

describe('what has no place in any output', () => {
  const names = fieldsOfContract();

  it('B1: sex, age, origin, looks and identity are no fields of the contract', () => {
    expect(names.size).toBeGreaterThan(150);
    const demographic =
      /^(sex|gender|age|race|ethnic\w*|origin|nationality|attractive\w*|beauty|religion|skin\w*|identity|name[Oo]fPerson|biometric\w*)$/i;
    expect([...names].filter((name) => demographic.test(name))).toEqual([]);
  });

  it('V5: a face’s look, which tells people apart in one clip, is no field, and no number of it is written', async () => {
    expect([...names].filter((name) => /embed|descriptor|look|faceprint|template|featureVector/i.test(name))).toEqual(
      [],
    );
    const { percepts, analysis } = await pipeline.observe(photo, observeOptions.parse({}));
    // A look is 288 shares and 21 colours; nothing of a photo is a list that long.
    const longest = (node: unknown): number =>
      Array.isArray(node)
        ? Math.max(node.every((each) => typeof each === 'number') ? node.length : 0, ...node.map(longest), 0)
        : typeof node === 'object' && node !== null
          ? Math.max(0, ...Object.values(node).map(longest))
          : 0;
    expect(longest(percepts)).toBeLessThan(100);
    // The observations are a list; the numbers in each are few.
    expect(longest(analysis)).toBeLessThan(100);
  });
});

describe('the purpose', () => {
  it.each(['workplace', 'education'] as const)(
    'V6: %s refuses a reading in the library and the command line',
    async (purpose) => {
      const options = { ...observeOptions.parse({ purpose }), ...explainOptions.parse({ purpose }) };
      await expect(pipeline.explain(photo, options)).rejects.toMatchObject({ code: 'purpose-refused' });
      const { percepts, analysis } = await pipeline.observe(photo, options);
      expect(percepts.subjects[0]).toMatchObject({ expression: null, affect: null });
      expect(analysis.observations.filter(({ kind }) => kind === 'expression' || kind === 'affect')).toEqual([]);
      await expect(pipeline.explainMeasured({ percepts, analysis }, options)).rejects.toMatchObject({
        code: 'purpose-refused',
      });
      for (const args of [['explain'], ['compare', photo]]) {
        const ran = await runMain([...args, photo, '--purpose', purpose, '--quiet'], env);
        expect({ args, status: ran.status, stdout: ran.stdout }).toEqual({ args, status: 78, stdout: '' });
      }
      // A batch measures, and its table has no judgement.
      const folder = join(out, purpose);
      expect((await runMain(['batch', photo, '--out', folder, '--purpose', purpose, '--quiet'], env)).status).toBe(0);
      const [, row = ''] = readFileSync(join(folder, 'summary.csv'), 'utf8').split('\n');
      expect(row).toMatch(/,P1,{12}records\//);
    },
  );
});

describe('the purpose of a server', () => {
  it('V6: that refuses readings gives none through MCP, and measures all the same', async () => {
    const service = await openTestService(temporaryFolder('mcp-purpose'), {
      settings: { purpose: 'workplace' },
      groups: talkGroups({}),
    });
    const server = await listen(service.app, { host: '127.0.0.1', port: 0 });
    const client = new Client({ name: 'test', version: '1' });
    try {
      await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.port}/mcp`)));
      const data = Buffer.from(fakeClip({ marker: 'mcp' })).toString('base64');
      const observed = await client.callTool({ name: 'observe_clip', arguments: { data } });
      expect(observed.isError ?? false).toBe(false);
      const explained = await client.callTool({ name: 'explain_clip', arguments: { data } });
      expect(explained).toMatchObject({ isError: true });
      expect(JSON.stringify(explained.content)).toContain('purpose-refused');
    } finally {
      await client.close();
      await server.stop(0);
      await service.stop(0);
    }
  });
});

describe('the network', () => {
  it('V7: brings no picture and no word of a photo to anybody while it is measured and explained', async () => {
    const visits: string[] = [];
    const server = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const proxied = { ...env, HTTP_PROXY: base, HTTPS_PROXY: base, OPENAI_BASE_URL: base, OPENAI_API_KEY: 'sk-none' };
    const asked: string[] = [];
    const watched = createPipeline({
      env: proxied,
      workers: 1,
      fetch: (input) => {
        asked.push(String(input));
        return Promise.reject(new TypeError('no network in this test'));
      },
    });
    try {
      const options = { ...observeOptions.parse({}), ...explainOptions.parse({}) };
      expect((await watched.explain(photo, options)).explanations).toHaveLength(1);
    } finally {
      await watched.close();
      server.close();
    }
    expect({ visits, asked }).toEqual({ visits: [], asked: [] });
  });
});

describe('what every answer says', () => {
  it('B6, B7: that it is a reading, that people and cultures differ, and that nobody is to be judged by it alone', async () => {
    const options = { ...observeOptions.parse({}), ...explainOptions.parse({}) };
    const { analysis, percepts, explanations } = await pipeline.explain(photo, options);
    expect(explanations).toHaveLength(1);
    for (const { notice } of explanations) {
      expect(notice).toMatch(/often read/);
      expect(notice).toMatch(/does not show what the person feels/);
      expect(notice).toMatch(/cultures/);
      expect(notice).toMatch(/human review/);
    }
    const record = { input: 'photo', analysis, explanations, error: null };
    for (const renderer of [
      createTextRenderer(),
      createMarkdownRenderer(),
      createHtmlRenderer(),
      createJsonRenderer(),
    ]) {
      const shown = [renderer.begin(), ...renderer.add({ record, percepts, stills: [] }), renderer.end()].join('');
      expect(shown.replace(/\s+/g, ' ')).toContain('cultures');
    }
  });

  it('R2: allocators are told to keep little, wherever a service is started', () => {
    for (const file of ['Dockerfile', 'deploy/whyface.service']) {
      expect(readFileSync(join(ROOT, file), 'utf8')).toContain('MALLOC_ARENA_MAX=2');
    }
  });
});
