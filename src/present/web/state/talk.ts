import type { ChatAnswer, Claim } from '../../../contracts/index.ts';
import type { Failure } from './session.ts';
import { createStore } from './store.ts';

/** A sentence while it is written (`claims: null`), and once it is checked. */
export type SpokenSentence = { text: string; cites: readonly string[]; claims: readonly Claim[] | null };

/** A question and what came of it. */
export type Turn = {
  question: string;
  sentences: readonly SpokenSentence[];
  /** What is being looked up; `null` once there are words. */
  step: string | null;
  /** `null` while it is written, and where it failed. */
  answer: ChatAnswer | null;
  failure: Failure | null;
};

export type TalkState = {
  /** The clip it is about. */
  clip: string | null;
  turns: readonly Turn[];
  busy: boolean;
  /** Ends the answer that is being written. */
  stop: (() => void) | null;
};

export const EMPTY_TALK: TalkState = { clip: null, turns: [], busy: false, stop: null };

/** The conversation about the clip that is open. */
export const createTalk = () => createStore(EMPTY_TALK);
export type Talk = ReturnType<typeof createTalk>;
