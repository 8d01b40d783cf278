/** `whyface models pull` for models of the hub: many files in folders of their own, each with the digest that the hub states. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { throwIfAborted } from '../../../kit/abort.ts';
import { writeFileAtomic } from '../../../kit/atomic-file.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { startDigest } from '../digest.ts';
import { download, type Fetch, folderOrigin, type Origin, webOrigin } from '../download.ts';
import { modelInvalid } from '../import/model-invalid.ts';
import type { HubEntry } from '../manifest.ts';
import { isOffline, type ModelEnvironment } from '../models-folder.ts';
import type { PullOptions } from '../pull.ts';

const HUB = 'https://huggingface.co';
/** Beside the model: which bytes were fetched, so that `verify` can tell whether they still are there. */
const RECORD = 'whyface-pulled.json';

const record = z.record(z.string(), z.object({ digest: z.string(), bytes: z.int().nonnegative() }));
type Pulled = z.infer<typeof record>;
type Stated = { digest: string; bytes: number | null };

export type HubPlaces = { folder: string; environment: ModelEnvironment; fetch: Fetch };

export const hubModelFolder = (folder: string, { repository }: HubEntry): string =>
  join(folder, ...repository.split('/'));

const readRecord = async (place: string): Promise<Pulled> => {
  const text = await readFile(join(place, RECORD), 'utf8').catch(() => '{}');
  try {
    return record.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
};

const digestOf = async (path: string, algorithm: string): Promise<Stated> => {
  const { size } = await stat(path);
  const hash = startDigest(algorithm, size);
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return { digest: `${algorithm.split(':')[0]}:${hash.digest('hex')}`, bytes: size };
};

const isSame = async (path: string, stated: Pulled[string] | undefined): Promise<boolean> =>
  stated !== undefined &&
  (await digestOf(path, stated.digest).then(
    ({ digest }) => digest === stated.digest,
    () => false,
  ));

const unreachable = (address: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'service-unavailable',
    stage: 'models',
    message: `${address} cannot be reached; try again, or set HF_ENDPOINT or WHYFACE_MODEL_MIRROR to a place that has it.`,
    retryable: true,
    cause,
  });

const MOST_HOPS = 3;

/** What the hub states of a file before it is fetched: sha256 of large ones, git's id of a blob of small ones. */
const statedByHub = async (address: string, fetch: Fetch, signal: AbortSignal | undefined): Promise<Stated> => {
  let at = address;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const response = await fetch(at, {
      method: 'HEAD',
      redirect: 'manual',
      ...(signal === undefined ? {} : { signal }),
    }).catch((cause: unknown) => {
      throwIfAborted(signal, 'models');
      throw unreachable(address, cause);
    });
    const { headers, status } = response;
    const tag = /^(?:W\/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?$/.exec(
      headers.get('x-linked-etag') ?? headers.get('etag') ?? '',
    )?.[1];
    const location = headers.get('location');
    if (tag === undefined && status >= 300 && status < 400 && location !== null) {
      // Small files are redirected within the hub; large ones, which go elsewhere, carry their digest here already.
      at = new URL(location, at).href;
      continue;
    }
    if (status >= 400) {
      throw unreachable(`${address} (it answers ${status})`);
    }
    if (tag === undefined) {
      break;
    }
    const size = Number(headers.get('x-linked-size') ?? headers.get('content-length') ?? Number.NaN);
    const bytes = Number.isSafeInteger(size) && size > 0 ? size : null;
    return { digest: `${tag.length === 64 ? 'sha256' : 'git-blob'}:${tag}`, bytes };
  }
  throw modelInvalid(`${address} states no digest, so that nobody could tell what came; nothing was fetched.`);
};

