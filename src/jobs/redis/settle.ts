import type { Redis } from 'ioredis';
import type { ServiceEventDraft } from '../../contracts/index.ts';
import type { JobOutcome } from '../ports.ts';
import { CHANNELS, KEYS } from './keys.ts';
import { END } from './scripts.ts';

/** Ends a job, if nobody has; whether this did. */
export type EndJob = (id: string, outcome: JobOutcome) => Promise<boolean>;

/** Its status and its last events in one step, so that `job-end` is told once whoever ends it. */
export const createEndJob =
  (options: { redis: Redis; now: () => number; beforeTold: ((id: string) => Promise<void>) | undefined }): EndJob =>
  async (id, { status, error }) => {
    const { redis, now, beforeTold } = options;
    await beforeTold?.(id);
    const told = error === null ? null : { code: error.code, stage: error.stage, message: error.message };
    const events: ServiceEventDraft[] = [
      ...(told === null ? [] : [{ type: 'job-error' as const, error: told }]),
      { type: 'job-end', status },
    ];
    const keys = [KEYS.job(id), KEYS.counts, KEYS.events(id)];
    const head = [CHANNELS.news, id, now(), status, told === null ? '' : JSON.stringify(told)];
    const ended = await redis.eval(END, keys.length, ...keys, ...head, ...events.map((event) => JSON.stringify(event)));
    return ended === 1;
  };
