/**
 * The one way out to a language model's server. The key goes to the host that was named and to no other, an answer has a
 * most of bytes, and every byte that comes is told to whoever watches for silence.
 */
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';

export type GuardOptions = {
  fetch: typeof fetch;
  mostBytes: number;
  onBytes: () => void;
  /** Called once, when there are too many. */
  onTooLong: () => void;
};

export const guardedFetch =
  ({ fetch: send, mostBytes, onBytes, onTooLong }: GuardOptions): typeof fetch =>
  async (input, init) => {
    // "manual": a redirect comes back as an answer with status 3xx, which is a failure; "error" is unknown to Workers.
    const response = await send(input, { ...init, redirect: 'manual' });
    onBytes();
    if (response.body === null) {
      return response;
    }
    let bytes = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength;
          if (bytes > mostBytes) {
            onTooLong();
            controller.terminate();
            return;
          }
          onBytes();
          controller.enqueue(chunk);
        },
      }),
    );
    const { status, statusText, headers } = response;
    if (response.ok && isJson(headers)) {
      return await asEvents(new Response(counted, { status, statusText, headers }));
    }
    return new Response(response.ok ? eventsAlone(counted) : counted, { status, statusText, headers });
  };

/**
 * The events that hold data. The SDK takes an event without data (`event: ping`, as some proxies send) for broken JSON,
 * and is slow on long lines.
 */
const eventsAlone = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
  body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .pipeThrough(
      new TransformStream<EventSourceMessage, string>({
        transform: ({ data }, controller) => {
          if (data.trim() !== '') {
            controller.enqueue(`data: ${data.replace(/\n/g, ' ')}\n\n`);
          }
        },
      }),
    )
    .pipeThrough(new TextEncoderStream());

const isJson = (headers: Headers): boolean =>
  /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');

/** A server that cannot stream answers with one JSON body: the same as a stream of one event. */
const asEvents = async (response: Response): Promise<Response> => {
  const text = (await response.text()).replace(/[\r\n]+/g, ' ');
  return new Response(`data: ${text}\n\ndata: [DONE]\n\n`, {
    status: response.status,
    headers: { 'content-type': 'text/event-stream' },
  });
};
