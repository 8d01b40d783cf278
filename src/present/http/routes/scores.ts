import { createRoute } from '@hono/zod-openapi';
import { scoreItems, scoreRequest, scoreResponse } from '../../../../eval/score-items.ts';
import { LIMITS } from '../../../kit/limits.ts';
import { readJson } from '../read-json.ts';
import type { RouteGroup } from '../services.ts';
import { failures, jsonAnswer } from './describe.ts';

const score = createRoute({
  method: 'post',
  path: '/v1/scores',
  tags: ['scores'],
  summary: 'Score explanations, labels or classes against references; the functions of `whyface eval`.',
  request: { body: { content: { 'application/json': { schema: scoreRequest } } } },
  responses: { 200: jsonAnswer(scoreResponse, 'Scores, with an interval and one for each clip'), ...failures },
});

/** `POST /v1/scores`. What is scored is what is sent; nothing is kept. */
export const scoreRoutes: RouteGroup = (app) => {
  // Registered by hand: the body is read no further than its limit before anything looks at it.
  app.openAPIRegistry.registerPath(score);
  app.post('/v1/scores', async (context) =>
    context.json(scoreItems(await readJson(context.req.raw, scoreRequest, LIMITS.requestJsonBytes)), 200),
  );
};
