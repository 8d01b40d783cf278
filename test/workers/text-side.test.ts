import { applyD1Migrations, reset } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import record from '../../examples/expected/astronaut.json' with { type: 'json' };
import { analysis as analysisSchema } from '../../src/contracts/index.ts';
import { openD1 } from '../../src/jobs/d1/d1-client.ts';
import { createSqliteKeyStore } from '../../src/jobs/sqlite/key-store.ts';
import { createApiKey } from '../../src/present/http/access/api-key.ts';
import { textSideSuite } from '../present/http/text-side-suite.ts';

const analysis = analysisSchema.parse(record.analysis);
const ORIGIN = 'https://whyface.example';

const keyFor = async (name: string, requestsPerMinute: number | null = null): Promise<string> => {
  const facts = {
    name,
    scopes: ['read' as const, 'analyse' as const],
    purpose: null,
    concurrency: null,
    expiresAt: null,
  };
  return (await createApiKey(createSqliteKeyStore(openD1(env.DB)), { ...facts, requestsPerMinute }, Date.now)).key;
};

describe('the text side in workerd', () => {
  beforeEach(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  });

  textSideSuite(
    async () => ({
      fetch: (path, init) => exports.default.fetch(new Request(`${ORIGIN}${path}`, init)),
      keys: { ada: await keyFor('ada'), bob: await keyFor('bob') },
    }),
    analysis,
  );

  it('counts requests of a client wherever they arrive', async () => {
    const key = await keyFor('hasty');
    const init = { headers: { authorization: `Bearer ${key}` } };
    const most = Number(env.WHYFACE_REQUESTS_PER_MINUTE);
    const statuses: number[] = [];
    for (let count = 0; count <= most; count += 1) {
      const response = await exports.default.fetch(new Request(`${ORIGIN}/v1/analyses`, init));
      statuses.push(response.status);
      if (response.status === 429) {
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      await response.body?.cancel();
    }
    expect(statuses.slice(0, most).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });

  it('refuses media with a word on what to send', async () => {
    const init = {
      method: 'POST',
      headers: { authorization: `Bearer ${await keyFor('ada')}`, 'content-type': 'video/mp4' },
    };
    const response = await exports.default.fetch(new Request(`${ORIGIN}/v1/analyses`, { ...init, body: 'bytes' }));
    expect(response.status).toBe(415);
    expect(await response.text()).toMatch(/percepts|measurements/);
  });
});
