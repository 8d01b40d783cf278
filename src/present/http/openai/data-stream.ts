/** Chunks as OpenAI streams them: `data:` lines without names, `[DONE]` at the end, a failure as a `data:` line of its own. */

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/** Comments keep proxies from closing a stream that waits for an analysis. */
const KEEP_ALIVE_MS = 10_000;

const WAITED = Symbol('waited');

export const dataStream = (
  source: AsyncGenerator<unknown>,
  { onGone, onFailure }: { onGone: () => void; onFailure: (thrown: unknown) => unknown },
): Response => {
  const encoder = new TextEncoder();
  const line = (value: unknown): Uint8Array =>
    encoder.encode(`data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`);
  let next: Promise<IteratorResult<unknown>> | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        next ??= source.next();
        let timer: ReturnType<typeof setTimeout> | undefined;
        try {
          const waited = new Promise<typeof WAITED>((resolve) => {
            timer = setTimeout(() => resolve(WAITED), KEEP_ALIVE_MS);
          });
          const first = await Promise.race([next, waited]);
          if (first === WAITED) {
            controller.enqueue(encoder.encode(': still here\n\n'));
            return;
          }
          next = null;
          if (first.done === true) {
            controller.enqueue(line('[DONE]'));
            controller.close();
          } else {
            controller.enqueue(line(first.value));
          }
        } catch (thrown) {
          // After the first byte there is no status left to tell it by; the stream ends without [DONE].
          controller.enqueue(line(onFailure(thrown)));
          controller.close();
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: async () => {
        onGone();
        await source.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: HEADERS });
};
