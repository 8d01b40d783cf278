import { createParser } from 'eventsource-parser';
import { type ChatEvent, type ChatMessage, chatEvent } from '../../../contracts/chat.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { faultOf, refuse } from '../api/refuse.ts';

export type AskOptions = {
  base: URL;
  resourceId: string;
  messages: readonly ChatMessage[];
  headers: Record<string, string>;
  signal: AbortSignal;
  onEvent: (event: ChatEvent) => void;
};

/**
 * Asks the service about a clip, and tells of the answer as it is written.
 *
 * @throws WhyfaceError where the service refuses, fails, or ends in the middle; whatever an aborted request throws
 */
export const askService = async (options: AskOptions): Promise<void> => {
  const { base, resourceId, messages, headers, signal, onEvent } = options;
  const response = await fetch(new URL(`v1/analyses/${resourceId}/messages`, base), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ messages }),
    signal,
  });
  if (!response.ok) {
    const body = await response.text();
    const missing = [404, 405, 501].includes(response.status) && (await holds(options));
    return missing ? withoutConversation() : refuse(response.status, body);
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let ended = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      const event = readEvent(data);
      if (event === null) {
        return;
      }
      if (event.type === 'error') {
        throw faultOf(event.error.code, event.error.message);
      }
      ended ||= event.type === 'answer-end';
      onEvent(event);
    },
  });
  while (reader !== undefined && !ended) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    parser.feed(value);
  }
  await reader?.cancel();
  if (!ended) {
    throw faultOf('service-unavailable', 'The answer broke off. Ask again, please.');
  }
};

/** Another program's event, or a newer one's, is passed over. */
const readEvent = (data: string): ChatEvent | null => {
  try {
    return chatEvent.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
};

/** The service holds the clip, so that it is the conversation which is not there. */
const holds = async ({ base, resourceId, headers, signal }: AskOptions): Promise<boolean> =>
  (await fetch(new URL(`v1/analyses/${resourceId}`, base), { headers, signal })).ok;

const withoutConversation = (): never => {
  throw new WhyfaceError({
    code: 'service-unavailable',
    stage: 'present',
    message: 'This service cannot be talked to about a clip. What it measured and concluded stands under “Why”.',
  });
};
