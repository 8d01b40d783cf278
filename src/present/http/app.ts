/**
 * The HTTP app. No node imports here or in what it mounts by itself: the same app answers on Node and at the edge. What
 * needs a machine (files, metrics, the page) comes as route groups.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { ERROR_MEANINGS, toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { allowedMethods } from './allowed-methods.ts';
import { errorResponse, usageOf } from './api-error.ts';
import { analysisRoutes } from './routes/analyses.ts';
import { documentRoutes } from './routes/documents.ts';
import { healthRoutes } from './routes/health.ts';
import { assertOwnHost, assertSameOrigin } from './same-origin.ts';
import type { App, AppEnv, RouteGroup, Services } from './services.ts';

/** Paths that need no key. */
const OPEN = [/^\/health\//, /^\/openapi\.json$/, /^\/docs$/];
const GUARDED = [/^\/v1(?:\/|$)/, /^\/mcp(?:\/|$)/, /^\/metrics$/];

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const;

/** Answers carry this unless a route says what it needs. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The app with its core routes and the groups given. */
export const createApp = (services: Services, groups: readonly RouteGroup[] = []): App => {
  const app: App = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) {
        throw usageOf(result.error);
      }
    },
  });

  app.use('*', async (context, next) => {
    const started = performance.now();
    const requestId = crypto.randomUUID();
    context.set('requestId', requestId);
    await next();
    const { headers } = context.res;
    headers.set('x-request-id', requestId);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!headers.has(name)) {
        headers.set(name, value);
      }
    }
    if (!headers.has('content-security-policy')) {
      headers.set('content-security-policy', CONTENT_SECURITY_POLICY);
    }
    if (!headers.has('cache-control')) {
      headers.set('cache-control', 'no-store');
    }
    const { method } = context.req;
    const { status } = context.res;
    const route = routeOf(context);
    const seconds = (performance.now() - started) / 1000;
    services.meter({ method, route, status, seconds });
    services.log.info({ requestId, method, route, status, seconds: Number(seconds.toFixed(4)) }, 'request');
  });

  if (services.corsOrigins.length > 0) {
    app.use(
      '/v1/*',
      cors({
        origin: [...services.corsOrigins],
        allowMethods: ['GET', 'POST', 'DELETE'],
        allowHeaders: ['authorization', 'content-type', 'last-event-id', 'accept'],
        exposeHeaders: ['location', 'retry-after', 'x-request-id'],
        maxAge: 600,
      }),
    );
  }

  app.use('*', async (context, next) => {
    assertOwnHost(context.req.header('host'), services.hosts);
    assertSameOrigin(context.req.raw, services.corsOrigins);
    const { path } = context.req;
    if (GUARDED.some((guarded) => guarded.test(path)) && !OPEN.some((open) => open.test(path))) {
      const client = await services.access.authenticate(context.req.header('authorization') ?? null);
      await services.access.admit(client);
      context.set('client', client);
    }
    await next();
  });

  // The bodies of everything but the analyses themselves are small, and read whole.
  app.use(
    '/v1/analyses/:id/*',
    bodyLimit({
      maxSize: LIMITS.smallBodyBytes,
      onError: () => {
        throw new WhyfaceError({
          code: 'media-too-large',
          stage: 'input',
          message: `The body may have ${LIMITS.smallBodyBytes / 1024 / 1024} MiB.`,
        });
      },
    }),
  );

  app.onError((thrown, context) => {
    const error = thrown instanceof HTTPException ? refusedByHono(thrown) : toWhyfaceError(thrown, 'present');
    const requestId = context.get('requestId');
    const facts = { requestId, code: error.code, stage: error.stage };
    if (ERROR_MEANINGS[error.code].http >= 500) {
      services.log.error({ ...facts, ...faultOf(error) }, 'failed');
    }
    return errorResponse(error, requestId);
  });
  app.notFound((context) => {
    const { path, method } = context.req;
    const allowed = allowedMethods(app.routes, path);
    const error =
      allowed.length === 0
        ? new WhyfaceError({
            code: 'not-found',
            stage: 'present',
            message: `There is nothing at ${path.slice(0, 200)}; /docs lists what is.`,
          })
        : new WhyfaceError({
            code: 'method-not-allowed',
            stage: 'present',
            message: `${method} is not possible here; ${allowed.join(' and ')} ${allowed.length === 1 ? 'is' : 'are'}.`,
          });
    const response = errorResponse(error, context.get('requestId'));
    if (allowed.length > 0) {
      response.headers.set('allow', allowed.join(', '));
    }
    return response;
  });

  healthRoutes(app, services);
  analysisRoutes(app, services);
  for (const group of groups) {
    group(app, services);
  }
  documentRoutes(app, services);
  return app;
};

/** Where it went wrong. Messages may name clips, so the log has the places in the program and the kind of the cause. */
const faultOf = (error: WhyfaceError): { cause: string | null; frames: string[] } => {
  const { cause } = error;
  const origin = cause instanceof Error ? cause : error;
  return {
    cause: cause instanceof Error ? `${cause.name}${'code' in cause ? ` ${String(cause.code)}` : ''}` : null,
    frames: (origin.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
  };
};

/** Hono's own refusals: a body that is not what its type says, or of another type. */
const refusedByHono = (thrown: HTTPException): WhyfaceError =>
  new WhyfaceError({
    code: thrown.status === 415 ? 'media-unsupported' : thrown.status === 413 ? 'media-too-large' : 'usage',
    stage: 'input',
    message:
      thrown.status === 415
        ? 'A body of this type is not taken here; send JSON.'
        : 'The body could not be read as JSON.',
    cause: thrown,
  });

/** The pattern that matched, so that counts do not grow with ids. */
const routeOf = (context: Context<AppEnv>): string =>
  matchedRoutes(context).findLast(({ path }) => path !== '*' && path !== '/*')?.path ?? 'none';
