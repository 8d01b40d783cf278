import { z } from 'zod';
import { judgement } from './explanation.ts';
import { jobStage, jobStatus } from './job.ts';
import { observation, subjectId } from './observation.ts';
import { recordError } from './record.ts';
import { timeRange } from './time.ts';

const stage = jobStage;

/**
 * What happens while a job runs, before it is numbered. Over SSE `type` is the event's name and the data is this
 * object. A job that is started again after a crash repeats none of them.
 */
export const serviceEventDraft = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stage-start'), stage }),
  z.object({
    type: z.literal('stage-progress'),
    stage,
    done: z.number().nonnegative(),
    total: z.number().nonnegative().describe('0 where the whole is not known'),
  }),
  z.object({
    type: z.literal('stage-end'),
    stage,
    milliseconds: z.number().nonnegative().describe('Time it took; 0 where the result was there already'),
  }),
  z.object({ type: z.literal('observation-available'), observation }),
  z.object({
    type: z.literal('reasoning-delta').describe('The next piece of the explanation: a sentence, verified'),
    subject: subjectId.nullable(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('judgement-available'),
    subject: subjectId.nullable(),
    range: timeRange,
    judgement,
    groundingScore: z.number().min(0).max(1),
  }),
  z.object({ type: z.literal('job-error'), error: recordError }),
  z.object({ type: z.literal('job-end').describe('The last one'), status: jobStatus }),
]);
export type ServiceEventDraft = z.infer<typeof serviceEventDraft>;

/** A numbered event. `Last-Event-ID` takes up after `id`. */
export type ServiceEvent = { id: number; event: ServiceEventDraft };
