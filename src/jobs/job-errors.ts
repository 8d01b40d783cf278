/** How jobs go wrong, the same whatever queue they are in. */
import { WhyfaceError } from '../kit/error.ts';

/** A job that ended whoever worked on it, each time. */
export const poisonedJob = (attempts: number): WhyfaceError =>
  new WhyfaceError({
    code: 'worker-crashed',
    stage: 'jobs',
    message: `The analysis was started ${attempts} times and ended the program each time; it is given up. Convert the clip, or leave it out.`,
  });

export const lateJob = (deadlineMs: number): WhyfaceError =>
  new WhyfaceError({
    code: 'deadline-exceeded',
    stage: 'jobs',
    message: `The analysis took longer than ${Math.round(deadlineMs / 1000)} s and was ended; use fewer frames a second (fps) or a shorter clip.`,
  });

/** `own`: this client's limit is reached; else that of all. */
export const queueFull = ({ waiting, own }: { waiting: number; own: number | null }): WhyfaceError =>
  new WhyfaceError({
    code: 'queue-full',
    stage: 'jobs',
    message:
      own === null
        ? `There are ${waiting} analyses waiting, which is as many as this server takes; try again later.`
        : `You have ${own} analyses waiting, which is as many as one client may; try again when some are done.`,
    retryable: true,
    details: { retryAfterSeconds: Math.max(2, Math.ceil(waiting / 4)) },
  });
