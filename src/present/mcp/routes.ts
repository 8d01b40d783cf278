import { createMcpHandler } from '@modelcontextprotocol/server';
import type { Answerer } from '../../chat/answerer.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { RouteGroup } from '../http/services.ts';
import { createWhyfaceMcp } from './server.ts';
import { serviceBackend } from './service-backend.ts';

/** `/mcp`: Streamable HTTP, a server for each request, so that every call has its own client and nothing is held between them. */
export const mcpRoutes =
  (answerer: Answerer): RouteGroup =>
  (app, services) => {
    app.all('/mcp', (context) => {
      const backend = serviceBackend(services, context.get('client'));
      const handler = createMcpHandler(() => createWhyfaceMcp(backend, answerer), {
        maxRequestBodySize: LIMITS.requestJsonBytes,
      });
      return handler.fetch(context.req.raw);
    });
  };
