import type { Explanation } from '../../../contracts/index.ts';
import type { AnalysisResource } from '../../../contracts/service.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { failureOf } from '../api/failure.ts';
import type { Service } from '../api/service.ts';
import type { Focus } from '../state/focus.ts';
import type { Playhead } from '../state/playhead.ts';
import { EMPTY_READING, type Question, type Reading, type ReasonerId } from '../state/reading.ts';
import { type Media, type OpenClip, observationIn, type Session, type StageProgress } from '../state/session.ts';
import type { View } from '../state/view.ts';
import type { WorkerClient } from '../worker/client.ts';
import { attachTo } from './attach.ts';
import type { Link } from './link.ts';
import { mediaOf, pairOf } from './media-of.ts';

/** What a person can do, wherever the button for it is. */
export type Controller = {
  /** A clip, photo or recording, with a subtitle file beside it or not. */
  open(files: readonly File[]): Promise<void>;
  openExample(): Promise<void>;
  /** An analysis that the service holds; the clip itself is not there until it is dropped. */
  openLinked(link: Link): Promise<void>;
  /** What failed, once more. */
  retry(): Promise<void>;
  /** Back to the start; the service forgets the clip's numbers. */
  close(): Promise<void>;
  /** Asks anew; what is left out stays as it was. */
  ask(change: Partial<Question>): Promise<void>;
  /** Switches observations on and off, and reasons again without those that are off. */
  mute(ids: readonly string[], off: boolean): Promise<void>;
  /** A second reasoner beside the first; `null`: one alone. */
  compareWith(reasoner: ReasonerId | null): Promise<void>;
  /** Shows what an observation speaks of: seeks there and plays it. */
  playObservation(id: string): void;
};

export type ControllerNeeds = {
  session: Session;
  reading: Reading;
  focus: Focus;
  playhead: Playhead;
  view: View;
  service: Service;
  worker: WorkerClient;
  /** The example: its clip and its words. */
  example: () => Promise<File[]>;
};

/** Before and after a moment, so that one sees it begin and end. */
const LEAD_MS = 300;

