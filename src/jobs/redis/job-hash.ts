import { z } from 'zod';
import { type Job, jobPriority, jobStage, jobStatus, recordError } from '../../contracts/index.ts';
import { jobPayload } from '../job-payload.ts';
import type { JobDraft } from '../ports.ts';

/** A job as it crosses Redis. */
const jobDraft = z.object({
  payload: jobPayload,
  priority: jobPriority,
  deadlineMs: z.number().positive(),
  concurrency: z.number().positive().optional(),
});

const milliseconds = z.coerce.number().int();

/** The hash of `KEYS.job`: every value a string. */
const jobHash = z.object({
  id: z.string(),
  draft: z.string(),
  status: jobStatus,
  stage: jobStage.optional(),
  progress: z.string().optional(),
  attempt: z.coerce.number().int(),
  createdAt: milliseconds,
  changedAt: milliseconds,
  startedAt: milliseconds.optional(),
  endedAt: milliseconds.optional(),
  error: z.string().optional(),
});
export type JobHash = z.infer<typeof jobHash>;

/** `null` where there is no job. */
export const parseJobHash = (fields: Record<string, string>): JobHash | null =>
  fields.id === undefined ? null : jobHash.parse(fields);

export const parseDraft = (text: string): JobDraft => jobDraft.parse(JSON.parse(text));

const iso = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : new Date(milliseconds).toISOString();

/** The job as clients see it; `ahead` comes from the queue. */
export const jobOf = (hash: JobHash, ahead: number | null): Job => ({
  id: hash.id,
  status: hash.status,
  stage: hash.stage ?? null,
  progress: hash.progress === undefined || hash.progress === '' ? null : Number(hash.progress),
  attempt: hash.attempt,
  ahead: hash.status === 'queued' ? ahead : null,
  createdAt: new Date(hash.createdAt).toISOString(),
  startedAt: iso(hash.startedAt),
  endedAt: iso(hash.endedAt),
  error: hash.error === undefined ? null : recordError.parse(JSON.parse(hash.error)),
});
