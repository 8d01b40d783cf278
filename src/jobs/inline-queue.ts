/** `JobQueue` that does each job at once, within the request that brought it: the edge, where no process stays. */
import { isEnded, type Job, type ServiceEvent, type ServiceEventDraft } from '../contracts/index.ts';
import { toWhyfaceError } from '../kit/error.ts';
import type { JobDraft, JobHandler, JobQueue } from './ports.ts';

/** Ended jobs that are remembered; the results are in the store. */
const REMEMBERED = 100;

type Entry = { job: Job; events: ServiceEvent[]; controller: AbortController; ended: Promise<void> };

export const createInlineQueue = ({ now }: { now: () => number }): JobQueue => {
  const entries = new Map<string, Entry>();
  let handler: JobHandler | null = null;
  const iso = (): string => new Date(now()).toISOString();

  const forgetOld = (): void => {
    for (const [id, { job }] of entries) {
      if (entries.size <= REMEMBERED) {
        return;
      }
      if (isEnded(job.status)) {
        entries.delete(id);
      }
    }
  };

  const run = async (entry: Entry, draft: JobDraft): Promise<void> => {
    const { controller } = entry;
    const told = new Set<string>();
    const tell = (key: string, event: ServiceEventDraft): void => {
      if (!told.has(key)) {
        told.add(key);
        entry.events.push({ id: entry.events.length + 1, event });
        if (event.type === 'stage-start') {
          entry.job = { ...entry.job, stage: event.stage };
        }
      }
    };
    const finish = (status: 'succeeded' | 'failed' | 'cancelled', error: Job['error']): void => {
      if (error !== null) {
        tell('job-error', { type: 'job-error', error });
      }
      tell('job-end', { type: 'job-end', status });
      entry.job = { ...entry.job, status, error, stage: null, endedAt: iso() };
    };
    const timer = setTimeout(() => controller.abort(new DOMException('deadline', 'TimeoutError')), draft.deadlineMs);
    try {
      await handler?.(draft.payload, {
        attempt: 1,
        signal: controller.signal,
        emit: async (batch) => {
          for (const { key, event } of batch) {
            tell(key, event);
          }
        },
      });
      finish('succeeded', null);
    } catch (thrown) {
      if (controller.signal.aborted && controller.signal.reason === CANCELLED) {
        finish('cancelled', null);
      } else {
        const { code, stage, message } = toWhyfaceError(thrown, 'jobs');
        finish('failed', { code, stage, message });
      }
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    enqueue: async (draft) => {
      const { id } = draft.payload;
      const known = entries.get(id);
      if (known !== undefined && known.job.status !== 'failed' && known.job.status !== 'cancelled') {
        await known.ended;
        return known.job;
      }
      forgetOld();
      const job: Job = {
        id,
        status: 'running',
        stage: null,
        progress: null,
        attempt: 1,
        ahead: null,
        createdAt: iso(),
        startedAt: iso(),
        endedAt: null,
        error: null,
      };
      const entry: Entry = { job, events: [], controller: new AbortController(), ended: Promise.resolve() };
      entries.set(id, entry);
      entry.ended = run(entry, draft);
      await entry.ended;
      return entry.job;
    },
    get: async (id) => entries.get(id)?.job ?? null,
    cancel: async (id) => {
      const entry = entries.get(id);
      if (entry === undefined || isEnded(entry.job.status)) {
        return false;
      }
      entry.controller.abort(CANCELLED);
      return true;
    },
    events: async function* (id, { after }) {
      const entry = entries.get(id);
      await entry?.ended;
      yield* (entry?.events ?? []).filter((event) => event.id > after);
    },
    ended: async (id) => {
      const entry = entries.get(id);
      await entry?.ended;
      return entry?.job ?? null;
    },
    work: (given) => {
      handler = given;
      return { close: async () => undefined };
    },
    depth: async () => ({ queued: 0, running: [...entries.values()].filter(({ job }) => !isEnded(job.status)).length }),
    purge: async (id) => (entries.delete(id) ? 1 : 0),
    check: async () => undefined,
    close: async () => undefined,
  };
};

const CANCELLED = Symbol('cancelled');
