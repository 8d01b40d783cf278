import { z } from 'zod';
import { recordError } from './record.ts';

/** The stages of an analysis, in their order. */
export const JOB_STAGES = ['perceive', 'observe', 'reason', 'stills'] as const;
export const jobStage = z.enum(JOB_STAGES);
export type JobStage = z.infer<typeof jobStage>;

export const jobStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof jobStatus>;

/** Whether nothing will happen any more. */
export const isEnded = (status: JobStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled';

/** Higher goes first; within one, clients take turns. */
export const JOB_PRIORITIES = ['low', 'normal', 'high'] as const;
export const jobPriority = z.enum(JOB_PRIORITIES);
export type JobPriority = z.infer<typeof jobPriority>;

/** The work behind an analysis. Its id is that of the analysis: there is one job for each. */
export const job = z.object({
  id: z.string(),
  status: jobStatus,
  stage: jobStage.nullable().describe('The one it is in; null before the first and after the last'),
  progress: z.number().min(0).max(1).nullable().describe('Of the stage; null where the whole is not known'),
  attempt: z.int().nonnegative().describe('1 from the first start; after three the job is given up'),
  ahead: z.int().nonnegative().nullable().describe('Jobs that start before this one; null unless queued'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  error: recordError.nullable(),
});
export type Job = z.infer<typeof job>;
