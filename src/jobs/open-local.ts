/** Everything the service keeps on one machine, in one folder: database, blobs, uploads, links. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LIMITS } from '../kit/limits.ts';
import { createFileBlobStore } from './files/blob-store.ts';
import { createFileReceiver, type FileReceiver } from './files/intake.ts';
import type { AnalysisStore, BlobStore, JobQueue, KeyStore } from './ports.ts';
import { createSqliteAnalysisStore } from './sqlite/analysis-store.ts';
import { createSqliteJobQueue, type SqliteQueueOptions } from './sqlite/job-queue.ts';
import { createSqliteKeyStore } from './sqlite/key-store.ts';
import { openDatabase } from './sqlite/open-database.ts';

export type LocalJobs = {
  store: AnalysisStore;
  keys: KeyStore;
  blobs: BlobStore;
  queue: JobQueue;
  receivers: { clip: FileReceiver; transcript: FileReceiver };
  /** For links to stored files. */
  workFolder: string;
  close(): Promise<void>;
};

/** Where the service keeps its things: the option, `WHYFACE_DATA`, `$XDG_STATE_HOME/whyface`, `~/.local/state/whyface`. */
export const dataFolder = (
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  option?: string | undefined,
): string => {
  const given = [option, environment.WHYFACE_DATA].find((value) => value !== undefined && value !== '');
  if (given !== undefined) {
    return resolve(given);
  }
  const state = environment.XDG_STATE_HOME;
  return resolve(state === undefined || state === '' ? join(home, '.local', 'state') : state, 'whyface');
};

/** @throws WhyfaceError `store-damaged`, `config-invalid`, `output-unwritable` */
export const openLocalJobs = async (
  folder: string,
  options: SqliteQueueOptions & { uploadBytes?: number | undefined } = {},
): Promise<LocalJobs> => {
  const database = await openDatabase(join(folder, 'whyface.db'));
  const limits = {
    maximumBytes: options.uploadBytes ?? LIMITS.mediaBytes,
    idleMs: LIMITS.transferIdleMs,
    minimumRate: LIMITS.transferBytesPerSecond,
    reserveBytes: LIMITS.diskReserveBytes,
  };
  const uploads = join(folder, 'uploads');
  const workFolder = join(folder, 'work');
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  const receivers = {
    clip: await createFileReceiver(uploads, limits),
    transcript: await createFileReceiver(uploads, { ...limits, maximumBytes: LIMITS.transcriptBytes }),
  };
  const links = await createFileReceiver(workFolder, limits);
  await Promise.all([receivers.clip.sweep(), links.sweep()]);
  const queue = createSqliteJobQueue(database, options);
  return {
    store: createSqliteAnalysisStore(database),
    keys: createSqliteKeyStore(database),
    blobs: await createFileBlobStore(join(folder, 'blobs')),
    queue,
    receivers,
    workFolder,
    close: async () => {
      await queue.close();
      // One file to copy, with nothing left in the log beside it.
      await database.scrub();
      database.close();
    },
  };
};
