import type { Correction, CorrectionEntry } from '../../../contracts/index.ts';
import type { CorrectionStore } from '../api/corrections.ts';
import { failureOf } from '../api/failure.ts';
import { mergedTracks } from '../people/merged-tracks.ts';
import type { Names } from '../state/names.ts';
import type { Reading } from '../state/reading.ts';
import { EMPTY_REVISION, inForce, type Revision, type RevisionState } from '../state/revision.ts';
import type { OpenClip, Session } from '../state/session.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Tracks } from '../worker/tracks.ts';
import type { Controller } from './controller.ts';

/** What a person can change by hand. Nothing measured is lost by it, and everything can be taken back. */
export type Reviser = {
  correct(correction: Correction): Promise<void>;
  withdraw(id: string): Promise<void>;
  /** `from` is the same person as `into`. */
  merge(into: string, from: string): Promise<void>;
  /** They are two again. */
  separate(from: string): Promise<void>;
};

export type ReviserNeeds = {
  session: Session;
  reading: Reading;
  revision: Revision;
  names: Names;
  worker: WorkerClient;
  store: CorrectionStore;
  controller: Controller;
};

/** The next free name for an entry. */
export const nextEntryId = (log: readonly CorrectionEntry[]): string => `c${log.length + 1}`;

export const createReviser = (needs: ReviserNeeds): Reviser => {
  const { session, reading, revision, names, worker, store, controller } = needs;
  let open: string | null = null;
  /** The columns as they were measured, and what was last made of them. */
  let tracks: { measured: Tracks; shown: Tracks } | null = null;

  const clip = (): OpenClip | null => session.get().now.clip;
  const change = (make: (clip: OpenClip) => OpenClip): void => {
    const { now } = session.get();
    if (now.phase === 'ready') {
      session.set({ now: { ...now, clip: make(now.clip) } });
    }
  };
  const measuredTracks = (now: OpenClip): Tracks | null => {
    if (now.tracks !== null && now.tracks !== tracks?.shown) {
      tracks = { measured: now.tracks, shown: now.tracks };
    }
    return now.tracks === null ? null : (tracks?.measured ?? null);
  };

  /** Applies all changes anew to what was measured, and reasons about both. */
  const revise = async (next: Pick<RevisionState, 'log' | 'merges'>): Promise<void> => {
    const corrections = inForce(next.log);
    const changed = corrections.some(({ kind }) => kind === 'action-unit') || next.merges.length > 0;
    revision.set({ busy: true, failure: null });
    try {
      const analysis = await worker.call('revise', { merges: next.merges, corrections });
      // Loaded meanwhile, perhaps: the columns are those that are there now.
      change((now) => {
        const measured = measuredTracks(now);
        const shown = measured === null || next.merges.length === 0 ? measured : mergedTracks(measured, next.merges);
        tracks = measured === null || shown === null ? null : { measured, shown };
        return { ...now, analysis: changed ? analysis : now.measured, tracks: shown };
      });
      const { subject } = reading.get().question;
      const gone = subject !== null && !analysis.subjects.some(({ id }) => id === subject);
      await controller.ask(gone ? { subject: analysis.subjects[0]?.id ?? null } : {});
      revision.set({ ...next, busy: false });
      await compare();
    } catch (thrown) {
      revision.set({ busy: false, failure: failureOf(thrown) });
    }
  };

  /** The two versions for the question that is open. */
  const compare = async (): Promise<void> => {
    const now = clip();
    if (now === null || now.analysis === now.measured) {
      revision.set({ before: null, after: null });
      return;
    }
    const { subject, range } = reading.get().question;
    const asked = { subject, range, without: [] };
    const [before, after] = await Promise.all([
      // Somebody who was merged away is known to the measurements alone, and the other way round.
      worker.call('explain', { ...asked, asMeasured: true }).catch(() => null),
      worker.call('explain', asked),
    ]);
    revision.set({ before, after });
  };

  const keep = async (entry: CorrectionEntry): Promise<void> => {
    const id = clip()?.resourceId ?? null;
    if (id === null) {
      return;
    }
    try {
      await store.add(id, entry);
    } catch (thrown) {
      const { message } = failureOf(thrown);
      revision.set({ failure: { code: null, message: `Kept in this page alone, because ${lowered(message)}` } });
    }
  };

  const note = async (entry: CorrectionEntry): Promise<void> => {
    const { log, merges } = revision.get();
    await revise({ log: [...log, entry], merges });
    if (revision.get().failure === null) {
      await keep(entry);
    }
  };

  session.subscribe(({ now }) => {
    const id = now.clip?.resourceId ?? null;
    if (id === open) {
      return;
    }
    open = id;
    tracks = null;
    revision.set(EMPTY_REVISION);
    names.open(id);
    if (id !== null) {
      store.list(id).then(
        async (log) => {
          if (log.length > 0 && clip()?.resourceId === id) {
            await revise({ log, merges: [] });
          }
        },
        // Without the record the measurements are as they were; it is told when something is to be added.
        () => undefined,
      );
    }
  });
  reading.subscribe(
    (() => {
      let asked = reading.get().question;
      return ({ question }) => {
        if (question !== asked) {
          asked = question;
          compare().catch((thrown) => revision.set({ failure: failureOf(thrown) }));
        }
      };
    })(),
  );

  return {
    correct: note,
    withdraw: (id) => note({ id: nextEntryId(revision.get().log), kind: 'withdrawal', withdraws: id }),
    merge: (into, from) => revise({ log: revision.get().log, merges: [...revision.get().merges, { into, from }] }),
    separate: (from) =>
      revise({ log: revision.get().log, merges: revision.get().merges.filter((merge) => merge.from !== from) }),
  };
};

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
