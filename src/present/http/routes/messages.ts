/** Talking about an analysis. No node imports. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Answerer } from '../../../chat/answerer.ts';
import { wholeAnswer } from '../../../chat/conversation.ts';
import { type ChatEvent, chatAnswer, chatRequest } from '../../../contracts/index.ts';
import { toErrorRecord, toWhyfaceError, WhyfaceError } from '../../../kit/error.ts';
import { conversationOver } from '../conversations.ts';
import { eventStream, type SseMessage } from '../event-stream.ts';
import type { RouteGroup } from '../services.ts';
import { wantsEvents } from './analyses.ts';
import { failures } from './describe.ts';

const messages = createRoute({
  method: 'post',
  path: '/v1/analyses/{id}/messages',
  tags: ['chat'],
  summary: 'Ask about an analysis; each sentence of the answer cites its evidence and is checked.',
  description:
    'With `Accept: text/event-stream` as events (`step`, `text-delta`, `sentence`, `answer-end`, `error`), else one JSON answer. The messages are the whole conversation so far; the last one is the question.',
  request: {
    params: z.object({ id: z.string().max(64).describe('`an_…`, or the id of the analysis in it') }),
    body: { content: { 'application/json': { schema: chatRequest } }, required: true },
  },
  responses: {
    200: {
      description: 'The answer',
      content: { 'application/json': { schema: chatAnswer }, 'text/event-stream': { schema: z.string() } },
    },
    ...failures,
  },
});

/** `POST /v1/analyses/{id}/messages` */
export const messageRoutes =
  (answerer: Answerer): RouteGroup =>
  (app, services) => {
    app.openapi(messages, async (context) => {
      const { messages: all, language } = context.req.valid('json');
      const question = all.at(-1);
      if (question === undefined || question.role !== 'user') {
        throw new WhyfaceError({
          code: 'usage',
          stage: 'input',
          message: 'The last message must be a question of the user.',
          details: { param: 'messages' },
        });
      }
      if (!/^en(?:-|$)/i.test(language)) {
        throw new WhyfaceError({
          code: 'usage',
          stage: 'input',
          message: 'Conversations are in English.',
          details: { param: 'language' },
        });
      }
      const client = context.get('client');
      const { id } = context.req.valid('param');
      const conversation = await conversationOver(services, client, id, { history: all.slice(0, -1), answerer });
      if (wantsEvents(context.req.header('accept'))) {
        const gone = new AbortController();
        return eventStream(named(conversation.answer(question.content, { signal: gone.signal })), {
          onGone: () => gone.abort(),
          onFailure,
        });
      }
      const answer = await wholeAnswer(conversation.answer(question.content, { signal: context.req.raw.signal }));
      return context.json(answer, 200);
    });
  };

async function* named(events: AsyncIterable<ChatEvent>): AsyncGenerator<SseMessage> {
  for await (const event of events) {
    yield { event: event.type, data: JSON.stringify(event) };
  }
}

const onFailure = (thrown: unknown): SseMessage => {
  const { code, message } = toErrorRecord(toWhyfaceError(thrown, 'present'));
  return { event: 'error', data: JSON.stringify({ type: 'error', error: { code, message } }) };
};