/** The mirror folder before the hub. */
const sourceOf = async (
  entry: HubEntry,
  file: string,
  { environment, fetch }: HubPlaces,
  signal: AbortSignal | undefined,
): Promise<{ origin: Origin; stated: Stated }> => {
  const mirror = environment.WHYFACE_MODEL_MIRROR ?? '';
  const mirrored = join(mirror, ...entry.repository.split('/'), ...file.split('/'));
  if (mirror !== '' && !/^https?:/.test(mirror) && (await stat(mirrored).catch(() => null))?.isFile() === true) {
    return { origin: folderOrigin(mirrored), stated: await digestOf(mirrored, 'sha256:') };
  }
  if (isOffline(environment)) {
    throw new WhyfaceError({
      code: 'service-unavailable',
      stage: 'models',
      message: `${file} of ${entry.repository} was not fetched, because WHYFACE_OFFLINE forbids the network; unset it, or put the model below the folder that WHYFACE_MODEL_MIRROR names.`,
    });
  }
  const endpoint = ((environment.HF_ENDPOINT ?? '') === '' ? HUB : (environment.HF_ENDPOINT ?? '')).replace(/\/+$/, '');
  const address = `${endpoint}/${entry.repository}/resolve/main/${file}`;
  return { origin: webOrigin(address, fetch), stated: await statedByHub(address, fetch, signal) };
};

/**
 * Fetches what is not there or not what was fetched.
 *
 * @returns whether anything was fetched
 * @throws WhyfaceError `service-unavailable`, `model-invalid`, `aborted`, `output-unwritable`, `storage-full`
 */
export const pullHubModel = async (
  entry: HubEntry,
  places: HubPlaces,
  { onProgress, signal }: PullOptions,
): Promise<boolean> => {
  const place = hubModelFolder(places.folder, entry);
  const pulled = await readRecord(place);
  let fetched = false;
  for (const file of entry.files) {
    throwIfAborted(signal, 'models');
    if (await isSame(join(place, file), pulled[file])) {
      continue;
    }
    const { origin, stated } = await sourceOf(entry, file, places, signal);
    const path = await download({
      file: { name: basename(file), bytes: stated.bytes, digest: stated.digest, source: origin.name },
      folder: join(place, dirname(file)),
      origin,
      onProgress: (done, total) => onProgress?.({ model: entry.id, file, phase: 'download', done, total }),
      ...(signal === undefined ? {} : { signal }),
    });
    fetched = true;
    pulled[file] = { digest: stated.digest, bytes: (await stat(path)).size };
    await writeFileAtomic(join(place, RECORD), `${JSON.stringify(pulled, null, 2)}\n`);
  }
  onProgress?.({ model: entry.id, file: entry.files[0] ?? '', phase: 'done', done: 1, total: 1 });
  return fetched;
};

export type HubState = { state: 'present' | 'absent' | 'damaged'; bytes: number | null };

/** What is there, judged by presence and size. */
export const hubModelState = async (entry: HubEntry, folder: string): Promise<HubState> => {
  const place = hubModelFolder(folder, entry);
  const pulled = await readRecord(place);
  const sizes = await Promise.all(
    entry.files.map((file) =>
      stat(join(place, file)).then(
        ({ size }) => size,
        () => null,
      ),
    ),
  );
  const damaged = entry.files.some((file, index) => {
    const [size, known] = [sizes[index], pulled[file]];
    return size !== null && size !== undefined && known !== undefined && size !== known.bytes;
  });
  const state = sizes.includes(null) ? 'absent' : damaged ? 'damaged' : 'present';
  return { state, bytes: sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) };
};

/** Reads every file whole. A file that somebody copied there has no digest to be compared with, and is taken as it is. */
export const verifyHubModel = async (
  entry: HubEntry,
  folder: string,
): Promise<{ state: 'good' | 'absent' | 'bad'; message: string }> => {
  const place = hubModelFolder(folder, entry);
  const { state } = await hubModelState(entry, folder);
  if (state === 'absent') {
    return {
      state: 'absent',
      message: `The model ${entry.repository} is not in ${folder}; run 'whyface models pull ${entry.id}'.`,
    };
  }
  const pulled = await readRecord(place);
  for (const file of entry.files) {
    if (pulled[file] !== undefined && !(await isSame(join(place, file), pulled[file]))) {
      return {
        state: 'bad',
        message: `${join(place, file)} is not what was fetched; run 'whyface models pull ${entry.id}'.`,
      };
    }
  }
  const copied = entry.files.filter((file) => pulled[file] === undefined).length;
  return {
    state: 'good',
    message:
      copied === 0
        ? 'Every file is the one that was fetched.'
        : `It is here; ${copied} of its files were copied by hand and have no digest.`,
  };
};
