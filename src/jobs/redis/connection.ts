import { Redis } from 'ioredis';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';

/** How long a request waits for a Redis that is away before it is told so; longer than a restart of Redis takes. */
const COMMAND_TIMEOUT_MS = 15_000;
/** Longest pause between two attempts to reach it again. */
const LONGEST_PAUSE_MS = 1_000;

export type RedisUse = 'requests' | 'workers' | 'subscriptions';

/**
 * A connection. Those of workers wait for Redis as long as it takes (what they did must be handed in); requests are told
 * after 15 s that it is away.
 */
export const connectRedis = (url: string, use: RedisUse): Redis => {
  const redis = new Redis(url, {
    // BullMQ's blocking commands want no limit; commands that were sent when the connection broke are sent again.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 6), LONGEST_PAUSE_MS),
    autoResendUnfulfilledCommands: true,
    enableReadyCheck: true,
    ...(use === 'requests' ? { commandTimeout: COMMAND_TIMEOUT_MS } : {}),
  });
  // Without a listener each broken connection would end the process; what fails is told by the commands.
  redis.on('error', () => undefined);
  return redis;
};

/** What Redis says, in words a person can act on; never with the address, which may hold a password. */
export const asRedisError = (thrown: unknown): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  const text = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown);
  if (/timed out|ECONNREFUSED|ECONNRESET|ENOTFOUND|Connection is closed|max retries/i.test(text)) {
    return new WhyfaceError({
      code: 'service-unavailable',
      stage: 'jobs',
      message: 'Redis does not answer; check that it runs and that WHYFACE_REDIS_URL names it, and try again.',
      retryable: true,
      cause: thrown,
    });
  }
  if (/WRONGPASS|NOAUTH|NOPERM/.test(text)) {
    return new WhyfaceError({
      code: 'config-invalid',
      stage: 'jobs',
      message: 'Redis refuses the name or password in WHYFACE_REDIS_URL.',
      cause: thrown,
    });
  }
  return toWhyfaceError(thrown, 'jobs');
};
