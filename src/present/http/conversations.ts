import type { Answerer } from '../../chat/answerer.ts';
import { type Conversation, createConversation } from '../../chat/conversation.ts';
import type { ChatMessage, Client } from '../../contracts/index.ts';
import { inferenceAllowed } from '../../pipeline/purpose.ts';
import type { Services } from './services.ts';

/** A conversation over an analysis of this client. @throws WhyfaceError `not-found`, `not-ready`, or the error it ended with */
export const conversationOver = async (
  { analyses }: Services,
  client: Client,
  id: string,
  { history, answerer }: { history: readonly ChatMessage[]; answerer: Answerer },
): Promise<Conversation> => {
  const analysis = await analyses.analysis(client, id);
  const [resource, percepts] = await Promise.all([
    analyses.get(client, id),
    // Of an analysis that was brought there are none.
    analyses.percepts(client, id).catch(() => null),
  ]);
  const { purpose: stated } = resource.options;
  // Whichever of the two refuses, refuses.
  const purpose = inferenceAllowed(client.purpose) ? stated : client.purpose;
  await analyses.audit({
    client: client.id,
    action: 'chat',
    subject: resource.id,
    detail: { answerer: answerer.id, purpose },
  });
  return createConversation({ analysis, percepts, explanations: resource.explanations, purpose, history, answerer });
};
