import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../src/reason/llm/client/client.ts';
import type { LlmClient } from '../../../src/reason/llm/index.ts';
import { type Script, startFakeLlm } from '../../fakes/llm-server.ts';
import { clientOf, errorOf, fakeServer, KEY } from './support.ts';

const server = fakeServer();
const FORM = { name: 'word', schema: { type: 'object' } };

const ask = (client: LlmClient, onText?: (text: string) => void, signal?: AbortSignal): Promise<Completion> => {
  const run = client.begin({ signal });
  return run
    .complete(
      { messages: [{ role: 'user', content: 'Say "fine".' }], form: FORM, maximumTokens: 100, temperature: 0 },
      onText,
    )
    .finally(run.end);
};

const sse = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const delta = (content: string) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const stop = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };

describe('a language model that answers', () => {
  it('is read word by word, with its name and what it counted', async () => {
    server().play([{ answer: 'It is fine.', size: 3 }]);
    const words: string[] = [];
    const completion = await ask(clientOf(server()).client, (text) => words.push(text));
    expect(completion).toMatchObject({ text: 'It is fine.', model: 'fake-model', cut: false });
    expect(completion.usage.estimated).toBe(false);
    expect(words.join('')).toBe('It is fine.');
    expect(server().requests[0]).toMatchObject({ stream: true, headers: { authorization: `Bearer ${KEY}` } });
  });

  it('may not know how to stream', async () => {
    const message = { role: 'assistant', content: 'It is fine.' };
    server().play([{ json: { model: 'old', choices: [{ message, finish_reason: 'stop' }] } }]);
    const completion = await ask(clientOf(server()).client);
    expect(completion).toMatchObject({ text: 'It is fine.', model: 'old' });
    expect(completion.usage.estimated).toBe(true);
  });
});

describe('L2: a server that does not know a parameter', () => {
  it('is asked without it, and never with it again', async () => {
    const knows: Script = [{ refuse: ['response_format', 'seed', 'stream_options'] }, { answer: '{"fine": true}' }];
    server().play(knows);
    const { client, waits } = clientOf(server());
    expect((await ask(client)).text).toBe('{"fine": true}');
    const before = server().requests.length;
    expect(before).toBe(4);
    await ask(client);
    expect(server().requests.length).toBe(before + 1);
    expect(server().requests.at(-1)?.body).not.toHaveProperty('response_format');
    expect(client.abilities()).toMatchObject({ form: 'none', streamUsage: false });
    expect(waits).toEqual([]);
  });

  it('gets the newer name of the length limit', async () => {
    server().play([{ refuse: ['max_tokens'] }, { answer: 'fine' }]);
    await ask(clientOf(server()).client);
    expect(server().requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 100 });
  });
});

const unavailable = (status: number, more: Record<string, string> = {}): Script => [
  { status, headers: more },
  { chunk: '{}' },
];
const fine: Script = [{ answer: 'fine' }];

