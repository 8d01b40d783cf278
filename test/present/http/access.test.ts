import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AccessScope, analysisResource, apiError, type Purpose } from '../../../src/contracts/index.ts';
import { createApiKey } from '../../../src/present/http/access/api-key.ts';
import { readServeSettings } from '../../../src/present/http/serve-settings.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('access');
let service: TestService;
const keys = new Map<string, string>();

const addKey = async (
  name: string,
  scopes: AccessScope[],
  rest: { purpose?: Purpose; requestsPerMinute?: number; concurrency?: number; expiresAt?: string } = {},
): Promise<void> => {
  const { key } = await createApiKey(
    service.jobs.keys,
    { name, scopes, purpose: null, concurrency: null, requestsPerMinute: null, expiresAt: null, ...rest },
    Date.now,
  );
  keys.set(name, key);
};

beforeAll(async () => {
  // Keys are made before a server that asks for them starts.
  const before = await openTestService(folder);
  await before.stop(0);
  service = before;
  const { openLocalJobs } = await import('../../../src/jobs/open-local.ts');
  const jobs = await openLocalJobs(folder);
  service = { ...before, jobs };
  await addKey('alice', ['read', 'analyse']);
  await addKey('bob', ['read', 'analyse']);
  await addKey('reader', ['read']);
  await addKey('admin', ['admin']);
  await addKey('office', ['read', 'analyse'], { purpose: 'workplace' });
  await addKey('slow', ['read'], { requestsPerMinute: 3 });
  await addKey('old', ['read'], { expiresAt: '2020-01-01T00:00:00.000Z' });
  await jobs.close();
  service = await openTestService(folder, { settings: { requireKeys: true, purpose: 'research', host: '0.0.0.0' } });
});
afterAll(() => service.stop(0));

