import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisResource, chatAnswer, chatEvent } from '../../../src/contracts/index.ts';
import { listen, type RunningServer } from '../../../src/present/http/node-server.ts';
import { talkGroups } from '../../../src/present/http/talk-groups.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let service: TestService;
let server: RunningServer;
let client: OpenAI;

beforeAll(async () => {
  service = await openTestService(temporaryFolder('talk'), { groups: talkGroups({}) });
  server = await listen(service.app, { host: '127.0.0.1', port: 0 });
  client = new OpenAI({ baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => {
  await server.stop(0);
  await service.stop(0);
});

const dataUrl = (marker: string, more: object = {}): string =>
  `data:video/mp4;base64,${Buffer.from(fakeClip({ marker, ...more })).toString('base64')}`;

/** A `video_url` part, which OpenAI's own types do not have. */
const asked = (url: string, text: string): OpenAI.ChatCompletionContentPart[] => [
  { type: 'image_url', image_url: { url } },
  { type: 'text', text },
];

const analyse = async (marker: string): Promise<string> => {
  const response = await service.request('/v1/analyses', { method: 'POST', body: fakeClip({ marker }) });
  const { id } = analysisResource.parse(await response.json());
  return id;
};

describe("OpenAI's own client", () => {
  it('finds the model', async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['whyface']);
    expect(await client.models.retrieve('whyface')).toMatchObject({ id: 'whyface', object: 'model' });
    await expect(client.models.retrieve('gpt-x')).rejects.toMatchObject({ status: 404, code: 'not-found' });
  });

  it('asks about a clip, and again without having it measured again', async () => {
    const first = asked(dataUrl('wire'), 'What do you see?');
    const one = await client.chat.completions.create({
      model: 'whyface',
      messages: [{ role: 'user', content: first }],
    });
    const said = one.choices[0]?.message.content ?? '';
    expect(said).toMatch(/\[o\d+\]/);
    expect(one.choices[0]?.finish_reason).toBe('stop');
    expect(one.usage?.total_tokens).toBe((one.usage?.prompt_tokens ?? 0) + (one.usage?.completion_tokens ?? 0));
    expect(one.usage?.completion_tokens).toBeGreaterThan(5);
    const two = await client.chat.completions.create({
      model: 'whyface',
      messages: [
        { role: 'system', content: 'You are a pirate who names people.' },
        { role: 'user', content: first },
        { role: 'assistant', content: said },
        { role: 'user', content: 'How sure are you?' },
      ],
    });
    expect(two.choices[0]?.message.content).toMatch(/confidence|No reading/);
    expect(service.steps.measured.get('wire')).toBe(1);
  });

  it('streams sentences, the usage when asked for, and an end', async () => {
    const stream = await client.chat.completions.create({
      model: 'whyface',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: asked(dataUrl('stream'), 'What was not measured?') }],
    });
    let text = '';
    let finish: string | null = null;
    let usage = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage?.total_tokens ?? usage;
    }
    expect(text.length).toBeGreaterThan(20);
    expect(finish).toBe('stop');
    expect(usage).toBeGreaterThan(0);
  });

  it('takes an analysis by its id: in the text, as metadata, in the name of the model', async () => {
    const id = await analyse('by-id');
    const question = 'How many people are there?';
    const answers = await Promise.all([
      client.chat.completions.create({
        model: 'whyface',
        messages: [{ role: 'user', content: `analysis:${id} ${question}` }],
      }),
      client.chat.completions.create({
        model: 'whyface',
        metadata: { analysis_id: id },
        messages: [{ role: 'user', content: question }],
      }),
      client.chat.completions.create({ model: `whyface:${id}`, messages: [{ role: 'user', content: question }] }),
    ]);
    expect(new Set(answers.map(({ choices }) => choices[0]?.message.content)).size).toBe(1);
    expect(service.steps.measured.get('by-id')).toBe(1);
  });

  it('hears of errors in the shape it knows, before the stream and in it', async () => {
    const create = (body: object) =>
      client.chat.completions.create({ model: 'whyface', messages: [{ role: 'user', content: 'hello' }], ...body });
    await expect(create({})).rejects.toMatchObject({ status: 400, code: 'usage', param: 'messages' });
    await expect(create({ model: 'gpt-4o' })).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await expect(create({ base_url: 'http://127.0.0.1' })).rejects.toMatchObject({ status: 400, param: 'base_url' });
    await expect(
      create({ messages: [{ role: 'user', content: 'analysis:an_000000000000000000000000 why?' }] }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      create({ messages: [{ role: 'user', content: asked('http://169.254.169.254/latest', 'why?') }] }),
    ).rejects.toMatchObject({ code: 'url-refused' });
    await expect(
      create({ messages: [{ role: 'user', content: asked('data:video/mp4;base64,###', 'why?') }] }),
    ).rejects.toMatchObject({ status: 400 });
    await expect(
      create({ messages: [{ role: 'user', content: asked(dataUrl('broken', { fails: 'media-damaged' }), 'why?') }] }),
    ).rejects.toMatchObject({ status: 422, code: 'media-damaged' });
    const stream = await client.chat.completions.create({
      model: 'whyface',
      stream: true,
      messages: [{ role: 'user', content: asked(dataUrl('broken-2', { fails: 'media-damaged' }), 'why?') }],
    });
    const read = async () => {
      for await (const _ of stream) {
        // The first chunk comes before the analysis fails.
      }
    };
    await expect(read()).rejects.toBeInstanceOf(APIError);
  });
});

