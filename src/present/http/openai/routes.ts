/** OpenAI's wire format, so that chat front ends and SDKs use whyface as a model. No node imports. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Answerer } from '../../../chat/answerer.ts';
import { type ChatAnswer, type Client, isEnded } from '../../../contracts/index.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { estimateTokens } from '../../../kit/estimate-tokens.ts';
import { LIMITS } from '../../../kit/limits.ts';
import { answerMarkdown, faultsOf, sentenceMarkdown, standInNote } from '../../view/chat.ts';
import { apiErrorOf } from '../api-error.ts';
import { conversationOver } from '../conversations.ts';
import { readJson } from '../read-json.ts';
import { failures, jsonAnswer } from '../routes/describe.ts';
import type { RouteGroup, Services } from '../services.ts';
import { dataStream } from './data-stream.ts';
import { readWireConversation, type WireConversation } from './read-conversation.ts';
import { completionRequest, completionResponse, MODEL } from './wire.ts';

const modelObject = z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() });

const listModels = createRoute({
  method: 'get',
  path: '/v1/models',
  tags: ['openai'],
  summary: 'The one model there is, for clients that ask.',
  responses: {
    200: jsonAnswer(z.object({ object: z.literal('list'), data: z.array(modelObject) }), 'A list of one'),
    ...failures,
  },
});

const readModel = createRoute({
  method: 'get',
  path: '/v1/models/{model}',
  tags: ['openai'],
  summary: 'That model.',
  request: { params: z.object({ model: z.string().max(120) }) },
  responses: { 200: jsonAnswer(modelObject, 'The model'), ...failures },
});

const complete = createRoute({
  method: 'post',
  path: '/v1/chat/completions',
  tags: ['openai'],
  summary: 'Chat about a clip in the wire format of OpenAI.',
  description:
    'The clip is a `video_url`, `image_url` or `input_audio` part (a data URL, or an address of an allow-listed host), or an analysis: `analysis:an_…` in the text, `metadata.analysis_id`, or the model `whyface:an_…`. Messages that bring the same clip again do not have it analysed again.',
  request: { body: { content: { 'application/json': { schema: z.looseObject({}) } }, required: true } },
  responses: {
    200: { ...jsonAnswer(completionResponse, 'The answer; with `stream`, chunks as server-sent events') },
    ...failures,
  },
});

/** Longest wait for an analysis. */
const WAIT_MS = 600_000;

// A fixed date: the model does not change with the hour of the request.
const CREATED = 1_764_000_000;
const model = { id: MODEL, object: 'model' as const, created: CREATED, owned_by: 'whyface' };

/** `/v1/models` and `/v1/chat/completions` */
export const openAiRoutes =
  (answerer: Answerer, now: () => number = Date.now): RouteGroup =>
  (app, services) => {
    app.openapi(listModels, (context) => context.json({ object: 'list' as const, data: [model] }, 200));
    app.openapi(readModel, (context) => {
      const { model: name } = context.req.valid('param');
      if (name !== MODEL) {
        throw new WhyfaceError({
          code: 'not-found',
          stage: 'present',
          message: `There is no model "${name.slice(0, 60)}" here; it is called "${MODEL}".`,
          details: { param: 'model' },
        });
      }
      return context.json(model, 200);
    });

    // Registered by hand: bodies with clips in them are larger than what validation should read by itself.
    app.openAPIRegistry.registerPath(complete);
    app.post('/v1/chat/completions', async (context) => {
      const request = await readJson(context.req.raw, completionRequest, LIMITS.requestJsonBytes);
      const asked = readWireConversation(request);
      const client = context.get('client');
      const requestId = context.get('requestId');
      const head = {
        id: `chatcmpl-${requestId.replaceAll('-', '')}`,
        created: Math.floor(now() / 1000),
        model: request.model,
      };
      const promptTokens = estimateTokens([...asked.history.map(({ content }) => content), asked.question].join('\n'));
      if (request.stream === true) {
        const gone = new AbortController();
        const chunks = chunksOf({
          services,
          client,
          asked,
          answerer,
          head,
          promptTokens,
          usage: request.stream_options?.include_usage === true,
          signal: gone.signal,
        });
        return dataStream(chunks, { onGone: () => gone.abort(), onFailure: (thrown) => apiErrorOf(thrown, requestId) });
      }
      const { id, answer } = await answered({ services, client, asked, answerer, signal: context.req.raw.signal });
      const text = answerMarkdown(answer);
      return context.json(
        {
          ...head,
          object: 'chat.completion' as const,
          choices: [
            {
              index: 0,
              message: { role: 'assistant' as const, content: text, refusal: null },
              logprobs: null,
              finish_reason: 'stop' as const,
            },
          ],
          usage: usageOf(answer, promptTokens, text),
          whyface: { analysis_id: id, answer },
        },
        200,
      );
    });
  };

