/** Where things lie in Redis. One prefix, so that whyface shares a Redis with others and can be removed from it whole. */
const PREFIX = 'whyface';

/** Name and prefix of the BullMQ queue, which decides what runs when; what a job has come to stands in `job`. */
export const QUEUE = { name: 'analyses', prefix: `${PREFIX}:queue` } as const;

export const KEYS = {
  /** Hash: the job as its readers see it (`job-hash.ts`). */
  job: (id: string): string => `${PREFIX}:job:${id}`,
  /** Stream: its events, numbered from 1. */
  events: (id: string): string => `${PREFIX}:events:${id}`,
  /** Set: keys of the events that were told. */
  told: (id: string): string => `${PREFIX}:told:${id}`,
  /** Hash `queued`, `running`, and the same for each owner (`queued:OWNER`): how many there are. */
  counts: `${PREFIX}:counts`,
} as const;

export const CHANNELS = {
  /** The id of a job of which there is something new. */
  news: `${PREFIX}:news`,
  /** The id of a job that shall stop. */
  cancel: `${PREFIX}:cancel`,
} as const;
