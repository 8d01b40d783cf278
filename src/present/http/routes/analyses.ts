/** Analyses: made, read, followed, explained, exported, deleted. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  analysisJsonBody,
  analysisOptions,
  analysisResource,
  clipExport,
  deletionReceipt,
  explanationRequest,
  explanationsResponse,
  isEnded,
  job,
  percepts as perceptsSchema,
  submitOptions,
} from '../../../contracts/index.ts';
import type { SubmitSource } from '../../../jobs/analysis-service.ts';
import { toErrorRecord, toWhyfaceError, WhyfaceError } from '../../../kit/error.ts';
import { LIMITS } from '../../../kit/limits.ts';
import { usageOf } from '../api-error.ts';
import { eventStream, type SseMessage } from '../event-stream.ts';
import { explanationMessages } from '../explanation-messages.ts';
import { encodePercepts, PERCEPTS_BINARY_TYPE } from '../percepts-binary.ts';
import { readJson } from '../read-json.ts';
import type { App, Services } from '../services.ts';
import { textOptions } from '../text-options.ts';
import { failures, jsonAnswer } from './describe.ts';

const idParameter = z.object({ id: z.string().max(64).describe('`an_…`, or the id of the analysis in it') });
const scoped = { tags: ['analyses'], responses: failures };

const filename = z.string().max(300).describe('What the file is called: a label');

const submitQuery = textOptions({ ...analysisOptions.shape, ...submitOptions.shape, filename });

const submit = createRoute({
  method: 'post',
  path: '/v1/analyses',
  tags: ['analyses'],
  summary: 'Analyse a photo, clip, recording or measurements, and explain it.',
  description:
    'The body is the file itself (streamed, any content type but JSON and multipart), or `multipart/form-data` with a `file` and perhaps a `transcript`, or JSON. The same clip with the same options is analysed once.',
  request: {
    // As it is read below, with the defaults.
    query: z.object({ ...analysisOptions.shape, ...submitOptions.shape, filename: filename.optional() }),
    body: {
      content: {
        'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) },
        'multipart/form-data': {
          schema: z.object({
            file: z.string().meta({ format: 'binary' }),
            transcript: z.string().meta({ format: 'binary' }).optional(),
          }),
        },
        'application/json': {
          schema: z.looseObject({}).describe('`{url}`, `{percepts}` or `{analysis}`, each with `options`'),
        },
      },
    },
  },
  responses: {
    200: jsonAnswer(analysisResource, 'It had been analysed before'),
    201: jsonAnswer(analysisResource, 'Analysed'),
    202: jsonAnswer(analysisResource, 'Being analysed: follow `Location`, or its `/events`'),
    ...failures,
  },
});

const list = createRoute({
  ...scoped,
  method: 'get',
  path: '/v1/analyses',
  summary: 'Your analyses, newest first.',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(20),
      after: z.string().max(64).optional().describe('Id of the last one of the page before'),
    }),
  },
  responses: {
    200: jsonAnswer(z.object({ object: z.literal('list'), data: z.array(analysisResource) }), 'A page of them'),
    ...failures,
  },
});

const read = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}',
  tags: ['analyses'],
  summary: 'An analysis with its explanations, and how far its job is.',
  request: {
    params: idParameter,
    query: z.object({ wait: z.coerce.number().min(0).max(600).default(0).describe('Seconds to wait for its end') }),
  },
  responses: { 200: jsonAnswer(analysisResource, 'As it is now'), ...failures },
});

const events = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/events',
  tags: ['analyses'],
  summary: 'What happens, as server-sent events; `Last-Event-ID` takes up where it broke off.',
  request: { params: idParameter, headers: z.object({ 'last-event-id': z.string().optional() }) },
  responses: {
    200: { description: 'Up to `job-end`', content: { 'text/event-stream': { schema: z.string() } } },
    ...failures,
  },
});

const percepts = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/percepts',
  tags: ['analyses'],
  summary: `The measurements as columns; \`Accept: ${PERCEPTS_BINARY_TYPE}\` for the compact form.`,
  request: { params: idParameter },
  responses: {
    200: {
      description: 'JSON, or a JSON header and binary columns',
      content: {
        'application/json': { schema: z.looseObject({ schema: z.literal(perceptsSchema.shape.schema.value) }) },
        [PERCEPTS_BINARY_TYPE]: { schema: z.string().meta({ format: 'binary' }) },
      },
    },
    ...failures,
  },
});

const explain = createRoute({
  method: 'post',
  path: '/v1/analyses/{id}/explanations',
  tags: ['analyses'],
  summary:
    'Explain a finished analysis again: one person, a range, another reasoner. JSON, or SSE when `Accept` says so.',
  request: {
    params: idParameter,
    body: { required: false, content: { 'application/json': { schema: explanationRequest } } },
  },
  responses: {
    200: {
      description: 'One a person',
      content: { 'application/json': { schema: explanationsResponse }, 'text/event-stream': { schema: z.string() } },
    },
    ...failures,
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/v1/analyses/{id}',
  tags: ['analyses'],
  summary: 'Delete everything held about it; ends its job. The receipt says what was removed.',
  request: { params: idParameter },
  responses: { 200: jsonAnswer(deletionReceipt, 'Nothing of it is left'), ...failures },
});

const exportAll = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/export',
  tags: ['analyses'],
  summary: 'Everything held about it.',
  request: { params: idParameter },
  responses: { 200: jsonAnswer(clipExport, 'Everything'), ...failures },
});

const correction = z.object({
  id: z.int(),
  at: z.number(),
  client: z.string(),
  value: z.unknown(),
});

const correct = createRoute({
  method: 'post',
  path: '/v1/analyses/{id}/corrections',
  tags: ['analyses'],
  summary: 'Note what a person found wrong. Stored beside the analysis, which stays as it was measured.',
  request: {
    params: idParameter,
    body: { content: { 'application/json': { schema: z.looseObject({}) } } },
  },
  responses: { 201: jsonAnswer(correction, 'Noted'), ...failures },
});

const corrections = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/corrections',
  tags: ['analyses'],
  summary: 'What people found wrong.',
  request: { params: idParameter },
  responses: {
    200: jsonAnswer(z.object({ object: z.literal('list'), data: z.array(correction) }), 'All of them'),
    ...failures,
  },
});

const readJob = createRoute({
  method: 'get',
  path: '/v1/jobs/{id}',
  tags: ['jobs'],
  summary: 'The job of an analysis; they share an id.',
  request: { params: idParameter },
  responses: { 200: jsonAnswer(job, 'As it is now'), ...failures },
});

const cancelJob = createRoute({
  method: 'delete',
  path: '/v1/jobs/{id}',
  tags: ['jobs'],
  summary: 'Cancel it. Work in progress stops within two seconds.',
  request: { params: idParameter },
  responses: { 200: jsonAnswer(job, 'As it is now'), ...failures },
});

/** Whether the client would rather have events than one answer. */
export const wantsEvents = (accept: string | undefined): boolean => /\btext\/event-stream\b/.test(accept ?? '');

