/** Server-sent events as an answer whose reader sets the pace: nothing is buffered for one who does not read. */

export type SseMessage = { event: string; data: string; id?: number | undefined };

/** Comments keep proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies of nginx's kind would hold the events back.
  'x-accel-buffering': 'no',
} as const;

const textOf = ({ event, data, id }: SseMessage): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\n${data
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('')}\n`;

const WAITED = Symbol('waited');

/**
 * Streams messages until they end. `onGone` is called when the reader leaves first.
 *
 * @param onFailure the last message where the source throws
 */
export const eventStream = (
  source: AsyncIterable<SseMessage>,
  options: { onGone: () => void; onFailure: (thrown: unknown) => SseMessage; keepAliveMs?: number },
): Response => {
  const encoder = new TextEncoder();
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<SseMessage>> | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(': whyface\n\n')),
      pull: async (controller) => {
        next ??= iterator.next();
        let timer: ReturnType<typeof setTimeout> | undefined;
        try {
          const waited = new Promise<typeof WAITED>((resolve) => {
            timer = setTimeout(() => resolve(WAITED), options.keepAliveMs ?? KEEP_ALIVE_MS);
          });
          const first = await Promise.race([next, waited]);
          if (first === WAITED) {
            controller.enqueue(encoder.encode(': still here\n\n'));
            return;
          }
          next = null;
          if (first.done === true) {
            controller.close();
          } else {
            controller.enqueue(encoder.encode(textOf(first.value)));
          }
        } catch (thrown) {
          controller.enqueue(encoder.encode(textOf(options.onFailure(thrown))));
          controller.close();
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: async () => {
        options.onGone();
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: HEADERS });
};
