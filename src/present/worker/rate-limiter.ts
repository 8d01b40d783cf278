import type { DurableObjectNamespace, DurableObjectState } from '@cloudflare/workers-types';
import { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';

const MINUTE_MS = 60_000;

const tally = z.object({ since: z.number(), count: z.number() });
const verdict = z.object({ admitted: z.boolean(), retryAfterSeconds: z.number() });

/** One for each client, wherever its requests arrive: counts them a minute. */
export class RateLimiter {
  private readonly state: DurableObjectState;

  constructor(state: DurableObjectState) {
    this.state = state;
  }

  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const most = Number(searchParams.get('most'));
    const now = Date.now();
    const stored = tally.safeParse(await this.state.storage.get('tally'));
    const current = stored.success && now - stored.data.since < MINUTE_MS ? stored.data : { since: now, count: 0 };
    const admitted = current.count < most;
    if (admitted) {
      await this.state.storage.put('tally', { since: current.since, count: current.count + 1 });
      await this.state.storage.setAlarm(now + 2 * MINUTE_MS);
    }
    const retryAfterSeconds = Math.ceil((current.since + MINUTE_MS - now) / 1000);
    return Response.json({ admitted, retryAfterSeconds });
  }

  /** A client that is quiet leaves nothing behind. */
  async alarm(): Promise<void> {
    await this.state.storage.deleteAll();
  }
}

/** @throws WhyfaceError `rate-limited` with `details.retryAfterSeconds` */
export const admit = async (namespace: DurableObjectNamespace, client: string, most: number): Promise<void> => {
  const response = await namespace.get(namespace.idFromName(client)).fetch(`https://rate/?most=${most}`);
  const { admitted, retryAfterSeconds } = verdict.parse(await response.json());
  if (!admitted) {
    throw new WhyfaceError({
      code: 'rate-limited',
      stage: 'present',
      message: 'Too many requests; slow down.',
      retryable: true,
      details: { retryAfterSeconds },
    });
  }
};
