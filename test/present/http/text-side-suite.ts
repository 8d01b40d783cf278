import { expect, it } from 'vitest';
import {
  type Analysis,
  analysisResource,
  apiError,
  chatAnswer,
  clipExport,
  deletionReceipt,
  explanationsResponse,
} from '../../../src/contracts/index.ts';

/** A service to be tested, and the keys of two clients of it. */
export type TextSideService = {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  keys: { ada: string; bob: string };
};

/** The routes that need no decoder, the same on every runtime. `open` is called once for each test. */
export const textSideSuite = (open: () => Promise<TextSideService>, analysis: Analysis): void => {
  const as = (key: string, body?: unknown, headers: Record<string, string> = {}): RequestInit => ({
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const analyse = async ({ fetch, keys }: TextSideService, options = {}) =>
    fetch('/v1/analyses', as(keys.ada, { analysis, options }));
  const made = async (service: TextSideService, options = {}): Promise<string> => {
    const response = await analyse(service, options);
    expect(response.status, await response.clone().text()).toBe(201);
    return analysisResource.parse(await response.json()).id;
  };
  const errorOf = async (response: Response): Promise<string> => apiError.parse(await response.json()).error.code;

  it('explains measurements that are sent, once', async () => {
    const service = await open();
    const first = await analyse(service);
    expect(first.status).toBe(201);
    const resource = analysisResource.parse(await first.json());
    expect(first.headers.get('location')).toBe(`/v1/analyses/${resource.id}`);
    expect(resource.job.status).toBe('succeeded');
    expect(resource.explanations[0]?.judgement.expression.label).toBe('happiness');
    expect(resource.explanations[0]?.grounding.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
    const second = await analyse(service);
    expect(second.status).toBe(200);
    expect(analysisResource.parse(await second.json()).id).toBe(resource.id);
    const read = await service.fetch(`/v1/analyses/${resource.id}`, as(service.keys.ada));
    expect(analysisResource.parse(await read.json()).explanations).toEqual(resource.explanations);
  });

  it('answers later questions, whole and as a stream', async () => {
    const service = await open();
    const id = await made(service, { explain: false });
    const path = `/v1/analyses/${id}/explanations`;
    const whole = explanationsResponse.parse(await (await service.fetch(path, as(service.keys.ada, {}))).json());
    expect(whole.data).toHaveLength(1);
    const streamed = await service.fetch(path, as(service.keys.ada, {}, { accept: 'text/event-stream' }));
    expect(streamed.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await streamed.text()).toContain('happiness');
  });

  it('tells what happened, from any event on', async () => {
    const service = await open();
    const id = await made(service);
    const events = async (after?: string): Promise<string[]> => {
      const headers = after === undefined ? {} : { 'last-event-id': after };
      const response = await service.fetch(`/v1/analyses/${id}/events`, as(service.keys.ada, undefined, headers));
      return [...(await response.text()).matchAll(/^event: (.+)$/gm)].map((match) => match[1] ?? '');
    };
    const all = await events();
    expect(all[0]).toBe('stage-start');
    expect(all.at(-1)).toBe('job-end');
    expect(all.filter((type) => type === 'judgement-available')).toHaveLength(1);
    expect(await events('2')).toEqual(all.slice(2));
  });

  it('keeps what is one client’s from another', async () => {
    const service = await open();
    const id = await made(service);
    for (const init of [as(service.keys.bob), { ...as(service.keys.bob), method: 'DELETE' }]) {
      const response = await service.fetch(`/v1/analyses/${id}`, init);
      expect(response.status).toBe(404);
      expect(await errorOf(response)).toBe('not-found');
    }
    const nobody = await service.fetch(`/v1/analyses/${id}`);
    expect(nobody.status).toBe(401);
    expect(await errorOf(nobody)).toBe('unauthenticated');
    const wrong = await service.fetch(`/v1/analyses/${id}`, as(`${service.keys.ada.slice(0, -1)}!`));
    expect(wrong.status).toBe(401);
  });

  it('hands out all it holds, and forgets it on request', async () => {
    const service = await open();
    const id = await made(service);
    const held = clipExport.parse(
      await (await service.fetch(`/v1/analyses/${id}/export`, as(service.keys.ada))).json(),
    );
    expect(held.resource.id).toBe(id);
    const response = await service.fetch(`/v1/analyses/${id}`, { ...as(service.keys.ada), method: 'DELETE' });
    expect(response.status).toBe(200);
    const receipt = deletionReceipt.parse(await response.json());
    expect(receipt).toMatchObject({ id, deleted: true });
    expect(receipt.removed.records).toBeGreaterThan(0);
    expect((await service.fetch(`/v1/analyses/${id}`, as(service.keys.ada))).status).toBe(404);
  });

  it('refuses readings where the purpose does', async () => {
    const service = await open();
    const response = await analyse(service, { purpose: 'workplace' });
    expect(response.status).toBe(201);
    const resource = analysisResource.parse(await response.json());
    expect(resource.explanations).toEqual([]);
    const path = `/v1/analyses/${resource.id}/explanations`;
    const asked = await service.fetch(path, as(service.keys.ada, { purpose: 'research' }));
    expect(asked.status).toBe(403);
    expect(await errorOf(asked)).toBe('purpose-refused');
  });

  it('N4 takes no addresses, models or unknown options from a request', async () => {
    const service = await open();
    const id = await made(service);
    for (const body of [{ base_url: 'http://127.0.0.1:1/' }, { model: 'other' }, { reasonr: 'facs' }]) {
      const response = await service.fetch(`/v1/analyses/${id}/explanations`, as(service.keys.ada, body));
      expect(response.status).toBe(400);
      expect(await errorOf(response)).toBe('usage');
    }
    expect((await analyse(service, { reasonr: 'llm' })).status).toBe(400);
  });

  it('answers in one shape whatever is wrong', async () => {
    const service = await open();
    const key = service.keys.ada;
    const text = { ...as(key), method: 'POST', body: '{"analysis":' };
    const cases: Array<[string, RequestInit, number]> = [
      ['/v1/analyses', { ...text, headers: { ...text.headers, 'content-type': 'application/json' } }, 400],
      ['/v1/analyses', as(key, { analysis: { schema: 'other' } }), 400],
      ['/v1/analyses', as(key, { url: 'http://169.254.169.254/' }), 403],
      ['/v1/analyses/an_000000000000000000000000', as(key), 404],
      ['/v1/nothing', as(key), 404],
      ['/v1/scores', as(key), 405],
    ];
    for (const [path, init, status] of cases) {
      const response = await service.fetch(path, init);
      expect([path, response.status]).toEqual([path, status]);
      apiError.parse(await response.json());
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('talks about an analysis, whole and as a stream, and in OpenAI’s words', async () => {
    const service = await open();
    const id = await made(service);
    const question = { messages: [{ role: 'user', content: 'Why does she look happy?' }] };
    const path = `/v1/analyses/${id}/messages`;
    const answer = chatAnswer.parse(await (await service.fetch(path, as(service.keys.ada, question))).json());
    expect(answer.sentences.some(({ cites }) => cites.length > 0)).toBe(true);
    const streamed = await service.fetch(path, as(service.keys.ada, question, { accept: 'text/event-stream' }));
    expect((await streamed.text()).match(/^event: answer-end$/gm)).toHaveLength(1);
    const wire = { model: 'whyface', messages: [{ role: 'user', content: `analysis:${id} why does she smile?` }] };
    const completion = await service.fetch('/v1/chat/completions', as(service.keys.ada, wire));
    expect(await completion.text()).toMatch(/"object":"chat\.completion".*\[o\d+\]/s);
  });

  it('describes itself', async () => {
    const { fetch } = await open();
    const document = await (await fetch('/openapi.json')).json();
    expect(Object.keys(Object(document).paths)).toContain('/v1/analyses/{id}/explanations');
    expect((await fetch('/health/live')).status).toBe(200);
    expect((await fetch('/health/ready')).status).toBe(200);
  });

  it('scores explanations', async () => {
    const service = await open();
    const response = await service.fetch('/v1/scores', as(service.keys.ada, { nothing: true }));
    expect(response.status).toBe(400);
  });
};
