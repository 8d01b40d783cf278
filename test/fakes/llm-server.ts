/**
 * A scripted stand-in for an OpenAI-compatible server, on loopback. Each request takes the next script; the last one
 * stays. A script is a list of steps; what it leaves open (headers, end) is done as a well-behaved server would.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type ChatMessage = { role: string; content: string };

export type ChatRequest = {
  model: string;
  messages: ChatMessage[];
  stream: boolean;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  path: string;
  /** The whole body as it was sent. */
  body: Readonly<Record<string, unknown>>;
};

/** What a model would say to a request. */
export type Brain = (request: ChatRequest) => string;

export type Step =
  /** The status line and headers; 200 and an event stream unless said otherwise. */
  | { status: number; headers?: Record<string, string> }
  | { delay: number }
  /** Bytes as they are. */
  | { chunk: string | Uint8Array }
  /** Words of the model, as one server-sent event. */
  | { delta: string }
  /** The whole answer of a model, in events of `size` characters, with its end, usage and `[DONE]`. */
  | { answer: string | Brain; size?: number; finish?: 'stop' | 'length' | 'content_filter'; done?: boolean }
  /** A body that is no stream: a plain JSON completion. */
  | { json: unknown }
  /** Bytes that are no answer at all. */
  | { garbage: number }
  /** Deltas without end, until the client goes. */
  | { endless: string }
  /** Closes the connection where it is. */
  | { cut: true }
  /** Nothing more, and no end either. */
  | { hang: true }
  /** Refuses parameters a server does not know, with status 400, before anything else is done. */
  | { refuse: readonly string[] };

export type Script = readonly Step[];

export type FakeLlmServer = {
  /** To be given as `WHYFACE_LLM_BASE_URL`. */
  baseUrl: string;
  requests: ChatRequest[];
  /** The scripts from the next request on. */
  play(...scripts: Script[]): void;
  /** Connections that the client closed before the script was through. */
  left(): number;
  close(): Promise<void>;
};

export type FakeLlmOptions = {
  model?: string;
  /** The answer to every request without a script. */
  brain?: Brain;
};

/** A script that answers with what the model says. */
export const answering = (answer: string | Brain, size = 24): Script => [{ answer, size }];

export const startFakeLlm = async ({ model = 'fake-model', brain }: FakeLlmOptions = {}): Promise<FakeLlmServer> => {
  const requests: ChatRequest[] = [];
  const sockets = new Set<Socket>();
  let scripts: Script[] = brain === undefined ? [] : [answering(brain)];
  let left = 0;

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    requests.push(request);
    const script = (scripts.length > 1 ? scripts.shift() : scripts[0]) ?? [{ status: 404 }];
    let finished = false;
    response.on('close', () => {
      left += finished ? 0 : 1;
    });
    await perform(script, { request, response, model });
    finished = true;
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    play: (...next) => {
      scripts = next;
    },
    left: () => left,
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};

type Stage = { request: ChatRequest; response: ServerResponse; model: string };

const perform = async (script: Script, stage: Stage): Promise<void> => {
  const { request, response, model } = stage;
  const start = (status = 200, headers: Record<string, string> = {}): void => {
    if (!response.headersSent) {
      response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
      response.flushHeaders();
    }
  };
  const event = (data: unknown): void => {
    start();
    response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  };
  for (const step of script) {
    if (response.destroyed) {
      return;
    }
    if ('refuse' in step) {
      const refused = step.refuse.find((name) => name in request.body);
      if (refused !== undefined) {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: `Unsupported parameter: '${refused}'.`, param: refused } }));
        return;
      }
    } else if ('status' in step) {
      const json = step.status === 200 ? {} : { 'content-type': 'application/json' };
      start(step.status, { ...json, ...step.headers });
    } else if ('delay' in step) {
      await sleep(step.delay);
    } else if ('chunk' in step) {
      start();
      response.write(step.chunk);
    } else if ('delta' in step) {
      event(deltaEvent(model, step.delta));
    } else if ('answer' in step) {
      const text = typeof step.answer === 'string' ? step.answer : step.answer(request);
      if (!request.stream) {
        await perform([{ json: completion(model, text) }], stage);
        return;
      }
      const size = step.size ?? 24;
      for (let at = 0; at < text.length && !response.destroyed; at += size) {
        event(deltaEvent(model, text.slice(at, at + size)));
      }
      event({ model, choices: [{ index: 0, delta: {}, finish_reason: step.finish ?? 'stop' }] });
      event({ model, choices: [], usage: usageOf(request, text) });
      if (step.done !== false) {
        event('[DONE]');
      }
    } else if ('json' in step) {
      if (!response.headersSent) {
        response.writeHead(200, { 'content-type': 'application/json' });
      }
      response.end(JSON.stringify(step.json));
      return;
    } else if ('garbage' in step) {
      start();
      // Every byte value, invalid UTF-8 and control characters among them.
      response.write(Uint8Array.from({ length: step.garbage }, (_, index) => (index * 167 + 13) % 256));
    } else if ('endless' in step) {
      while (!response.destroyed) {
        event(deltaEvent(model, step.endless));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return;
    } else if ('cut' in step) {
      // The bytes before must be out: the client is to see a broken answer, not a refused connection.
      await new Promise((resolve) => setImmediate(resolve));
      response.destroy();
      return;
    } else {
      await new Promise<void>((resolve) => response.on('close', resolve));
      return;
    }
  }
  start();
  response.end();
};

const deltaEvent = (model: string, content: string): unknown => ({
  id: 'chatcmpl-fake',
  object: 'chat.completion.chunk',
  model,
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
});

const usageOf = (request: ChatRequest, text: string): { prompt_tokens: number; completion_tokens: number } => ({
  prompt_tokens: Math.ceil(request.messages.reduce((sum, { content }) => sum + content.length, 0) / 4),
  completion_tokens: Math.ceil(text.length / 4),
});

const completion = (model: string, content: string): unknown => ({
  id: 'chatcmpl-fake',
  object: 'chat.completion',
  model,
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1 },
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (content: unknown): string => {
  if (typeof content === 'string') {
    return content;
  }
  return Array.isArray(content)
    ? content
        .flatMap((part: unknown) => (isRecord(part) && typeof part.text === 'string' ? [part.text] : []))
        .join('\n')
    : '';
};

const readRequest = async (incoming: IncomingMessage): Promise<ChatRequest> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  const body = isRecord(parsed) ? parsed : {};
  const messages = Array.isArray(body.messages) ? body.messages : [];
  return {
    model: String(body.model ?? ''),
    messages: messages.map((message: unknown) => {
      const { role, content } = isRecord(message) ? message : {};
      return { role: String(role ?? ''), content: textOf(content) };
    }),
    stream: body.stream === true,
    headers: incoming.headers,
    path: incoming.url ?? '',
    body,
  };
};
