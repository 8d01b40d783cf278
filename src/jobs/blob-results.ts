/** Results of jobs that ran elsewhere: whoever ran one leaves its result as a blob, and the service takes it in. */
import { z } from 'zod';
import { analysis, explanation } from '../contracts/index.ts';
import { blobKeys } from './keys.ts';
import type { AnalysisRecord, AnalysisResult, AnalysisStore, BlobStore, ResultSink } from './ports.ts';
import { stillReference } from './still-reference.ts';
import { storedJson } from './stored-json.ts';

const analysisResult = z.object({
  analysis,
  explanations: z.array(explanation),
  stills: z.array(stillReference),
});

const readResult = async (blobs: BlobStore, id: string): Promise<AnalysisResult | null> => {
  const bytes = await blobs.get(blobKeys(id).result);
  return bytes === null ? null : storedJson(analysisResult, new TextDecoder().decode(bytes), `the result of ${id}`);
};

/** Where a worker leaves what came of a job. */
export const createBlobResults = (blobs: BlobStore): ResultSink => ({
  saveResult: (id, result) => blobs.put(blobKeys(id).result, new TextEncoder().encode(JSON.stringify(result))),
  result: (id) => readResult(blobs, id),
});

/** The store, with the results that workers left: each is taken in when its record is first asked for. */
export const withBlobResults = (store: AnalysisStore, blobs: BlobStore): AnalysisStore => {
  const takeIn = async (record: AnalysisRecord | null): Promise<AnalysisRecord | null> => {
    if (record === null || record.analysis !== null) {
      return record;
    }
    const result = await readResult(blobs, record.id);
    if (result === null) {
      return record;
    }
    await store.saveResult(record.id, result);
    await blobs.remove(blobKeys(record.id).result);
    return store.find(record.id, null);
  };
  return {
    ...store,
    find: async (id, owner) => takeIn(await store.find(id, owner)),
    result: async (id) => {
      await takeIn(await store.find(id, null));
      return store.result(id);
    },
    list: async (owner, page) =>
      (await Promise.all((await store.list(owner, page)).map(takeIn))).filter((record) => record !== null),
  };
};