const isJson = (contentType: string): boolean => /^application\/json\b/i.test(contentType);

export const analysisRoutes = (app: App, services: Services): void => {
  const { analyses } = services;

  // Registered by hand: the body is a stream, which validation would read whole.
  app.openAPIRegistry.registerPath(submit);
  app.post('/v1/analyses', async (context) => {
    const { req } = context;
    const { wait, priority, filename, ...queried } = parsed(submitQuery, req.query());
    const how = parsed(submitOptions, { wait, priority });
    const contentType = req.header('content-type') ?? '';
    const { signal } = req.raw;
    const { source, options } = isJson(contentType)
      ? await sourceOfJson(req.raw)
      : await sourceOfUpload(services, req.raw, contentType, filename);
    const respondAsync = /\brespond-async\b/i.test(req.header('prefer') ?? '');
    const { resource, created } = await analyses.submit(context.get('client'), source, {
      options: parsed(analysisOptions, { ...options, ...queried }),
      waitMs: respondAsync ? 0 : how.wait * 1000,
      priority: how.priority,
      signal,
    });
    context.header('location', `/v1/analyses/${resource.id}`);
    return context.json(resource, isEnded(resource.job.status) ? (created ? 201 : 200) : 202);
  });

  app.openapi(list, async (context) => {
    const { limit, after } = context.req.valid('query');
    const data = await analyses.list(context.get('client'), { limit, after: after ?? null });
    return context.json({ object: 'list' as const, data }, 200);
  });

  app.openapi(read, async (context) => {
    const { id } = context.req.valid('param');
    const timeoutMs = context.req.valid('query').wait * 1000;
    const client = context.get('client');
    const { signal } = context.req.raw;
    return context.json(
      timeoutMs > 0 ? await analyses.wait(client, id, { timeoutMs, signal }) : await analyses.get(client, id),
      200,
    );
  });

  app.openapi(events, async (context) => {
    const { id } = context.req.valid('param');
    const after = Number.parseInt(context.req.header('last-event-id') ?? '0', 10);
    const gone = new AbortController();
    const found = await analyses.events(context.get('client'), id, {
      after: Number.isFinite(after) ? after : 0,
      signal: gone.signal,
    });
    async function* messages(): AsyncGenerator<SseMessage> {
      for await (const { id: number, event } of found) {
        yield { event: event.type, id: number, data: JSON.stringify(event) };
      }
    }
    return eventStream(messages(), { onGone: () => gone.abort(), onFailure: failureMessage });
  });

  app.openapi(percepts, async (context) => {
    const found = await analyses.percepts(context.get('client'), context.req.valid('param').id);
    if ((context.req.header('accept') ?? '').includes(PERCEPTS_BINARY_TYPE)) {
      return context.body(encodePercepts(found), 200, { 'content-type': PERCEPTS_BINARY_TYPE });
    }
    return context.json(found, 200);
  });

  app.openapi(explain, async (context) => {
    const { id } = context.req.valid('param');
    const client = context.get('client');
    const request = context.req.raw.body === null ? {} : parsed(explanationRequest, context.req.valid('json'));
    if (wantsEvents(context.req.header('accept'))) {
      const gone = new AbortController();
      // What can be refused is refused before the stream begins.
      await analyses.analysis(client, id);
      return eventStream(
        explanationMessages(() => analyses.explain(client, id, request, { signal: gone.signal })),
        { onGone: () => gone.abort(), onFailure: failureMessage },
      );
    }
    const data = await analyses.explain(client, id, request, { signal: context.req.raw.signal });
    return context.json({ object: 'list' as const, data }, 200);
  });

  app.openapi(remove, async (context) =>
    context.json(await analyses.remove(context.get('client'), context.req.valid('param').id), 200),
  );
  app.openapi(exportAll, async (context) =>
    context.json(await analyses.export(context.get('client'), context.req.valid('param').id), 200),
  );
  app.openapi(correct, async (context) => {
    const value = context.req.valid('json');
    return context.json(await analyses.correct(context.get('client'), context.req.valid('param').id, value), 201);
  });
  app.openapi(corrections, async (context) => {
    const data = await analyses.corrections(context.get('client'), context.req.valid('param').id);
    return context.json({ object: 'list' as const, data }, 200);
  });
  app.openapi(readJob, async (context) =>
    context.json(await analyses.job(context.get('client'), context.req.valid('param').id), 200),
  );
  app.openapi(cancelJob, async (context) =>
    context.json(await analyses.cancel(context.get('client'), context.req.valid('param').id), 200),
  );
};

