import type { Analysis, Observation } from '../../../contracts/index.ts';
import type { Tracks } from '../worker/tracks.ts';
import { createStore, type Store } from './store.ts';

/** What went wrong, as a person reads it. */
export type Failure = {
  message: string;
  /** A code of whyface, or `null` where the service could not be reached. */
  code: string | null;
};

/** The clip itself, which stays in the browser. */
export type Media = { url: string; kind: 'video' | 'audio' | 'image' };

export type StageProgress = { stage: string; done: number; total: number };

/** A clip on its way. */
export type Work = {
  name: string;
  /** Share of the bytes that were sent, 0–1. */
  sent: number;
  stages: readonly StageProgress[];
};

export type OpenClip = {
  /** Id in the service; `null` for an analysis that the service does not hold. */
  resourceId: string | null;
  /** File name: untrusted. */
  name: string;
  media: Media | null;
  /** As it is read now: corrected and merged by hand where that was done. */
  analysis: Analysis;
  /** As it was measured; the same object while nothing was changed by hand. */
  measured: Analysis;
  /** The measurements as columns; `null` while they load. */
  tracks: Tracks | null;
};

export type SessionState =
  | { phase: 'empty'; work: null; clip: null; failure: null }
  | { phase: 'working'; work: Work; clip: null; failure: null }
  | { phase: 'failed'; work: null; clip: null; failure: Failure & { name: string } }
  | { phase: 'ready'; work: null; clip: OpenClip; failure: null };

/** An observation by its id: as it is read now, or, where a person coded it anew, as it was measured. */
export const observationIn = (clip: OpenClip | null, id: string): Observation | undefined =>
  clip?.analysis.observations.find((each) => each.id === id) ??
  clip?.measured.observations.find((each) => each.id === id);

/** Which clip is open, or on its way. */
export const createSession = (): Store<{ now: SessionState }> =>
  createStore({ now: { phase: 'empty', work: null, clip: null, failure: null } as SessionState });

export type Session = ReturnType<typeof createSession>;