type Needs = { services: Services; client: Client; asked: WireConversation; answerer: Answerer; signal: AbortSignal };

/** The analysis that the conversation is about, made if it is not there. */
const analysisOf = async ({ services: { analyses }, client, asked: { source }, signal }: Needs): Promise<string> => {
  if (source.kind === 'analysis') {
    return (await analyses.get(client, source.id)).id;
  }
  const { resource } = await analyses.submit(client, source.source, {
    options: { purpose: client.purpose },
    waitMs: WAIT_MS,
    signal,
  });
  if (!isEnded(resource.job.status)) {
    throw new WhyfaceError({
      code: 'deadline-exceeded',
      stage: 'jobs',
      message: `The clip is still being analysed; ask again about "analysis:${resource.id}".`,
      retryable: true,
    });
  }
  return resource.id;
};

const answered = async (needs: Needs): Promise<{ id: string; answer: ChatAnswer }> => {
  const id = await analysisOf(needs);
  const { asked, services, client, answerer, signal } = needs;
  const conversation = await conversationOver(services, client, id, { history: asked.history, answerer });
  for await (const event of conversation.answer(asked.question, { signal })) {
    if (event.type === 'answer-end') {
      return { id, answer: event.answer };
    }
    if (event.type === 'error') {
      throw failed(event.error);
    }
  }
  throw new WhyfaceError({ code: 'internal', stage: 'reason', message: 'The conversation ended without an answer.' });
};

const failed = ({ code, message }: { code: string; message: string }): WhyfaceError =>
  new WhyfaceError({
    code: code === 'usage' ? 'usage' : code === 'aborted' ? 'aborted' : 'internal',
    stage: 'reason',
    message,
  });

const usageOf = ({ answerer }: ChatAnswer, promptTokens: number, text: string) => {
  const prompt = answerer.usage?.inputTokens ?? promptTokens;
  const completion = answerer.usage?.outputTokens ?? estimateTokens(text);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
};

type ChunkNeeds = Needs & {
  head: { id: string; created: number; model: string };
  promptTokens: number;
  usage: boolean;
};

/** Chunks as they come: the role at once, so that the client knows it is heard; each sentence once it is checked. */
async function* chunksOf(needs: ChunkNeeds): AsyncGenerator<unknown> {
  const { head, asked, services, client, answerer, signal } = needs;
  const chunk = (delta: object, finish: 'stop' | null, more: object = {}) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...more,
  });
  yield chunk({ role: 'assistant', content: '' }, null);
  const id = await analysisOf(needs);
  const conversation = await conversationOver(services, client, id, { history: asked.history, answerer });
  for await (const event of conversation.answer(asked.question, { signal })) {
    if (event.type === 'sentence') {
      const text = sentenceMarkdown(event.sentence, faultsOf(event.claims, event.index));
      yield chunk({ content: event.index === 0 ? text : ` ${text}` }, null);
    }
    if (event.type === 'error') {
      throw failed(event.error);
    }
    if (event.type === 'answer-end') {
      const { answer } = event;
      const note = standInNote(answer);
      if (note !== '') {
        yield chunk({ content: note }, null);
      }
      yield chunk({}, 'stop', { whyface: { analysis_id: id, answer } });
      if (needs.usage) {
        yield {
          ...head,
          object: 'chat.completion.chunk',
          choices: [],
          usage: usageOf(answer, needs.promptTokens, answerMarkdown(answer)),
        };
      }
    }
  }
}
