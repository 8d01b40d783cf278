import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpRecogniser } from '../../../src/perceive/speech/http-recogniser.ts';

type Reply = { status?: number; headers?: Record<string, string>; body?: string };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A server that gives these replies in turn, the last one for ever, and what it was asked. */
const serviceOf = async (...replies: Reply[]) => {
  const asked: { path: string; key: string | undefined; form: FormData }[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const type = request.headers['content-type'] ?? '';
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    asked.push({ path: request.url ?? '', key: request.headers.authorization, form });
    const reply = replies[Math.min(asked.length, replies.length) - 1] ?? {};
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body ?? '{}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { asked, host: `127.0.0.1:${port}`, baseUrl: `http://127.0.0.1:${port}/v1` };
};

const HEARD = JSON.stringify({
  task: 'transcribe',
  language: 'english',
  duration: 1,
  text: 'Hi there.',
  segments: [{ id: 0, start: 0.1, end: 0.9, text: ' Hi there.', no_speech_prob: 0.02, avg_logprob: -0.3 }],
  words: [
    { word: 'Hi', start: 0.1, end: 0.3 },
    { word: 'there.', start: 0.35, end: 0.9 },
  ],
});

const tone = Float32Array.from({ length: 16_000 }, (_, index) => Math.sin(index / 10));
const noPause = () => Promise.resolve();

describe('a transcription service', () => {
  it('is sent the sound as a WAV file with its key, and its words come back with their times', async () => {
    const { asked, baseUrl, host } = await serviceOf({ body: HEARD });
    const recogniser = createHttpRecogniser({ baseUrl, apiKey: 'secret', model: 'tiny' });
    const heard = await recogniser.recognise(tone, {});
    expect(recogniser).toMatchObject({ id: 'tiny', host });
    expect(heard).toMatchObject({
      language: 'en',
      cues: [
        {
          startMs: 100,
          endMs: 900,
          noSpeech: 0.02,
          logProbability: -0.3,
          words: [
            { text: 'Hi', startMs: 100, endMs: 300 },
            { text: 'there.', startMs: 350, endMs: 900 },
          ],
        },
      ],
    });
    const [request] = asked;
    expect(request).toMatchObject({ path: '/v1/audio/transcriptions', key: 'Bearer secret' });
    expect(request?.form.get('model')).toBe('tiny');
    expect(request?.form.get('response_format')).toBe('verbose_json');
    const file = request?.form.get('file');
    const view = file instanceof Blob ? new DataView(await file.arrayBuffer()) : new DataView(new ArrayBuffer(0));
    expect({ rate: view.getUint32(24, true), bytes: view.byteLength }).toEqual({ rate: 16_000, bytes: 44 + 32_000 });
    expect(view.getInt16(44 + 2 * 16, true)).toBe(Math.round(Math.sin(1.6) * 32_767));
  });

  it('may answer with plain text, which then spans the stretch', async () => {
    const { baseUrl } = await serviceOf({ body: '{"text": "Hi."}' });
    const { cues } = await createHttpRecogniser({ baseUrl }).recognise(tone, {});
    expect(cues).toMatchObject([{ startMs: 0, endMs: 1000, text: 'Hi.' }]);
  });

  it.each([
    ['http://h:1', '/v1/audio/transcriptions'],
    ['http://h:1/', '/v1/audio/transcriptions'],
    ['http://h:1/openai/v1/', '/openai/v1/audio/transcriptions'],
    ['http://h:1/v1/audio/transcriptions', '/v1/audio/transcriptions'],
  ])('is found from %s', async (baseUrl, path) => {
    const paths: string[] = [];
    const fake = (input: string | URL | Request): Promise<Response> => {
      paths.push(new URL(input instanceof Request ? input.url : input).pathname);
      return Promise.resolve(new Response(HEARD));
    };
    await createHttpRecogniser({ baseUrl, fetch: fake }).recognise(tone, {});
    expect(paths).toEqual([path]);
  });

  it.each(['nonsense', 'file:///etc/passwd', 'http://user:pass@host/v1'])(
    'is refused where it is named as %s',
    (baseUrl) => {
      expect(() => createHttpRecogniser({ baseUrl })).toThrow(expect.objectContaining({ code: 'config-invalid' }));
    },
  );

  it('is asked again after 429 and 500, as long as it says, and not for ever', async () => {
    const waits: number[] = [];
    const pause = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    const busy = await serviceOf({ status: 429, headers: { 'retry-after': '2' } }, { status: 500 }, { body: HEARD });
    const { cues } = await createHttpRecogniser({ baseUrl: busy.baseUrl, pause }).recognise(tone, {});
    expect(cues).toHaveLength(1);
    expect(waits).toEqual([2000, 1000]);
    const down = await serviceOf({ status: 503 });
    await expect(
      createHttpRecogniser({ baseUrl: down.baseUrl, pause: noPause }).recognise(tone, {}),
    ).rejects.toMatchObject({
      code: 'service-unavailable',
    });
    expect(down.asked).toHaveLength(3);
  });

  it.each([
    ['a wrong key', { status: 401 }, 'service-unavailable', /WHYFACE_ASR_API_KEY/],
    ['a refusal', { status: 400 }, 'service-unavailable', /status 400/],
    ['a long wait', { status: 429, headers: { 'retry-after': '3600' } }, 'service-unavailable', /429/],
    ['no JSON', { body: '<html>' }, 'answer-unusable', /no transcript/],
    ['other JSON', { body: '{"error": 1}' }, 'answer-unusable', /no transcript/],
    ['megabytes', { body: `{"text": "${'a'.repeat(2_000_000)}"}` }, 'service-unavailable', /too long/],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'service-unavailable',
      /cannot be reached/,
    ],
  ])('that answers with %s gives a typed error', async (_, reply, code, message) => {
    const { baseUrl, asked } = await serviceOf(reply);
    const refused = createHttpRecogniser({ baseUrl, pause: noPause }).recognise(tone, {});
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it('that is not there is named in the sentence', async () => {
    const recogniser = createHttpRecogniser({ baseUrl: 'http://127.0.0.1:9', pause: noPause });
    await expect(recogniser.recognise(tone, {})).rejects.toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining('127.0.0.1:9'),
    });
  });
});
