import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { readiness } from '../../../contracts/index.ts';
import type { App, Services } from '../services.ts';
import { jsonAnswer } from './describe.ts';

const live = createRoute({
  method: 'get',
  path: '/health/live',
  tags: ['operations'],
  summary: 'Whether the process answers',
  responses: { 200: jsonAnswer(z.object({ status: z.literal('live') }), 'It does') },
});

const ready = createRoute({
  method: 'get',
  path: '/health/ready',
  tags: ['operations'],
  summary: 'Whether it can take work, each condition by name',
  responses: { 200: jsonAnswer(readiness, 'Ready'), 503: jsonAnswer(readiness, 'Not ready') },
});

export const healthRoutes = (app: App, services: Services): void => {
  app.openapi(live, (context) => context.json({ status: 'live' as const }, 200));
  app.openapi(ready, async (context) => {
    const found = await services.ready();
    return context.json(found, found.status === 'ready' ? 200 : 503);
  });
};
