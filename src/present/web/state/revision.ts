import type { Correction, CorrectionEntry, Explanation } from '../../../contracts/index.ts';
import type { Merge } from '../../../pipeline/merged-subjects.ts';
import type { Failure } from './session.ts';
import { createStore } from './store.ts';

export type RevisionState = {
  /** Everything that was said, in order; what was taken back included. */
  log: readonly CorrectionEntry[];
  merges: readonly Merge[];
  /** What the FACS reasoner makes of the measurements alone, for the question that is open. */
  before: Explanation | null;
  /** And of what a person made of them; `null` where nothing was changed. */
  after: Explanation | null;
  busy: boolean;
  failure: Failure | null;
};

export const EMPTY_REVISION: RevisionState = {
  log: [],
  merges: [],
  before: null,
  after: null,
  busy: false,
  failure: null,
};

/** The corrections that count: those that were not taken back. */
export const inForce = (log: readonly CorrectionEntry[]): Correction[] => {
  const gone = new Set(log.flatMap((each) => (each.kind === 'withdrawal' ? [each.withdraws] : [])));
  return log.flatMap((each) => (each.kind === 'withdrawal' || gone.has(each.id) ? [] : [each]));
};

/** What a person changed by hand in the clip that is open. */
export const createRevision = () => createStore(EMPTY_REVISION);
export type Revision = ReturnType<typeof createRevision>;
