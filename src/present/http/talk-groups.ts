import { chooseAnswerer } from '../../chat/choose-answerer.ts';
import { mcpRoutes } from '../mcp/routes.ts';
import { openAiRoutes } from './openai/routes.ts';
import { messageRoutes } from './routes/messages.ts';
import type { RouteGroup } from './services.ts';

/**
 * The ways to talk about an analysis: messages, OpenAI's wire format, MCP. A language model answers where one is set up.
 *
 * @throws WhyfaceError `config-invalid` with all that is wrong with its settings
 */
export const talkGroups = (env: Readonly<Record<string, string | undefined>>): RouteGroup[] => {
  const answerer = chooseAnswerer('auto', { env });
  return [messageRoutes(answerer), openAiRoutes(answerer), mcpRoutes(answerer)];
};
