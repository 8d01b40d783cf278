import type { ReasonEvent } from '../reason/reasoner.ts';

/** What happens while somebody is explained. Words in it are the reasoner's draft: nothing of it has been checked. */
export type ExplainEvent = { subject: string | null } & (
  | ReasonEvent
  /** A draft was read back; with `failing` above 0 on round 1 it goes back once. */
  | { type: 'verification-end'; round: 1 | 2; claims: number; failing: number }
  /** The reasoner asked for gave up; the FACS reasoner answers. */
  | { type: 'fallback-start'; message: string }
);
