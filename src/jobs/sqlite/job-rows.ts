import type { z } from 'zod';
import {
  type Job,
  jobPriority,
  jobStage,
  jobStatus,
  recordError,
  type ServiceEvent,
  serviceEventDraft,
} from '../../contracts/index.ts';
import { jobPayload } from '../job-payload.ts';
import type { JobPayload } from '../ports.ts';
import { storedJson } from '../stored-json.ts';
import type * as table from './schema.ts';

export type JobRow = typeof table.jobs.$inferSelect;
export type EventRow = typeof table.events.$inferSelect;

/** Rank of a priority in the table. */
export const rankOf = (priority: z.infer<typeof jobPriority>): number => jobPriority.options.indexOf(priority);

export const payloadOf = (row: JobRow): JobPayload => storedJson(jobPayload, row.payload, `the job ${row.id}`);

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const jobOf = (row: JobRow, ahead: number | null): Job => ({
  id: row.id,
  status: jobStatus.parse(row.status),
  stage: row.stage === null ? null : jobStage.parse(row.stage),
  progress: row.progress,
  attempt: row.attempt,
  ahead,
  createdAt: iso(row.createdAt),
  startedAt: row.startedAt === null ? null : iso(row.startedAt),
  endedAt: row.endedAt === null ? null : iso(row.endedAt),
  error: row.error === null ? null : storedJson(recordError, row.error, `the error of ${row.id}`),
});

export const eventOf = (row: EventRow): ServiceEvent => ({
  id: row.number,
  event: storedJson(serviceEventDraft, row.body, `the events of ${row.job}`),
});
