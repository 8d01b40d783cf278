/** `JobQueue` in the same SQLite file: one process or several on one machine. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { isEnded, type Job, jobStatus, type ServiceEvent, type ServiceEventDraft } from '../../contracts/index.ts';
import { yieldToEventLoop } from '../../kit/abort.ts';
import { type Clock, monotonicClock } from '../../kit/clock.ts';
import { type ErrorRecord, toErrorRecord, toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { isGone, newHolder } from '../holder.ts';
import { lateJob, poisonedJob, queueFull } from '../job-errors.ts';
import type { JobContext, JobDraft, JobHandler, JobOutcome, JobQueue, JobWorker } from '../ports.ts';
import { JOB_SETTINGS, type JobSettings } from '../settings.ts';
import { createSignpost, sleep } from '../signpost.ts';
import { eventOf, type JobRow, jobOf, payloadOf, rankOf } from './job-rows.ts';
import type { Database } from './open-database.ts';
import * as table from './schema.ts';

export type SqliteQueueOptions = {
  settings?: Partial<JobSettings> | undefined;
  /** Of the wall, for what people read. */
  now?: (() => number) | undefined;
  /** Monotonic: whether somebody is silent for too long is not decided by the wall clock. */
  clock?: Clock | undefined;
  /** Told how long a job waited and took, for metrics. */
  onStarted?: ((facts: { waitedMs: number }) => void) | undefined;
  onEnded?: ((facts: { id: string; outcome: JobOutcome['status']; ranMs: number }) => void) | undefined;
  /** Runs when a job has ended and before anybody hears of it: takes the clip away. */
  beforeTold?: ((id: string) => Promise<void>) | undefined;
};

const EVENTS_A_PAGE = 500;
/** Looks without a new sign before a holder counts as silent: after a machine was suspended, or stood still, all wake at once. */
const LEAST_LOOKS = 5;
/** Why an attempt was ended from outside. */
const CANCELLED = Symbol('cancelled');
const LEASE_LOST = Symbol('lease-lost');
const LET_GO = Symbol('let-go');
const TOO_LATE = Symbol('too-late');

