import { type Client, isEnded } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { conversationOver } from '../http/conversations.ts';
import type { Services } from '../http/services.ts';
import type { McpBackend } from './backend.ts';
import { bytesOfData } from './bytes-of-data.ts';

const WAIT_MS = 600_000;

/** The tools of one client of the service. Files of the server's machine cannot be named. */
export const serviceBackend = (services: Services, client: Client): McpBackend => {
  const { analyses } = services;
  return {
    takesPaths: false,
    analyse: async ({ analysisId, url, data }, { signal, onProgress }) => {
      if (analysisId !== undefined) {
        const { id } = await analyses.get(client, analysisId);
        return { id, analysis: await analyses.analysis(client, id) };
      }
      const source =
        url !== undefined
          ? ({ kind: 'url', url, transcript: null } as const)
          : ({ kind: 'bytes', bytes: bytesOfData(data ?? ''), name: null } as const);
      const { resource } = await analyses.submit(client, source, {
        options: { purpose: client.purpose },
        waitMs: 0,
        signal,
      });
      await following(services, client, resource.id, { signal, onProgress });
      const { job } = await analyses.wait(client, resource.id, { timeoutMs: WAIT_MS, signal });
      if (!isEnded(job.status)) {
        throw new WhyfaceError({
          code: 'deadline-exceeded',
          stage: 'jobs',
          message: `The clip is still being analysed; ask again with analysisId ${resource.id}.`,
          retryable: true,
        });
      }
      return { id: resource.id, analysis: await analyses.analysis(client, resource.id) };
    },
    explain: async (id, { subject, fromMs, toMs }, { signal }) =>
      analyses.explain(
        client,
        id,
        {
          ...(subject === undefined ? {} : { subject }),
          ...(fromMs === undefined ? {} : { fromMs }),
          ...(toMs === undefined ? {} : { toMs }),
        },
        { signal },
      ),
    converse: (id, history, answerer) => conversationOver(services, client, id, { history, answerer }),
    list: async () =>
      (await analyses.list(client, { limit: 100, after: null }))
        .filter(({ analysis }) => analysis !== null)
        .map(({ id, input }) => ({ id, name: input ?? id })),
    read: async (id) => {
      const [analysis, resource] = await Promise.all([analyses.analysis(client, id), analyses.get(client, id)]);
      return { analysis, explanations: resource.explanations };
    },
  };
};

/** Passes the job's progress on until it ends. */
const following = async (
  { analyses }: Services,
  client: Client,
  id: string,
  { signal, onProgress }: Parameters<McpBackend['analyse']>[1],
): Promise<void> => {
  for await (const { event } of await analyses.events(client, id, { after: 0, signal })) {
    if (event.type === 'stage-progress') {
      onProgress({ stage: event.stage, done: event.done, total: event.total });
    }
  }
};
