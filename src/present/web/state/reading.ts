import type { ExplainOptions, Explanation, TimeRange } from '../../../contracts/index.ts';
import type { Failure } from './session.ts';
import { createStore, type Store } from './store.ts';

export type ReasonerId = ExplainOptions['reasoner'];

/** What is asked: who, when, and by which reasoner. */
export type Question = { subject: string | null; range: TimeRange | null; reasoner: ReasonerId };

export type ReadingState = {
  question: Question;
  /** The answer to the question; `null` while there is none. */
  explanation: Explanation | null;
  /** Observations that are switched off. */
  muted: ReadonlySet<string>;
  /** The FACS reasoner's answer without what is switched off; `null` where nothing is. */
  without: Explanation | null;
  /** A second answer beside the first. */
  beside: { reasoner: ReasonerId; explanation: Explanation | null; failure: Failure | null } | null;
  busy: boolean;
  failure: Failure | null;
};

export const EMPTY_READING: ReadingState = {
  question: { subject: null, range: null, reasoner: 'facs' },
  explanation: null,
  muted: new Set(),
  without: null,
  beside: null,
  busy: false,
  failure: null,
};

export const createReading = (): Store<ReadingState> => createStore(EMPTY_READING);
export type Reading = ReturnType<typeof createReading>;
