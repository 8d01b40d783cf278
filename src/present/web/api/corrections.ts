import type { CorrectionEntry } from '../../../contracts/index.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Access } from './access.ts';
import { refuse } from './refuse.ts';

/** The service's record of what people found wrong. */
export type CorrectionStore = {
  list(id: string): Promise<readonly CorrectionEntry[]>;
  add(id: string, entry: CorrectionEntry): Promise<void>;
};

export const createCorrectionStore = (base: URL, worker: WorkerClient, access: Access): CorrectionStore => {
  const at = (id: string): URL => new URL(`v1/analyses/${id}/corrections`, base);
  return {
    list: async (id) => {
      const response = await fetch(at(id), { headers: { accept: 'application/json', ...access.headers() } });
      const json = await response.text();
      return response.ok ? worker.call('parse-corrections', { json }) : refuse(response.status, json);
    },
    add: async (id, entry) => {
      const response = await fetch(at(id), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...access.headers() },
        body: JSON.stringify(entry),
      });
      if (!response.ok) {
        refuse(response.status, await response.text());
      }
    },
  };
};
