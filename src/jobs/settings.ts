/** How jobs are run, with the reasons. */
export const JOB_SETTINGS = {
  /** Jobs that wait, of all clients; then 429 and `Retry-After`. */
  queueLength: 64,
  /** Jobs of one client that wait: one client never fills the queue. */
  queueLengthPerClient: 32,
  /** Jobs of one client that run at once, unless its key says otherwise. */
  concurrencyPerClient: 4,
  /** Starts of one job: after the third it is given up, because it may be what ends the process. */
  attempts: 3,
  /** How often whoever works on a job shows that they live, and looks whether it was cancelled. */
  beatMs: 1_000,
  /** Without a sign for so long, the job is free for others. */
  leaseMs: 15_000,
  /** How often others look for new jobs, signs and events of other processes. */
  pollMs: 500,
  /** Wait before the second and third start of a job that failed for a passing reason. */
  backoffMs: [1_000, 5_000],
  /** Longest run of one attempt: two hours of clip at a quarter of real time, and as much again. */
  deadlineMs: 60 * 60 * 1000,
} as const;

export type JobSettings = {
  readonly [Key in keyof typeof JOB_SETTINGS]: Key extends 'backoffMs' ? readonly number[] : number;
};
