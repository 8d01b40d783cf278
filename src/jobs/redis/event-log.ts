import type { Redis } from 'ioredis';
import { type ServiceEvent, type ServiceEventDraft, serviceEventDraft } from '../../contracts/index.ts';
import { CHANNELS, KEYS } from './keys.ts';
import { TELL } from './scripts.ts';

/** Most events that are read at once. */
const PAGE = 500;

/** Tells events of a job, each key once, and moves the stage and progress that readers of the job see. */
export const tellEvents = async (
  redis: Redis,
  id: string,
  entries: ReadonlyArray<{ key: string; event: ServiceEventDraft }>,
  now: number,
): Promise<void> => {
  const { stage, progress } = standingOf(entries.map(({ event }) => event));
  const pairs = entries.flatMap(({ key, event }) => [key, JSON.stringify(event)]);
  const head = [CHANNELS.news, id, now, stage, progress];
  await redis.eval(TELL, 3, KEYS.job(id), KEYS.events(id), KEYS.told(id), ...head, ...pairs);
};

/** Where the last of the events leaves the job; empty where none speaks of a stage. */
const standingOf = (events: readonly ServiceEventDraft[]): { stage: string; progress: string } => {
  for (const event of events.toReversed()) {
    if (event.type === 'stage-start') {
      return { stage: event.stage, progress: '' };
    }
    if (event.type === 'stage-progress') {
      return { stage: event.stage, progress: event.total > 0 ? String(Math.min(1, event.done / event.total)) : '' };
    }
    if (event.type === 'stage-end') {
      return { stage: event.stage, progress: '1' };
    }
  }
  return { stage: '', progress: '' };
};

/** Those that are there after `after`, at most a page of them. */
export const readEvents = async (redis: Redis, id: string, after: number): Promise<ServiceEvent[]> => {
  const entries = await redis.xrange(KEYS.events(id), `${after + 1}-0`, '+', 'COUNT', PAGE);
  return entries.map(([number, fields]) => ({
    id: Number.parseInt(number, 10),
    event: serviceEventDraft.parse(JSON.parse(fields[1] ?? 'null')),
  }));
};