export const createController = (needs: ControllerNeeds): Controller => {
  const { session, reading, focus, playhead, view, service, worker } = needs;
  let running = new AbortController();
  /** The question that is being answered; a new one ends it, but not what is being loaded. */
  let asking = new AbortController();
  let answers: readonly Explanation[] = [];
  let again: () => Promise<void> = async () => undefined;

  const clip = (): OpenClip | null => session.get().now.clip;
  /** A new task ends the one before it. */
  const begin = (): AbortSignal => {
    running.abort();
    asking.abort();
    running = new AbortController();
    return running.signal;
  };
  const release = (): void => {
    const url = clip()?.media?.url;
    if (url !== undefined) {
      URL.revokeObjectURL(url);
    }
  };

  const show = (resource: AnalysisResource, name: string, media: Media | null): void => {
    const { analysis } = resource;
    if (analysis === null) {
      return;
    }
    answers = resource.explanations;
    const [first = null] = answers;
    focus.clear();
    playhead.open(analysis.clip.durationMs, []);
    view.open(analysis.clip.durationMs);
    reading.set({
      ...EMPTY_READING,
      explanation: first,
      question: { ...EMPTY_READING.question, subject: first?.subject ?? null },
    });
    session.set({
      now: {
        phase: 'ready',
        work: null,
        failure: null,
        clip: { resourceId: resource.id, name, media, analysis, measured: analysis, tracks: null },
      },
    });
  };

  /** The measurements of what is shown, and the reasoner made ready. */
  const load = async (resource: AnalysisResource, signal: AbortSignal): Promise<void> => {
    const { analysis } = resource;
    if (analysis !== null) {
      await worker.call('open-analysis', { analysis });
    }
    const tracks = await service.tracks(resource.id, signal);
    const { now } = session.get();
    if (now.phase === 'ready' && now.clip.resourceId === resource.id) {
      session.set({ now: { ...now, clip: { ...now.clip, tracks } } });
      const { ms } = playhead.get();
      playhead.open(now.clip.analysis.clip.durationMs, tracks.frames);
      playhead.seek(ms);
    }
  };

  const fail = (thrown: unknown, name: string, signal: AbortSignal): void => {
    if (!signal.aborted) {
      session.set({ now: { phase: 'failed', work: null, clip: null, failure: { ...failureOf(thrown), name } } });
    }
  };

  const open: Controller['open'] = async (files) => {
    const { media: file, words } = pairOf(files);
    if (file === null || (await attachTo(session, file))) {
      return;
    }
    again = () => open(files);
    const signal = begin();
    release();
    let stages: StageProgress[] = [];
    let sent = 0;
    const tell = (): void => {
      if (!signal.aborted) {
        session.set({ now: { phase: 'working', clip: null, failure: null, work: { name: file.name, sent, stages } } });
      }
    };
    tell();
    try {
      const transcript = words === null ? undefined : { name: words.name, text: await words.text() };
      const resource = await service.analyse(file, file.name, {
        transcript,
        signal,
        onSent: (share) => {
          sent = share;
          tell();
        },
        onStage: (progress) => {
          sent = 1;
          stages = [...stages.filter(({ stage }) => stage !== progress.stage), progress];
          tell();
        },
      });
      show(resource, file.name, mediaOf(file, resource.analysis?.clip.kind ?? 'video'));
      await load(resource, signal);
    } catch (thrown) {
      fail(thrown, file.name, signal);
    }
  };

  /** The moment and the question that a link names, on the clip that is shown. */
  const follow = async ({ ms, subject, range, reasoner }: Link): Promise<void> => {
    const known = clip()?.analysis.subjects.some(({ id }) => id === subject) === true;
    playhead.seek(ms);
    view.reveal(ms);
    view.set({ selection: range });
    await ask({ ...(known ? { subject } : {}), range, reasoner });
  };

  const openLinked: Controller['openLinked'] = async (link) => {
    if (clip()?.resourceId === link.resourceId) {
      return follow(link);
    }
    const signal = begin();
    again = () => openLinked(link);
    try {
      const resource = await service.resource(link.resourceId, signal);
      if (resource.analysis === null) {
        const message = 'This analysis is not ready yet; try again in a moment.';
        throw new WhyfaceError({ code: 'service-unavailable', stage: 'present', message });
      }
      show(resource, resource.input ?? link.resourceId, null);
      playhead.seek(link.ms);
      await load(resource, signal);
      await follow(link);
    } catch (thrown) {
      fail(thrown, 'The linked analysis', signal);
    }
  };

  /** The answer to a question: one that is there already, the local FACS reasoner's, or the service's. */
  const answer = async (
    question: Question,
    without: readonly string[],
    signal: AbortSignal,
  ): Promise<Explanation | null> => {
    if (question.reasoner === 'facs' || without.length > 0) {
      return worker.call('explain', { subject: question.subject, range: question.range, without });
    }
    const resourceId = clip()?.resourceId ?? null;
    const found = resourceId === null ? [] : await service.explain(resourceId, question, signal);
    return found.find(({ subject }) => subject === question.subject) ?? found[0] ?? null;
  };

  const asIs = ({ subject, range, reasoner }: Question): Explanation | null =>
    range === null && reasoner === 'facs' && clip()?.analysis === clip()?.measured
      ? (answers.find((given) => given.subject === subject) ?? null)
      : null;

  const ask: Controller['ask'] = async (change) => {
    const question = { ...reading.get().question, ...change };
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    reading.set({ question, busy: true, failure: null });
    try {
      const { muted, beside } = reading.get();
      const explanation = asIs(question) ?? (await answer(question, [], signal));
      const without = muted.size === 0 ? null : await answer(question, [...muted], signal);
      if (!signal.aborted) {
        reading.set({ explanation, without, busy: false });
      }
      if (beside !== null && !signal.aborted) {
        await compareWith(beside.reasoner);
      }
    } catch (thrown) {
      if (!signal.aborted) {
        reading.set({ busy: false, failure: failureOf(thrown) });
      }
    }
  };

  const compareWith: Controller['compareWith'] = async (reasoner) => {
    if (reasoner === null) {
      reading.set({ beside: null });
      return;
    }
    reading.set({ beside: { reasoner, explanation: null, failure: null } });
    try {
      const question = { ...reading.get().question, reasoner };
      const explanation = asIs(question) ?? (await answer(question, [], running.signal));
      reading.set({ beside: { reasoner, explanation, failure: null } });
    } catch (thrown) {
      reading.set({ beside: { reasoner, explanation: null, failure: failureOf(thrown) } });
    }
  };

  const mute: Controller['mute'] = async (ids, off) => {
    const muted = new Set(reading.get().muted);
    for (const id of ids) {
      if (off) {
        muted.add(id);
      } else {
        muted.delete(id);
      }
    }
    reading.set({ muted });
    if (muted.size === 0) {
      reading.set({ without: null, failure: null });
      return;
    }
    try {
      const without = await worker.call('explain', {
        subject: reading.get().question.subject,
        range: reading.get().question.range,
        without: [...muted],
      });
      // Several switches may be thrown at once: the last one counts.
      if (reading.get().muted === muted) {
        reading.set({ without, failure: null });
      }
    } catch (thrown) {
      if (reading.get().muted === muted) {
        reading.set({ without: null, failure: failureOf(thrown) });
      }
    }
  };

  return {
    open,
    openLinked,
    retry: () => again(),
    openExample: async () => {
      again = async () => open(await needs.example());
      try {
        await open(await needs.example());
      } catch (thrown) {
        session.set({
          now: { phase: 'failed', work: null, clip: null, failure: { ...failureOf(thrown), name: 'example' } },
        });
      }
    },
    close: async () => {
      begin();
      release();
      const resourceId = clip()?.resourceId ?? null;
      playhead.pause();
      reading.set(EMPTY_READING);
      focus.clear();
      session.set({ now: { phase: 'empty', work: null, clip: null, failure: null } });
      if (resourceId !== null) {
        // Gone from the page in any case; the service forgets idle analyses by itself.
        await service.remove(resourceId).catch(() => undefined);
      }
    },
    ask,
    mute,
    compareWith,
    playObservation: (id) => {
      const observation = observationIn(clip(), id);
      if (observation === undefined) {
        return;
      }
      focus.light([id]);
      const { startMs, endMs } = observation.range;
      view.reveal(startMs);
      playhead.playRange({ startMs: Math.max(0, startMs - LEAD_MS), endMs: endMs + LEAD_MS });
    },
  };
};
