import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createConversation } from '../../chat/conversation.ts';
import {
  type Analysis,
  type Explanation,
  explainOptions,
  observeOptions,
  type Percepts,
  type Purpose,
} from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { assertInferenceAllowed } from '../../pipeline/purpose.ts';
import type { Pipeline } from '../../pipeline.ts';
import type { McpBackend } from './backend.ts';
import { bytesOfData } from './bytes-of-data.ts';

type Kept = { name: string; analysis: Analysis; percepts: Percepts; explanations: readonly Explanation[] | null };

/** Analyses that one session keeps; the oldest goes first. */
const MOST_KEPT = 32;

/** The tools of somebody on this machine: the pipeline, and what this session has measured, in memory. */
export const localBackend = (pipeline: Pipeline, purpose: Purpose): McpBackend => {
  const kept = new Map<string, Kept>();
  const find = (id: string): Kept => {
    const found = kept.get(id);
    if (found === undefined) {
      throw new WhyfaceError({
        code: 'not-found',
        stage: 'input',
        message: `There is no analysis ${id.slice(0, 40)} in this session; name the clip again.`,
      });
    }
    return found;
  };
  const explainOf = (id: string, options: object, signal: AbortSignal): Promise<Explanation[]> => {
    const { analysis, percepts } = find(id);
    return pipeline.explainMeasured({ analysis, percepts }, explainOptions.parse({ purpose, ...options }), { signal });
  };
  return {
    takesPaths: true,
    analyse: async ({ analysisId, path, url, data }, { signal, onProgress }) => {
      if (analysisId !== undefined) {
        return { id: analysisId, analysis: find(analysisId).analysis };
      }
      if (url !== undefined) {
        throw new WhyfaceError({
          code: 'url-refused',
          stage: 'input',
          message: 'Web addresses are not fetched here; download the clip and name its path.',
        });
      }
      const measure = async (file: string, name: string) => {
        const { analysis, percepts } = await pipeline.observe(file, observeOptions.parse({ purpose }), {
          signal,
          onProgress,
        });
        const [oldest] = kept.size >= MOST_KEPT && !kept.has(analysis.id) ? kept.keys() : [];
        if (oldest !== undefined) {
          kept.delete(oldest);
        }
        kept.set(analysis.id, { name, analysis, percepts, explanations: null });
        return { id: analysis.id, analysis };
      };
      if (path !== undefined) {
        return measure(path, basename(path));
      }
      const bytes = bytesOfData(data ?? '');
      const folder = await mkdtemp(join(tmpdir(), 'whyface-mcp-'));
      try {
        const file = join(folder, 'clip');
        await writeFile(file, bytes);
        return await measure(file, 'clip');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    explain: async (id, { subject, fromMs, toMs }, { signal }) => {
      assertInferenceAllowed(purpose);
      const explanations = await explainOf(
        id,
        {
          ...(subject === undefined ? {} : { subject }),
          ...(fromMs === undefined ? {} : { fromMs }),
          ...(toMs === undefined ? {} : { toMs }),
        },
        signal,
      );
      if (subject === undefined && fromMs === undefined && toMs === undefined) {
        kept.set(id, { ...find(id), explanations });
      }
      return explanations;
    },
    converse: async (id, history, answerer) => {
      const { analysis, percepts, explanations } = find(id);
      return createConversation({ analysis, percepts, explanations: explanations ?? [], purpose, history, answerer });
    },
    list: async () => [...kept].map(([id, { name }]) => ({ id, name })),
    read: async (id) => {
      const { analysis, explanations } = find(id);
      return { analysis, explanations: explanations ?? [] };
    },
  };
};
