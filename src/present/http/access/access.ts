import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ApiKeyFacts, Client, Purpose } from '../../../contracts/index.ts';
import type { KeyStore } from '../../../jobs/ports.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import type { Access } from '../services.ts';
import { findApiKey } from './api-key.ts';

export type AccessOptions = {
  /** `null`: no keys are asked for, everybody is the client "local". */
  keys: KeyStore | null;
  /** That of the server, for keys that state none. */
  purpose: Purpose;
  requestsPerMinute: number;
  now: () => number;
};

export type NodeAccess = Access & {
  /** Most analyses of this client at once, where its key says. */
  concurrencyOf(client: Client): number | undefined;
};

const unauthenticated = (message: string): WhyfaceError =>
  new WhyfaceError({ code: 'unauthenticated', stage: 'config', message });

/** Refused keys a minute from all, so that guessing is slow; right keys are not counted here. */
const WRONG_KEYS_PER_MINUTE = 300;

export const createAccess = ({ keys, purpose, requestsPerMinute, now }: AccessOptions): NodeAccess => {
  const wrong = new RateLimiterMemory({ points: WRONG_KEYS_PER_MINUTE, duration: 60 });
  const limiters = new Map<number, RateLimiterMemory>();
  const facts = new Map<string, ApiKeyFacts>();

  const limiterFor = (points: number): RateLimiterMemory => {
    const known = limiters.get(points) ?? new RateLimiterMemory({ points, duration: 60, keyPrefix: String(points) });
    limiters.set(points, known);
    return known;
  };

  const consume = async (limiter: RateLimiterMemory, id: string): Promise<void> => {
    try {
      await limiter.consume(id);
    } catch (thrown) {
      if (thrown instanceof RateLimiterRes) {
        throw new WhyfaceError({
          code: 'rate-limited',
          stage: 'present',
          message: 'Too many requests; slow down.',
          retryable: true,
          details: { retryAfterSeconds: thrown.msBeforeNext / 1000 },
        });
      }
      throw thrown;
    }
  };

  return {
    authenticate: async (authorization) => {
      if (keys === null) {
        return { id: 'local', scopes: ['read', 'analyse', 'admin'], purpose };
      }
      const text = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
      if (text === undefined) {
        throw unauthenticated('This server asks for a key: send it as "Authorization: Bearer wf_…".');
      }
      const found = await findApiKey(keys, text, now);
      if (found === null) {
        await consume(wrong, 'wrong');
        throw unauthenticated('This key is not known, has been withdrawn, or has expired.');
      }
      facts.set(found.id, found);
      return { id: found.id, scopes: found.scopes, purpose: found.purpose ?? purpose };
    },
    admit: (client) => consume(limiterFor(facts.get(client.id)?.requestsPerMinute ?? requestsPerMinute), client.id),
    concurrencyOf: (client) => facts.get(client.id)?.concurrency ?? undefined,
  };
};