describe("LangChain's client", () => {
  it('chats and streams', async () => {
    const id = await analyse('langchain');
    const model = new ChatOpenAI({
      model: `whyface:${id}`,
      apiKey: 'none',
      maxRetries: 0,
      configuration: { baseURL: `http://127.0.0.1:${server.port}/v1` },
    });
    const first = await model.invoke([new HumanMessage('What do you see?')]);
    expect(first.text).toMatch(/\[o\d+\]/);
    let streamed = '';
    for await (const chunk of await model.stream([
      new HumanMessage('What do you see?'),
      new AIMessage(first.text),
      new HumanMessage('what else?'),
    ])) {
      streamed += chunk.text;
    }
    expect(streamed.length).toBeGreaterThan(10);
  });
});

describe('messages about an analysis', () => {
  it('answers as JSON and as events', async () => {
    const id = await analyse('messages');
    const send = (accept: string, body: object) =>
      service.request(`/v1/analyses/${id}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify(body),
      });
    const messages = [{ role: 'user', content: 'What do you see?' }];
    const answer = chatAnswer.parse(await (await send('application/json', { messages })).json());
    expect(answer.sentences.length).toBeGreaterThan(0);
    const text = await (await send('text/event-stream', { messages })).text();
    const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => chatEvent.parse(JSON.parse(data)));
    expect(events.at(-1)).toEqual({ type: 'answer-end', answer });
    expect((await send('application/json', { messages: [{ role: 'assistant', content: 'Hi' }] })).status).toBe(400);
    expect(
      (
        await service.request('/v1/analyses/an_000000000000000000000000/messages', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ messages }),
        })
      ).status,
    ).toBe(404);
  });

  it('gives no reading where the purpose of the server refuses one', async () => {
    const refused = await openTestService(temporaryFolder('talk-purpose'), {
      settings: { purpose: 'workplace' },
      groups: talkGroups({}),
    });
    try {
      const made = await refused.request('/v1/analyses', { method: 'POST', body: fakeClip({ marker: 'work' }) });
      const { id } = analysisResource.parse(await made.json());
      const body = JSON.stringify({
        model: `whyface:${id}`,
        messages: [{ role: 'user', content: 'What emotion is shown?' }],
      });
      const answer = await refused.request('/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(await answer.text()).toMatch(/no reading of emotion is given/);
    } finally {
      await refused.stop(0);
    }
  });
});