const as = (name: string, path: string, init: RequestInit = {}): Promise<Response> =>
  service.request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${keys.get(name) ?? name}` } });

const post = (name: string, marker: string, query = ''): Promise<Response> =>
  as(name, `/v1/analyses${query}`, { method: 'POST', body: fakeClip({ marker }) });

const codeOf = async (response: Response): Promise<string> => apiError.parse(await response.json()).error.code;

describe('keys', () => {
  it('are asked for everywhere but at the door', async () => {
    for (const path of [
      '/v1/analyses',
      '/v1/analyses/an_x',
      '/metrics',
      '/v1/jobs/an_x',
      '/mcp',
      '/v1/chat/completions',
    ]) {
      const response = await service.request(path);
      expect({ path, status: response.status }).toEqual({ path, status: 401 });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
    for (const path of ['/health/live', '/openapi.json', '/docs']) {
      expect((await service.request(path)).status).toBe(200);
    }
  });

  it('K2: are kept hashed; a wrong secret, an expired and an invented key are refused alike', async () => {
    const right = keys.get('alice') ?? '';
    const stored = JSON.stringify(await service.jobs.keys.find(right.split('_')[1] ?? ''));
    expect(stored).toContain('"hash"');
    expect(stored).not.toContain(right.split('_').slice(2).join('_'));
    const wrong = `${right.slice(0, -2)}${right.endsWith('AA') ? 'BB' : 'AA'}`;
    const answers = await Promise.all(
      [wrong, keys.get('old') ?? '', `wf_000000000000_${'x'.repeat(43)}`, 'sk-other', `${right} extra`].map(
        async (key) => {
          const response = await as(key, '/v1/analyses');
          return { status: response.status, code: await codeOf(response) };
        },
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 401, code: 'unauthenticated' })]),
    );
  });

  it('do what their scopes say', async () => {
    expect((await post('reader', 'scope')).status).toBe(403);
    const made = analysisResource.parse(await (await post('alice', 'scope')).json());
    expect((await as('reader', `/v1/analyses/${made.id}`)).status).toBe(404);
    expect((await as('admin', `/v1/analyses/${made.id}`)).status).toBe(200);
  });

  it("keep clients apart: neither sees, exports, explains or deletes the other's", async () => {
    const made = analysisResource.parse(await (await post('alice', 'apart')).json());
    const path = `/v1/analyses/${made.id}`;
    const attempts: Array<[string, RequestInit]> = [
      [path, {}],
      [`${path}/events`, {}],
      [`${path}/percepts`, {}],
      [`${path}/export`, {}],
      [`${path}/observations.csv`, {}],
      [`${path}/report.html`, {}],
      [`${path}/explanations`, { method: 'POST' }],
      [path, { method: 'DELETE' }],
      [`/v1/jobs/${made.id}`, { method: 'DELETE' }],
    ];
    for (const [each, init] of attempts) {
      expect({ each, status: (await as('bob', each, init)).status }).toEqual({ each, status: 404 });
    }
    const own = z.object({ data: z.array(analysisResource) }).parse(await (await as('bob', '/v1/analyses')).json());
    expect(own.data).toEqual([]);
    // The same clip is another analysis for another client.
    const other = analysisResource.parse(await (await post('bob', 'apart')).json());
    expect(other.id).not.toBe(made.id);
  });

  it('are limited in rate, with the time to come again', async () => {
    const statuses: number[] = [];
    let retryAfter: string | null = null;
    for (let count = 0; count < 5; count += 1) {
      const response = await as('slow', '/v1/analyses');
      statuses.push(response.status);
      retryAfter = response.headers.get('retry-after') ?? retryAfter;
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(Number(retryAfter)).toBeGreaterThan(0);
  });
});

describe('the purpose', () => {
  it('V6: of the key refuses readings of emotion on every way in, whatever the request says', async () => {
    const ways = ['', '?purpose=medical-or-safety', '?purpose=research', '?explain=true'];
    for (const [index, query] of ways.entries()) {
      const made = analysisResource.parse(await (await post('office', `office ${index}`, query)).json());
      expect(made.options.purpose).toBe('workplace');
      expect(made.analysis).not.toBeNull();
      expect(made.explanations).toEqual([]);
      const explained = await as('office', `/v1/analyses/${made.id}/explanations`, {
        method: 'POST',
        body: JSON.stringify({ purpose: 'medical-or-safety' }),
        headers: { 'content-type': 'application/json' },
      });
      expect({ status: explained.status, code: await codeOf(explained) }).toEqual({
        status: 403,
        code: 'purpose-refused',
      });
    }
    const json = await as('office', '/v1/analyses', {
      method: 'POST',
      body: JSON.stringify({ url: 'https://media.example/clip.mp4' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await codeOf(json)).toBe('url-refused');
  });

  it('of a request narrows, and never widens', async () => {
    const narrowed = analysisResource.parse(await (await post('alice', 'narrow', '?purpose=education')).json());
    expect(narrowed.options.purpose).toBe('education');
    expect(narrowed.explanations).toEqual([]);
    const kept = analysisResource.parse(await (await post('alice', 'keep', '?purpose=media-analysis')).json());
    expect(kept.options.purpose).toBe('research');
    expect(kept.explanations).toHaveLength(1);
    // What was measured for a refused purpose is not explained for another.
    const later = await as('alice', `/v1/analyses/${narrowed.id}/explanations`, { method: 'POST' });
    expect(later.status).toBe(403);
  });
});

describe('what is written down', () => {
  it('the audit log tells who asked for which judgement, and no content', async () => {
    const made = analysisResource.parse(await (await post('alice', 'AUDITED', '?filename=AUDITED.mp4')).json());
    const log = await service.jobs.store.auditOf(made.id);
    expect(log).toMatchObject([
      {
        client: keys.get('alice')?.split('_')[1],
        action: 'analyse',
        detail: { purpose: 'research', reasoner: 'facs' },
      },
    ]);
    expect(JSON.stringify(log)).not.toContain('AUDITED');
  });

  it('K1, K3, K4: neither the log nor any answer holds keys, names, paths or stacks', async () => {
    const broken = fakeClip({ marker: 'SECRET-WORDS', fails: 'internal' });
    const failed = await as('alice', '/v1/analyses?filename=SECRET-NAME.mp4', { method: 'POST', body: broken });
    const answer = await failed.text();
    expect(failed.status).toBe(500);
    expect(answer).not.toMatch(/SECRET|whyface-access|\/src\/|\bat /);
    await as(`${keys.get('alice')}x`, '/v1/analyses');
    service.services.log.warn({ detail: `used ${keys.get('alice')}`, authorization: keys.get('alice') }, 'as a test');
    const logged = service.logged();
    for (const key of keys.values()) {
      expect(logged).not.toContain(key.split('_').slice(2).join('_'));
    }
    expect(logged).not.toMatch(/SECRET-NAME|SECRET-WORDS/);
    expect(logged).toContain('"route":"/v1/analyses"');
  });
});

describe('settings', () => {
  it('S9: tell of all problems at once', () => {
    const bad = {
      port: 'x',
      purpose: 'spying',
      urlHosts: ['127.0.0.1', 'a b'],
      queueLength: 0,
      corsOrigins: ['*'],
      host: '0.0.0.0',
      dataDir: '/tmp/x',
    };
    expect(() => readServeSettings(bad)).toThrow(/--port.*--purpose.*--url-host.*--url-host.*--cors-origin.*--queue/s);
    expect(() => readServeSettings({ dataDir: '/tmp/x', host: '0.0.0.0' })).toThrow(
      /--purpose: a server that others reach/,
    );
  });

  it('a server for others does not start without a key', async () => {
    const settings = { host: '0.0.0.0', purpose: 'research' };
    await expect(openTestService(temporaryFolder('keyless'), { settings })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('whyface keys add'),
    });
  });

  it('N5: another origin is answered where the operator allows it, and only then', async () => {
    const allowing = await openTestService(temporaryFolder('cors'), {
      settings: { corsOrigins: ['https://app.example'] },
    });
    try {
      const preflight = (origin: string): Promise<Response> =>
        allowing.request('/v1/analyses', {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        });
      expect((await preflight('https://app.example')).headers.get('access-control-allow-origin')).toBe(
        'https://app.example',
      );
      expect((await preflight('https://other.example')).headers.get('access-control-allow-origin')).toBeNull();
    } finally {
      await allowing.stop(0);
    }
  });
});
