/**
 * whyface on Cloudflare Workers: the same HTTP app, text side only. Measurements or analyses come in; explanations,
 * chat and scores go out. D1 stores, a Durable Object counts requests, any OpenAI-compatible address (Workers AI's own
 * among them) is the language model.
 */
import { createOfflineAnswerer } from '../../chat/offline/index.ts';
import { createAnalysisService } from '../../jobs/create-analysis-service.ts';
import { createD1BlobStore } from '../../jobs/d1/d1-blob-store.ts';
import { openD1 } from '../../jobs/d1/d1-client.ts';
import { createInlineQueue } from '../../jobs/inline-queue.ts';
import { createAnalysisHandler } from '../../jobs/run-analysis.ts';
import { createSqliteAnalysisStore } from '../../jobs/sqlite/analysis-store.ts';
import { createSqliteKeyStore } from '../../jobs/sqlite/key-store.ts';
import { readPercepts, writePercepts } from '../../jobs/stored-percepts.ts';
import { toWhyfaceError } from '../../kit/error.ts';
import { VERSION } from '../../kit/version.ts';
import { createAccess } from '../http/access/access.ts';
import { errorResponse } from '../http/api-error.ts';
import { createApp } from '../http/app.ts';
import { openAiRoutes } from '../http/openai/routes.ts';
import { messageRoutes } from '../http/routes/messages.ts';
import { scoreRoutes } from '../http/routes/scores.ts';
import type { App, ServiceLog, Services } from '../http/services.ts';
import { createEdgeSteps } from './edge-steps.ts';
import { type Bindings, type EdgeContext, readEdgeSettings, variablesOf } from './environment.ts';
import { admit } from './rate-limiter.ts';

export { RateLimiter } from './rate-limiter.ts';

/** A request ends within what Workers allow; language models have their own budget within it. */
const DEADLINE_MS = 150_000;

/** One JSON line an entry, as Workers Logs reads them. */
const log: ServiceLog = {
  info: (facts, message) => write('info', facts, message),
  warn: (facts, message) => write('warn', facts, message),
  error: (facts, message) => write('error', facts, message),
};
const write = (level: string, facts: Readonly<Record<string, unknown>>, message: string): void => {
  // biome-ignore lint/suspicious/noConsole: the console is the log of a Worker
  console.log(JSON.stringify({ level, message, ...facts }));
};

const createEdgeApp = (bindings: Bindings): { app: App; expire: () => Promise<void> } => {
  const variables = variablesOf(bindings);
  const settings = readEdgeSettings(variables);
  const now = Date.now;
  const database = openD1(bindings.DB);
  const store = createSqliteAnalysisStore(database);
  const blobs = createD1BlobStore(bindings.DB);
  const queue = createInlineQueue({ now });
  const steps = createEdgeSteps({ env: variables });
  queue.work(createAnalysisHandler({ blobs, results: store, steps, workFolder: '/tmp', clock: now }), {
    concurrency: 1,
  });
  const idleMs = settings.WHYFACE_IDLE_MINUTES * 60_000;
  const access = createAccess({
    keys: createSqliteKeyStore(database),
    purpose: settings.WHYFACE_PURPOSE,
    requestsPerMinute: Number.MAX_SAFE_INTEGER,
    now,
  });
  const analyses = createAnalysisService({
    store,
    blobs,
    queue,
    steps,
    intake: { bytes: null, url: null },
    percepts: {
      write: (id, percepts) => writePercepts(blobs, id, percepts),
      read: (id) => readPercepts(blobs, id),
    },
    version: VERSION,
    now,
    keep: false,
    idleMs,
    deadlineMs: DEADLINE_MS,
    concurrencyOf: () => undefined,
    allowRemoteFrames: false,
  });
  // The agent of the conversation stands on LangChain, which is half a Worker by itself; the rules answer here.
  const answerer = createOfflineAnswerer();
  const services: Services = {
    version: VERSION,
    analyses,
    access: {
      authenticate: access.authenticate,
      admit: (client) => admit(bindings.RATE, client.id, settings.WHYFACE_REQUESTS_PER_MINUTE),
    },
    uploads: null,
    ready: async () => {
      const database_ = await bindings.DB.prepare('SELECT 1')
        .first()
        .then(
          () => ({ name: 'database', ok: true, detail: null }),
          () => ({ name: 'database', ok: false, detail: 'D1 does not answer' }),
        );
      return { status: database_.ok ? 'ready' : 'not-ready', checks: [database_] };
    },
    log,
    meter: () => undefined,
    hosts: null,
    corsOrigins: [],
  };
  return {
    app: createApp(services, [scoreRoutes, messageRoutes(answerer), openAiRoutes(answerer)]),
    expire: async () => {
      for (const id of await store.idle(now() - idleMs)) {
        await blobs.remove(id);
        await store.remove(id);
        await store.audit({ at: now(), client: 'system', action: 'expire', subject: id, detail: {} });
      }
    },
  };
};

/** One app for each set of bindings: an isolate answers many requests with it. */
const apps = new WeakMap<Bindings, ReturnType<typeof createEdgeApp>>();
const appOf = (bindings: Bindings): ReturnType<typeof createEdgeApp> => {
  const known = apps.get(bindings) ?? createEdgeApp(bindings);
  apps.set(bindings, known);
  return known;
};

export default {
  fetch: (request: Request, bindings: Bindings, context: EdgeContext): Response | Promise<Response> => {
    try {
      return appOf(bindings).app.fetch(request, bindings, context);
    } catch (thrown) {
      return errorResponse(toWhyfaceError(thrown, 'config'), crypto.randomUUID());
    }
  },
  /** By the clock of `wrangler.toml`: what nobody asked for is removed. */
  scheduled: (_event: unknown, bindings: Bindings): Promise<void> => appOf(bindings).expire(),
};
