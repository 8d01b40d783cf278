import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  analysisJsonBody,
  analysisResource,
  apiError,
  chatRequest,
  correctionEntry,
  explanationRequest,
  submitOptions,
} from '../../../src/contracts/index.ts';
import { talkGroups } from '../../../src/present/http/talk-groups.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let service: TestService;
let id: string;

beforeAll(async () => {
  service = await openTestService(temporaryFolder('any-request'), {
    groups: talkGroups({}),
    settings: { requestsPerMinute: 1_000_000 },
  });
  const made = await service.request('/v1/analyses', { method: 'POST', body: fakeClip({ marker: 'any' }) });
  id = analysisResource.parse(await made.json()).id;
});
afterAll(() => service.stop(0));

const odd = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '0', '-1', '1e999', 'NaN', '__proto__', '../../etc/passwd', '\u202e', 'a'.repeat(5000)),
);
const names = fc.constantFrom('purpose', 'subject', 'fromMs', 'question', 'messages', 'model', 'url', 'items', 'kind', 'au', 'reasoner', '__proto__', 'constructor'); // biome-ignore format: one list
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    odd,
    fc.constantFrom(null, true, 0, -1, 1e308),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(names, tie('any'), { maxKeys: 5 }),
  ),
})).any;

describe('any request', () => {
  it('is answered as designed: never with 500, and every refusal in the one shape', async () => {
    const paths = fc.constantFrom(
      '/v1/analyses', '/v1/analyses/ID', '/v1/analyses/ID/explanations', '/v1/analyses/ID/messages', '/v1/analyses/ID/corrections',
      '/v1/analyses/ID/percepts', '/v1/analyses/ID/events', '/v1/analyses/ID/export', '/v1/analyses/ID/stills/P1/0.jpg',
      '/v1/jobs/ID', '/v1/scores', '/v1/chat/completions', '/v1/models/whyface:ID', '/mcp', '/health/live', '/nowhere',
    ); // biome-ignore format: one list
    const requests = fc.record({
      path: paths,
      own: fc.boolean(),
      method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT'),
      type: fc.constantFrom(
        'application/json',
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        '',
      ),
      body: fc.oneof(
        value.map((json) => JSON.stringify(json)),
        fc.string({ unit: 'binary', maxLength: 60 }),
      ),
      query: fc.array(fc.tuple(names, odd), { maxLength: 2 }),
      lastEventId: odd,
    });
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requests, async ({ path, own, method, type, body, query, lastEventId }) => {
        const search = query
          .map(([name, text]) => `${name}=${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''))}`)
          .join('&');
        const target = `${path.replace('ID', own ? id : 'an_000000000000000000000000')}?${search}`;
        const headers = new Headers(type === '' ? {} : { 'content-type': type });
        if (/^[\x20-\x7e]*$/.test(lastEventId)) {
          headers.set('last-event-id', lastEventId);
        }
        const response = await service.request(target, { method, headers, ...(method === 'GET' ? {} : { body }) });
        seen.add(response.status);
        const said = await response.text();
        expect(response.status, `${method} ${target}: ${said}`).toBeLessThan(500);
        if (response.status >= 400 && !path.includes('/mcp')) {
          expect(apiError.safeParse(JSON.parse(said)).success, said).toBe(true);
        }
        expect(said).not.toMatch(/node_modules|\bat .*\.ts:\d/);
      }),
      { numRuns: 250, seed: 20_261_123 },
    );
    expect(seen.size).toBeGreaterThan(4);
    expect('polluted' in {}).toBe(false);
  });

  it('is parsed by schemas that take any value without a throw', () => {
    const schemas = [analysisJsonBody, explanationRequest, submitOptions, chatRequest, correctionEntry];
    fc.assert(
      fc.property(value, (json) => {
        for (const schema of schemas) {
          const parsed = schema.safeParse(json);
          expect(parsed.success || parsed.error.issues.length > 0).toBe(true);
        }
      }),
      { numRuns: 500, seed: 20_261_123 },
    );
  });
});
