/** Jobs of several machines: the queue on Redis, blobs where all of them reach them. */
import { createBlobResults, withBlobResults } from './blob-results.ts';
import { createFileBlobStore } from './files/blob-store.ts';
import type { LocalJobs } from './open-local.ts';
import type { BlobStore, JobQueue, ResultSink } from './ports.ts';
import { createRedisQueue } from './redis/redis-queue.ts';
import { removeClip } from './run-analysis.ts';
import { createS3BlobStore } from './s3/s3-blob-store.ts';
import type { JobSettings } from './settings.ts';
import type { BlobPlace, SharedSettings } from './shared-settings.ts';

const openBlobs = (place: BlobPlace): Promise<BlobStore> | BlobStore =>
  place.kind === 'folder' ? createFileBlobStore(place.folder) : createS3BlobStore({ ...place, fetch });

export type SharedJobs = { blobs: BlobStore; queue: JobQueue; results: ResultSink };

/** What a worker needs. @throws WhyfaceError `service-unavailable`, `config-invalid` */
export const openSharedJobs = async (
  { redisUrl, blobs: place }: SharedSettings,
  settings: Partial<JobSettings> = {},
): Promise<SharedJobs> => {
  const blobs = await openBlobs(place);
  const queue = await createRedisQueue({
    url: redisUrl,
    settings,
    beforeTold: (id) => removeClip(blobs, id),
    now: Date.now,
    random: Math.random,
  });
  return { blobs, queue, results: createBlobResults(blobs) };
};

/** The service's own jobs, with the queue and the blobs that it shares. */
export const shareJobs = async (
  local: LocalJobs,
  shared: SharedSettings,
  settings: Partial<JobSettings>,
): Promise<LocalJobs> => {
  const { blobs, queue } = await openSharedJobs(shared, settings);
  await local.queue.close();
  return {
    ...local,
    blobs,
    queue,
    store: withBlobResults(local.store, blobs),
    close: async () => {
      await queue.close();
      await local.close();
    },
  };
};