describe('L9: a server that fails', () => {
  const outcomes: ReadonlyArray<{
    name: string;
    scripts: readonly Script[];
    requests: number;
    text?: string;
    code?: string;
    says?: RegExp;
    waits?: readonly number[];
    env?: Record<string, string>;
  }> = [
    { name: '429 twice, then an answer', scripts: [unavailable(429), unavailable(429), fine], requests: 3, text: 'fine', waits: [500, 1000] },
    { name: '408, 409 and 503, then an answer', scripts: [unavailable(408), unavailable(409), unavailable(503), fine], requests: 4, text: 'fine' },
    { name: '500 for ever', scripts: [unavailable(500)], requests: 4, code: 'service-unavailable', says: /fails \(status 500\)/ },
    { name: '401', scripts: [unavailable(401)], requests: 1, code: 'service-unavailable', says: /refuses the key in OPENAI_API_KEY/ },
    { name: '404', scripts: [unavailable(404)], requests: 1, code: 'service-unavailable', says: /knows no model "fake-model"/ },
    { name: 'a redirect', scripts: [unavailable(302, { location: 'http://127.0.0.1:1/' })], requests: 1, code: 'service-unavailable', says: /sends elsewhere/ },
    { name: 'Retry-After in seconds', scripts: [unavailable(429, { 'retry-after': '7' }), fine], requests: 2, text: 'fine', waits: [7000] },
    { name: 'Retry-After of an hour', scripts: [unavailable(429, { 'retry-after': '3600' })], requests: 1, code: 'service-unavailable', waits: [] },
    { name: 'hangs before its headers', scripts: [[{ hang: true }]], requests: 4, code: 'deadline-exceeded', says: /did not begin to answer/, env: { WHYFACE_LLM_ATTEMPT_SECONDS: '0.05' } },
    { name: 'hangs after its headers', scripts: [[{ status: 200 }, { hang: true }]], requests: 4, code: 'deadline-exceeded', says: /did not begin to answer/, env: { WHYFACE_LLM_ATTEMPT_SECONDS: '0.05' } },
    { name: 'falls silent in the middle', scripts: [[{ delta: 'fi' }, { hang: true }], fine], requests: 2, text: 'fine', env: { WHYFACE_LLM_IDLE_SECONDS: '0.05' } },
    { name: 'takes longer than all tries together may', scripts: [[{ delta: 'fi' }, { hang: true }]], requests: 1, code: 'deadline-exceeded', says: /did not finish within/, env: { WHYFACE_LLM_TOTAL_SECONDS: '0.1' } },
    { name: 'cuts the connection, then answers', scripts: [[{ delta: 'fi' }, { cut: true }], fine], requests: 2, text: 'fine' },
    { name: 'says that the question is too long', scripts: [[{ status: 400 }, { chunk: '{"error":{"message":"maximum context length is 2048 tokens"}}' }]], requests: 1, code: 'budget-exceeded', says: /WHYFACE_LLM_CONTEXT_TOKENS/ },
    { name: 'has no credit left', scripts: [[{ status: 429 }, { chunk: '{"error":{"code":"insufficient_quota","message":"no"}}' }]], requests: 1, code: 'service-unavailable', says: /no credit/ },
  ]; // biome-ignore format: one table

  it.each(outcomes)('$name', async ({ scripts, requests, text, code, says, waits, env }) => {
    server().play(...scripts);
    const { client, waits: waited } = clientOf(server(), env);
    if (text !== undefined) {
      expect((await ask(client)).text).toBe(text);
    } else {
      const error = await errorOf(ask(client));
      expect(error.code).toBe(code);
      expect(error.message).toMatch(says ?? /./);
    }
    expect(server().requests.length).toBe(requests);
    if (waits !== undefined) {
      expect(waited).toEqual(waits);
    }
  });

  it('is left alone after five failures in a row, and tried once when the time is over', async () => {
    let now = 0;
    server().play(unavailable(500));
    const { client } = clientOf(server(), {}, { clock: () => now });
    await errorOf(ask(client));
    expect((await errorOf(ask(client))).message).toMatch(/5 times in a row/);
    expect(server().requests.length).toBe(5);
    expect((await errorOf(ask(client))).retryable).toBe(true);
    expect(server().requests.length).toBe(5);
    now = 31_000;
    server().play(fine);
    expect((await ask(client)).text).toBe('fine');
    expect((await ask(client)).text).toBe('fine');
  });

  it('cannot be reached', async () => {
    const gone = await startFakeLlm();
    await gone.close();
    const error = await errorOf(ask(clientOf(gone).client));
    expect(error).toMatchObject({ code: 'service-unavailable', retryable: true });
    expect(error.message).toMatch(/cannot be reached; check that it runs/);
  });
});