export const createSqliteJobQueue = (database: Database, options: SqliteQueueOptions = {}): JobQueue => {
  const { drizzle: db, client } = database;
  const settings: JobSettings = { ...JOB_SETTINGS, ...options.settings };
  const now = options.now ?? Date.now;
  const clock = options.clock ?? monotonicClock;
  const changes = createSignpost();
  /** Attempts that run in this process, by job. */
  const running = new Map<string, AbortController>();
  const workers = new Set<JobWorker>();
  let closed = false;

  const rowOf = async (id: string): Promise<JobRow | null> =>
    (await db.select().from(table.jobs).where(eq(table.jobs.id, id)))[0] ?? null;

  const aheadOf = async (row: JobRow): Promise<number | null> => {
    if (row.status !== 'queued') {
      return null;
    }
    const { rows } = await client.execute({
      sql: `SELECT count(*) AS ahead FROM jobs WHERE status = 'queued'
            AND (priority > ? OR (priority = ? AND queued_order < ?))`,
      args: [row.priority, row.priority, row.queuedOrder],
    });
    return Number(rows[0]?.ahead ?? 0);
  };

  const get = async (id: string): Promise<Job | null> => {
    const row = await rowOf(id);
    return row === null ? null : jobOf(row, await aheadOf(row));
  };

  const eventStatement = (id: string, key: string, event: ServiceEventDraft, holder: string | null) => ({
    sql: `INSERT OR IGNORE INTO events (job, number, key, body)
          SELECT id, coalesce((SELECT max(number) FROM events WHERE job = jobs.id), event_base) + 1, ?, ?
          FROM jobs WHERE id = ? AND (? IS NULL OR holder = ?)`,
    args: [key, JSON.stringify(event), id, holder, holder],
  });

  /** The end of a job and the telling of it, together or not at all; `false` where it was no longer this holder's. */
  const end = async (id: string, holder: string | null, outcome: JobOutcome): Promise<boolean> => {
    const { status, error } = outcome;
    const [, , ended] = await client.batch(
      [
        error === null
          ? 'SELECT 1'
          : eventStatement(id, 'job-error', { type: 'job-error', error: publicError(error) }, holder),
        eventStatement(id, 'job-end', { type: 'job-end', status }, holder),
        {
          sql: `UPDATE jobs SET status = ?, error = ?, ended_at = ?, holder = NULL, stage = NULL, progress = NULL
                WHERE id = ? AND status IN ('queued', 'running') AND (? IS NULL OR holder = ?)`,
          args: [status, error === null ? null : JSON.stringify(publicError(error)), now(), id, holder, holder],
        },
      ],
      'write',
    );
    // What is left after a crash here goes with the next round of housekeeping.
    await options.beforeTold?.(id).catch(() => undefined);
    changes.announce(id);
    return (ended?.rowsAffected ?? 0) > 0;
  };

  /** Takes the job whose turn it is: priority, then whoever has least running, then whoever waited longest for a turn. */
  const claim = async (holder: string): Promise<JobRow | null> => {
    const { rows } = await client.execute({
      sql: `UPDATE jobs SET status = 'running', holder = ?, beat = beat + 1, attempt = attempt + 1,
              started_at = coalesce(started_at, ?), stage = NULL, progress = NULL,
              started_order = (SELECT coalesce(max(started_order), 0) + 1 FROM jobs)
            WHERE id = (
              SELECT q.id FROM jobs q
              LEFT JOIN (SELECT owner, count(*) AS busy FROM jobs WHERE status = 'running' GROUP BY owner) r ON r.owner = q.owner
              WHERE q.status = 'queued' AND coalesce(r.busy, 0) < q.concurrency
              ORDER BY q.priority DESC, coalesce(r.busy, 0),
                (SELECT coalesce(max(s.started_order), 0) FROM jobs s WHERE s.owner = q.owner), q.queued_order
              LIMIT 1)
            RETURNING id`,
      args: [holder, now()],
    });
    const id = rows[0]?.id;
    return typeof id === 'string' ? rowOf(id) : null;
  };

  /** Signs of life of jobs that others hold, as seen by this process' own clock. */
  const signs = new Map<string, { beat: number; holder: string; since: number; looks: number }>();

  /** Frees the jobs of holders that are gone or silent; what was started too often is given up. */
  const takeBack = async (): Promise<void> => {
    const rows = await db.select().from(table.jobs).where(eq(table.jobs.status, 'running'));
    const seen = new Set<string>();
    for (const row of rows) {
      const holder = row.holder ?? '';
      if (running.has(row.id)) {
        continue;
      }
      seen.add(row.id);
      const sign = signs.get(row.id);
      if (sign === undefined || sign.beat !== row.beat || sign.holder !== holder) {
        signs.set(row.id, { beat: row.beat, holder, since: clock(), looks: 0 });
        if (!isGone(holder)) {
          continue;
        }
      } else {
        sign.looks += 1;
        if (!isGone(holder) && (clock() - sign.since < settings.leaseMs || sign.looks < LEAST_LOOKS)) {
          continue;
        }
      }
      if (row.cancelled === 1) {
        await end(row.id, holder, { status: 'cancelled', error: null });
      } else if (row.attempt >= settings.attempts) {
        await end(row.id, holder, { status: 'failed', error: toErrorRecord(poisonedJob(row.attempt)) });
      } else {
        await client.execute({
          sql: `UPDATE jobs SET status = 'queued', holder = NULL WHERE id = ? AND holder = ? AND status = 'running'`,
          args: [row.id, holder],
        });
        changes.announce(row.id);
      }
    }
    for (const id of signs.keys()) {
      if (!seen.has(id)) {
        signs.delete(id);
      }
    }
  };

  const attemptJob = async (row: JobRow, holder: string, handler: JobHandler): Promise<void> => {
    const stop = new AbortController();
    running.set(row.id, stop);
    const started = clock();
    options.onStarted?.({ waitedMs: Math.max(0, now() - row.createdAt) });
    const deadline = setTimeout(() => stop.abort(TOO_LATE), Math.min(row.deadlineMs, 2 ** 31 - 1));
    const beat = setInterval(() => {
      client
        .execute({
          sql: 'UPDATE jobs SET beat = beat + 1 WHERE id = ? AND holder = ? RETURNING cancelled',
          args: [row.id, holder],
        })
        .then(({ rows }) => {
          if (rows[0] === undefined) {
            stop.abort(LEASE_LOST);
          } else if (Number(rows[0].cancelled) === 1) {
            stop.abort(CANCELLED);
          }
        })
        // A busy or full database for a moment is no reason to end the work; a lost lease shows at the next sign.
        .catch(() => undefined);
    }, settings.beatMs);
    const context: JobContext = {
      attempt: row.attempt,
      signal: stop.signal,
      emit: async (entries) => {
        const last = entries.findLast(({ event }) => event.type === 'stage-start' || event.type === 'stage-progress');
        const statements = entries.map(({ key, event }) => eventStatement(row.id, key, event, holder));
        const { stage, progress } = placeOf(last?.event);
        await client.batch(
          [
            ...statements,
            ...(stage === null
              ? []
              : [
                  {
                    sql: 'UPDATE jobs SET stage = ?, progress = ? WHERE id = ? AND holder = ?',
                    args: [stage, progress, row.id, holder],
                  },
                ]),
          ],
          'write',
        );
        changes.announce(row.id);
      },
    };
    let outcome: JobOutcome | 'again' | 'let-go';
    try {
      await handler(payloadOf(row), context);
      outcome = { status: 'succeeded', error: null };
    } catch (thrown) {
      outcome = outcomeOf(thrown, stop.signal, row);
    } finally {
      clearTimeout(deadline);
      clearInterval(beat);
    }
    try {
      if (outcome === 'let-go') {
        // Not its fault: the start does not count.
        await client.execute({
          sql: `UPDATE jobs SET status = 'queued', holder = NULL, attempt = attempt - 1 WHERE id = ? AND holder = ?`,
          args: [row.id, holder],
        });
      } else if (outcome === 'again') {
        await sleep(settings.backoffMs[row.attempt - 1] ?? 5_000, stop.signal);
        await client.execute({
          sql: `UPDATE jobs SET status = 'queued', holder = NULL WHERE id = ? AND holder = ?`,
          args: [row.id, holder],
        });
      } else {
        await end(row.id, holder, outcome);
        options.onEnded?.({ id: row.id, outcome: outcome.status, ranMs: clock() - started });
      }
    } finally {
      running.delete(row.id);
      changes.announce(row.id);
    }
  };

  const outcomeOf = (thrown: unknown, signal: AbortSignal, row: JobRow): JobOutcome | 'again' | 'let-go' => {
    if (signal.aborted && signal.reason !== TOO_LATE) {
      return signal.reason === CANCELLED ? { status: 'cancelled', error: null } : 'let-go';
    }
    const error = signal.aborted ? lateJob(row.deadlineMs) : toWhyfaceError(thrown, 'jobs');
    return error.retryable && row.attempt < settings.attempts
      ? 'again'
      : { status: 'failed', error: toErrorRecord(error) };
  };

  const work: JobQueue['work'] = (handler, { concurrency }) => {
    const holder = newHolder();
    const attempts = new Set<Promise<void>>();
    const stop = new AbortController();

    const loop = async (): Promise<void> => {
      let looked = Number.NEGATIVE_INFINITY;
      while (!stop.signal.aborted) {
        // The database answers without leaving the event loop: signs of life and timers must get their turn.
        await yieldToEventLoop();
        const mark = changes.mark();
        try {
          if (clock() - looked >= settings.pollMs) {
            looked = clock();
            await takeBack();
          }
          if (attempts.size < concurrency) {
            const row = await claim(holder);
            if (row !== null) {
              const attempt = attemptJob(row, holder, handler)
                .catch(() => undefined)
                .finally(() => {
                  attempts.delete(attempt);
                  changes.announce('*');
                });
              attempts.add(attempt);
              changes.announce(row.id);
              continue;
            }
          }
        } catch {
          // The database is busy or the disk full: readiness tells; the next round tries again.
        }
        await changes.changed(mark, { timeoutMs: settings.pollMs, signal: stop.signal });
      }
    };
    const looping = loop();

    const worker: JobWorker = {
      close: async (graceMs) => {
        workers.delete(worker);
        stop.abort();
        await looping;
        const all = Promise.allSettled([...attempts]);
        const patience = new AbortController();
        await Promise.race([all, sleep(graceMs, patience.signal)]);
        patience.abort();
        for (const controller of running.values()) {
          controller.abort(LET_GO);
        }
        await all;
      },
    };
    workers.add(worker);
    return worker;
  };

  return {
    enqueue: async (draft) => {
      const { payload, priority, deadlineMs } = draft;
      const { id, owner } = payload;
      const known = await rowOf(id);
      if (known !== null && !mayStartAgain(known)) {
        return jobOf(known, await aheadOf(known));
      }
      await assertRoom(draft);
      // One statement: two that ask at once make one job.
      await client.batch(
        [
          {
            sql: `INSERT INTO jobs (id, owner, payload, priority, concurrency, deadline_ms, status, attempt, created_at,
                    queued_order, beat, cancelled, event_base)
                  VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, ?, (SELECT coalesce(max(queued_order), 0) + 1 FROM jobs), 0, 0, 0)
                  ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, priority = excluded.priority,
                    concurrency = excluded.concurrency, deadline_ms = excluded.deadline_ms, status = 'queued', attempt = 0,
                    created_at = excluded.created_at, started_at = NULL, ended_at = NULL, error = NULL, stage = NULL,
                    progress = NULL, holder = NULL, cancelled = 0, queued_order = excluded.queued_order,
                    event_base = coalesce((SELECT max(number) FROM events WHERE job = jobs.id), event_base)
                  WHERE jobs.status IN ('failed', 'cancelled')`,
            args: [
              id,
              owner,
              JSON.stringify(payload),
              rankOf(priority),
              draft.concurrency ?? settings.concurrencyPerClient,
              deadlineMs,
              now(),
            ],
          },
          {
            sql: `DELETE FROM events WHERE job = ? AND number <= (SELECT event_base FROM jobs WHERE id = ?)`,
            args: [id, id],
          },
        ],
        'write',
      );
      changes.announce(id);
      const row = await rowOf(id);
      if (row === null) {
        throw new WhyfaceError({ code: 'not-found', stage: 'jobs', message: 'The job was deleted while it was made.' });
      }
      return jobOf(row, await aheadOf(row));
    },
    get,
    cancel: async (id) => {
      const { rowsAffected } = await client.execute({
        sql: `UPDATE jobs SET cancelled = 1 WHERE id = ? AND status IN ('queued', 'running')`,
        args: [id],
      });
      if (rowsAffected === 0) {
        return false;
      }
      const { rowsAffected: waiting } = await client.execute({
        sql: `UPDATE jobs SET holder = 'cancelled' WHERE id = ? AND status = 'queued'`,
        args: [id],
      });
      if (waiting > 0) {
        await end(id, 'cancelled', { status: 'cancelled', error: null });
      }
      running.get(id)?.abort(CANCELLED);
      changes.announce(id);
      return true;
    },
    events: (id, { after, signal }) => follow(id, after, signal),
    ended: async (id, { timeoutMs, signal }) => {
      const until = clock() + timeoutMs;
      for (;;) {
        const mark = changes.mark();
        const found = await get(id);
        if (found === null || isEnded(found.status)) {
          return found;
        }
        const left = until - clock();
        if (left <= 0 || signal.aborted) {
          return null;
        }
        await changes.changed(mark, { timeoutMs: Math.min(left, settings.pollMs), signal });
      }
    },
    work,
    depth: async () => {
      const { rows } = await client.execute(
        `SELECT coalesce(sum(status = 'queued'), 0) AS queued, coalesce(sum(status = 'running'), 0) AS running
         FROM jobs WHERE status IN ('queued', 'running')`,
      );
      return { queued: Number(rows[0]?.queued ?? 0), running: Number(rows[0]?.running ?? 0) };
    },
    purge: async (id) => {
      const results = await client.batch(
        [
          { sql: 'DELETE FROM events WHERE job = ?', args: [id] },
          { sql: 'DELETE FROM jobs WHERE id = ?', args: [id] },
        ],
        'write',
      );
      running.get(id)?.abort(LEASE_LOST);
      await database.scrub();
      changes.announce(id);
      return results.reduce((rows, { rowsAffected }) => rows + rowsAffected, 0);
    },
    check: async () => {
      await client.execute(`UPDATE jobs SET beat = beat WHERE id = ''`);
    },
    close: async () => {
      closed = true;
      await Promise.all([...workers].map((worker) => worker.close(0)));
      changes.announce('*');
    },
  };

  async function assertRoom({ payload }: JobDraft): Promise<void> {
    const { rows } = await client.execute({
      sql: `SELECT count(*) AS all_of_them, coalesce(sum(owner = ?), 0) AS own FROM jobs WHERE status = 'queued'`,
      args: [payload.owner],
    });
    const waiting = Number(rows[0]?.all_of_them ?? 0);
    const own = Number(rows[0]?.own ?? 0);
    if (waiting >= settings.queueLength || own >= settings.queueLengthPerClient) {
      throw queueFull({ waiting, own: own >= settings.queueLengthPerClient ? own : null });
    }
  }

  async function* follow(id: string, after: number, signal: AbortSignal): AsyncGenerator<ServiceEvent> {
    let last = after;
    while (!signal.aborted && !closed) {
      const mark = changes.mark();
      const rows = await db
        .select()
        .from(table.events)
        .where(and(eq(table.events.job, id), gt(table.events.number, last)))
        .orderBy(asc(table.events.number))
        .limit(EVENTS_A_PAGE);
      for (const row of rows) {
        const event = eventOf(row);
        yield event;
        last = row.number;
        if (event.event.type === 'job-end') {
          return;
        }
      }
      if (rows.length === EVENTS_A_PAGE) {
        continue;
      }
      const job = await rowOf(id);
      if (job === null || (rows.length === 0 && isEnded(jobStatus.parse(job.status)))) {
        return;
      }
      await changes.changed(mark, { timeoutMs: settings.pollMs, signal });
    }
  }
};

const mayStartAgain = (row: JobRow): boolean => row.status === 'failed' || row.status === 'cancelled';

const publicError = ({ code, stage, message }: ErrorRecord): { code: string; stage: string; message: string } => ({
  code,
  stage,
  message,
});

const placeOf = (event: ServiceEventDraft | undefined): { stage: string | null; progress: number | null } => {
  if (event === undefined || (event.type !== 'stage-start' && event.type !== 'stage-progress')) {
    return { stage: null, progress: null };
  }
  const progress = event.type === 'stage-progress' && event.total > 0 ? Math.min(1, event.done / event.total) : null;
  return { stage: event.stage, progress };
};
