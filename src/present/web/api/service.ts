import type { Explanation } from '../../../contracts/index.ts';
import type { AnalysisResource } from '../../../contracts/service.ts';
import type { Question } from '../state/reading.ts';
import type { StageProgress } from '../state/session.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Tracks } from '../worker/tracks.ts';
import type { Access } from './access.ts';
import { readEvents } from './read-events.ts';
import { faultOf, refuse } from './refuse.ts';
import { sendFile } from './send-file.ts';

export type AnalyseOptions = {
  /** The words of the clip: text of a subtitle file. */
  transcript?: { name: string; text: string } | undefined;
  /** Share of the bytes that went out. */
  onSent: (share: number) => void;
  onStage: (progress: StageProgress) => void;
  signal: AbortSignal;
};

/** The service behind the page. Everything throws `WhyfaceError`, or what an aborted or failed request throws. */
export type Service = {
  analyse(file: Blob, name: string, options: AnalyseOptions): Promise<AnalysisResource>;
  resource(id: string, signal?: AbortSignal): Promise<AnalysisResource>;
  tracks(id: string, signal?: AbortSignal): Promise<Tracks>;
  explain(id: string, question: Question, signal?: AbortSignal): Promise<readonly Explanation[]>;
  remove(id: string): Promise<void>;
};

/** @param base folder of the page; the service answers beside it */
export const createService = (base: URL, worker: WorkerClient, access: Access): Service => {
  const at = (path: string): URL => new URL(path, base);
  const get = async (path: string, accept: string, signal?: AbortSignal): Promise<Response> => {
    const response = await fetch(at(path), {
      headers: { accept, ...access.headers() },
      ...(signal === undefined ? {} : { signal }),
    });
    return response.ok ? response : refuse(response.status, await response.text());
  };
  const parsed = (json: string): Promise<AnalysisResource> => worker.call('parse-resource', { json });
  const resource: Service['resource'] = async (id, signal) =>
    parsed(await (await get(`v1/analyses/${id}`, 'application/json', signal)).text());

  return {
    analyse: async (file, name, options) => {
      const accepted = await sendFile(
        at(`v1/analyses?wait=0&landmarks=true&filename=${encodeURIComponent(name)}`),
        file,
        name,
        { ...options, headers: access.headers() },
      );
      if (accepted.status >= 400) {
        return refuse(accepted.status, accepted.text);
      }
      const started = await parsed(accepted.text);
      if (started.job.status === 'queued' || started.job.status === 'running') {
        const events = await get(`v1/analyses/${started.id}/events`, 'text/event-stream', options.signal);
        await readEvents(events, options.onStage);
      }
      const done = await resource(started.id, options.signal);
      if (done.error !== null || done.analysis === null) {
        const { code, message } = done.error ?? { code: 'internal', message: 'The analysis ended without a result.' };
        throw faultOf(code, message);
      }
      return done;
    },
    resource,
    tracks: async (id, signal) => {
      const bytes = await (await get(`v1/analyses/${id}/percepts`, 'application/json', signal)).arrayBuffer();
      return worker.call('parse-percepts', { bytes }, [bytes]);
    },
    explain: async (id, { subject, range, reasoner }, signal) => {
      const response = await fetch(at(`v1/analyses/${id}/explanations`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...access.headers() },
        body: JSON.stringify({
          reasoner,
          ...(subject === null ? {} : { subject }),
          ...(range === null ? {} : { fromMs: range.startMs, toMs: range.endMs }),
        }),
        ...(signal === undefined ? {} : { signal }),
      });
      const json = await response.text();
      return response.ok ? worker.call('parse-explanations', { json }) : refuse(response.status, json);
    },
    remove: async (id) => {
      const response = await fetch(at(`v1/analyses/${id}`), { method: 'DELETE', headers: access.headers() });
      if (!response.ok && response.status !== 404) {
        refuse(response.status, await response.text());
      }
    },
  };
};
