import { type AnalysisResource, isEnded, type Job } from '../contracts/index.ts';
import { isErrorCode, WhyfaceError } from '../kit/error.ts';
import type { AnalysisRecord } from './ports.ts';

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The error that a job ended with, as it was thrown. */
export const errorOfJob = (job: Job): WhyfaceError | null => {
  if (job.status === 'cancelled') {
    return new WhyfaceError({ code: 'aborted', stage: 'jobs', message: 'The analysis was cancelled.' });
  }
  if (job.error === null) {
    return null;
  }
  const { code, message } = job.error;
  return new WhyfaceError({ code: isErrorCode(code) ? code : 'internal', stage: 'jobs', message });
};

/** The job of an analysis that the queue has forgotten. */
export const jobWithoutQueue = (record: AnalysisRecord): Job => ({
  id: record.id,
  status: record.analysis === null ? 'cancelled' : 'succeeded',
  stage: null,
  progress: null,
  attempt: 0,
  ahead: null,
  createdAt: iso(record.createdAt),
  startedAt: null,
  endedAt: null,
  error: null,
});

/** As it is told. `idleMs`: how long it stays without being asked for. */
export const resourceFrom = (record: AnalysisRecord, job: Job, idleMs: number): AnalysisResource => ({
  object: 'analysis',
  id: record.id,
  input: record.input,
  options: record.options,
  job,
  analysis: record.analysis,
  explanations: record.explanations,
  stills: record.stills.map(({ subject, ms }) => ({
    subject,
    ms,
    href: `/v1/analyses/${record.id}/stills/${subject}/${ms}.jpg`,
  })),
  error: job.error,
  createdAt: iso(record.createdAt),
  expiresAt: record.keep || !isEnded(job.status) ? null : iso(record.touchedAt + idleMs),
});