describe('L10: a stream that is broken', () => {
  const broken: ReadonlyArray<{ name: string; script: Script; text?: string; code?: string }> = [
    { name: 'cut in the middle of a chunk', script: [{ delta: 'fi' }, { chunk: 'data: {"choices":[{"del' }, { cut: true }], code: 'service-unavailable' },
    { name: 'without [DONE]', script: [{ answer: 'fine', done: false }], text: 'fine' },
    { name: 'without an end', script: [{ delta: 'fine' }], code: 'service-unavailable' },
    { name: 'with an error object', script: [{ delta: 'fi' }, { chunk: sse({ error: { message: 'out of memory' } }) }], code: 'service-unavailable' },
    { name: 'with an error of vLLM', script: [{ delta: 'fi' }, { chunk: sse({ object: 'error', message: 'out of memory' }) }], code: 'service-unavailable' },
    { name: 'with empty deltas and comments', script: [{ chunk: ': hello\n\n' }, { delta: '' }, { chunk: `${sse({ choices: [] })}event: ping\n\n` }, { answer: 'fine' }], text: 'fine' },
    { name: 'that ends before it begins', script: [{ chunk: `${sse(stop)}${sse(delta('fi'))}${sse(delta('ne'))}` }], text: 'fine' },
    { name: 'with CRLF', script: [{ chunk: `${sse(delta('fine'))}${sse(stop)}`.replaceAll('\n', '\r\n') }], text: 'fine' },
    { name: 'one byte at a time', script: [...`${sse(delta('fine é'))}${sse(stop)}`].map((chunk) => ({ chunk })), text: 'fine é' },
    { name: 'with invalid UTF-8 between', script: [{ chunk: Uint8Array.from([58, 255, 254, 10, 10]) }, { answer: 'fine' }], text: 'fine' },
    { name: 'of garbage', script: [{ garbage: 5000 }], code: 'service-unavailable' },
    { name: 'with an event that is no JSON', script: [{ delta: 'fi' }, { chunk: 'data: {nonsense\n\n' }], code: 'service-unavailable' },
    { name: 'with megabytes in one line', script: [{ chunk: `: ${'x'.repeat(5 * 1024 * 1024)}` }], code: 'answer-unusable' },
  ]; // biome-ignore format: one table

  it.each(broken)('$name', async ({ script, text, code }) => {
    server().play(script);
    const words: string[] = [];
    const work = ask(clientOf(server()).client, (word) => words.push(word));
    if (text !== undefined) {
      expect((await work).text).toBe(text);
      expect(words.join('')).toBe(text);
    } else {
      expect((await errorOf(work)).code).toBe(code);
    }
  });

  it('is not asked again once a word was shown, and what was shown is kept', async () => {
    server().play([{ delta: 'It is ' }, { cut: true }], fine);
    const words: string[] = [];
    const error = await errorOf(ask(clientOf(server()).client, (word) => words.push(word)));
    expect(words).toEqual(['It is ']);
    expect(error).toMatchObject({ retryable: false, details: { partial: 'It is ' } });
    expect(server().requests.length).toBe(1);
  });
});

describe('L11: an answer without end', () => {
  it('is cut off, and the connection closed', async () => {
    server().play([{ endless: 'and so on, '.repeat(100) }]);
    const before = server().left();
    const error = await errorOf(ask(clientOf(server()).client));
    expect(error.code).toBe('answer-unusable');
    expect(error.message).toMatch(/does not come to an end/);
    await expect.poll(() => server().left()).toBe(before + 1);
  });

  it('is given up when the caller gives up', async () => {
    const abort = new AbortController();
    server().play([{ endless: 'and ' }]);
    const before = server().left();
    const error = await errorOf(ask(clientOf(server()).client, () => abort.abort(), abort.signal));
    expect(error.code).toBe('aborted');
    await expect.poll(() => server().left()).toBe(before + 1);
  });
});

describe('L12: what it may cost', () => {
  const priced = { WHYFACE_LLM_PRICE_INPUT: '2', WHYFACE_LLM_PRICE_OUTPUT: '10' };

  it('is refused before the call where it would be too much', async () => {
    const error = await errorOf(ask(clientOf(server(), { ...priced, WHYFACE_LLM_MAX_DOLLARS: '0.0005' }).client));
    expect(error.code).toBe('budget-exceeded');
    expect(error.message).toMatch(/would cost about \$0\.0010, and one explanation may cost \$0\.00050/);
    expect(server().requests.length).toBe(0);
  });

  it('is counted over a day, which then ends', async () => {
    let now = Date.UTC(2026, 0, 1, 23, 59);
    server().play([{ answer: 'fine '.repeat(400) }]);
    const { client } = clientOf(server(), { ...priced, WHYFACE_LLM_MAX_DOLLARS_A_DAY: '0.006' }, { now: () => now });
    await ask(client);
    expect((await errorOf(ask(client))).message).toMatch(/a day may cost/);
    now += 120_000;
    await expect(ask(client)).resolves.toMatchObject({ cut: false });
  });
});

describe('K1: the key', () => {
  it('is in no error, whatever the server says', async () => {
    const echo = `{"error":{"message":"bad key ${KEY} in Bearer ${KEY}","param":"${KEY}"}}`;
    for (const status of [400, 401, 429, 500]) {
      server().play([{ status }, { chunk: echo }]);
      const error = await errorOf(ask(clientOf(server()).client));
      const told = [error.message, JSON.stringify(error.details), String(error.cause), error.stack].join('\n');
      expect(told).not.toContain(KEY);
      expect(told).not.toContain('SECRET');
    }
    server().play([{ chunk: sse({ error: { message: KEY } }) }]);
    expect(JSON.stringify((await errorOf(ask(clientOf(server()).client))).details)).not.toContain('SECRET');
  });
});