const uploadFields = textOptions(analysisOptions.shape);

type Asked = { source: SubmitSource; options: object };

const sourceOfJson = async (request: Request): Promise<Asked> => {
  const body = await readJson(request, analysisJsonBody, LIMITS.requestJsonBytes);
  const options = body.options ?? {};
  if ('url' in body) {
    return { source: { kind: 'url', url: body.url, transcript: body.transcript ?? null }, options };
  }
  return 'percepts' in body
    ? { source: { kind: 'percepts', percepts: body.percepts }, options }
    : { source: { kind: 'analysis', analysis: body.analysis }, options };
};

const sourceOfUpload = async (
  { uploads }: Services,
  request: Request,
  contentType: string,
  filename: unknown,
): Promise<Asked> => {
  if (uploads === null) {
    throw new WhyfaceError({
      code: 'media-unsupported',
      stage: 'input',
      message: 'This server reads no media; send {"percepts": …} or {"analysis": …} as JSON.',
    });
  }
  const announced = request.headers.get('content-length');
  const { clip, transcript, fields } = await uploads.receive({
    body: request.body,
    contentType,
    contentLength: announced === null ? null : Number(announced),
    name: typeof filename === 'string' ? filename : null,
    signal: request.signal,
  });
  try {
    const options = parsed(uploadFields, fields);
    return { source: { kind: 'upload', upload: clip, transcript }, options };
  } catch (thrown) {
    await Promise.all([clip.discard(), transcript?.discard()]);
    throw thrown;
  }
};

/** Read by its schema; what it refuses is wrong usage. */
const parsed = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw usageOf(result.error);
  }
  return result.data;
};

const failureMessage = (thrown: unknown): SseMessage => {
  const { code, stage, message } = toErrorRecord(toWhyfaceError(thrown, 'present'));
  return { event: 'job-error', data: JSON.stringify({ type: 'job-error', error: { code, stage, message } }) };
};
