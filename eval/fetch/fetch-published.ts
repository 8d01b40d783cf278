import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { writeFileAtomic } from '../../src/kit/atomic-file.ts';
import { WhyfaceError } from '../../src/kit/error.ts';
import { readNpy } from '../readers/npz.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import { PUBLISHED_REPOSITORIES, type PublishedFile } from './published-files.ts';

export type FetchRequest = {
  /** Folder that `whyface eval reproduce` takes afterwards. */
  folder: string;
  /** Base of raw files: `<base>/<repository>/<commit>/<path>`. */
  base?: string | undefined;
};

export type FetchOptions = {
  fetch?: typeof fetch | undefined;
  signal?: AbortSignal | undefined;
  onFile?: ((name: string, done: number, total: number) => void) | undefined;
  repositories?: typeof PUBLISHED_REPOSITORIES | undefined;
};

const BASE = 'https://raw.githubusercontent.com';
const TIMEOUT_MS = 60_000;

/** The id that git gives a file's content. */
export const blobId = (content: Uint8Array): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

/**
 * Fetches the published files at pinned commits, each compared with the id of its content in git. What is there already
 * and right is left alone: an interrupted fetch goes on.
 *
 * @throws WhyfaceError `service-unavailable` where a file cannot be had or is not what was published.
 */
export const fetchPublished = async (
  { folder, base = BASE }: FetchRequest,
  { fetch: send = fetch, signal, onFile, repositories = PUBLISHED_REPOSITORIES }: FetchOptions = {},
): Promise<EvaluationReport> => {
  const total = repositories.reduce((sum, { files }) => sum + files.length, 0);
  let [done, fetched] = [0, 0];
  for (const { repository, commit, files } of repositories) {
    for (const file of files) {
      signal?.throwIfAborted();
      onFile?.(file.target, done, total);
      done += 1;
      const target = join(folder, 'emer', file.target);
      const present = await readFile(target).catch(() => null);
      if (present !== null && blobId(present) === file.blob) {
        continue;
      }
      const address = `${base.replace(/\/$/, '')}/${repository}/${commit}/${encodeURI(file.path)}`;
      await writeFileAtomic(target, await contentOf(address, file, send, signal));
      fetched += 1;
    }
  }
  await unpackSynonyms(join(folder, 'emer', 'mer2024_ov'));
  return blankReport('fetch', `${fetched} of ${total} published files fetched, the rest were here`, {
    parameters: { folder },
    values: { fetched, total },
    tables: [
      {
        id: 'repositories',
        title: 'Where they come from',
        columns: [
          { label: 'repository', kind: 'text' },
          { label: 'commit', kind: 'text' },
          { label: 'files', kind: 'count' },
          { label: 'licence', kind: 'text' },
        ],
        rows: repositories.map(({ repository, commit, files, licence }) => [
          repository,
          commit.slice(0, 12),
          files.length,
          licence,
        ]),
      },
    ],
    notes: [`Next: whyface eval reproduce ${folder}`],
  });
};

const contentOf = async (
  address: string,
  { blob }: PublishedFile,
  send: typeof fetch,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> => {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal === undefined ? [] : [signal])];
  const response = await send(address, { signal: AbortSignal.any(limits) }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw unavailable(`${address} cannot be reached; try again, or fetch the repositories by hand.`, cause);
  });
  if (!response.ok) {
    throw unavailable(`${address} answered ${response.status}.`);
  }
  const content = new Uint8Array(await response.arrayBuffer());
  if (blobId(content) !== blob) {
    throw unavailable(`${address} is not the file that was published; nothing was written.`);
  }
  return content;
};

const unavailable = (message: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({ code: 'service-unavailable', stage: 'eval', message, retryable: true, cause });

/** MER2024's synonym groups are an archive of one `.npy` a clip; the scorer reads one JSON file. */
const unpackSynonyms = async (folder: string): Promise<void> => {
  const archive = await readFile(join(folder, 'openset-synonym.zip')).catch(() => null);
  if (archive === null) {
    return;
  }
  const groups = Object.entries(unzipSync(archive)).flatMap(
    ([name, content]): Array<[string, string]> =>
      name.endsWith('.npy') ? [[basename(name, '.npy'), String(readNpy(content, name) ?? '')]] : [],
  );
  await writeFileAtomic(join(folder, 'openset-synonym.json'), JSON.stringify(Object.fromEntries(groups)));
};
