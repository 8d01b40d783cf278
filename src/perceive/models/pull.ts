/** `whyface models pull`: mirror first, then the publisher. */
import { join } from 'node:path';
import { throwIfAborted } from '../../kit/abort.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { download, type Fetch, folderOrigin, type Origin, webOrigin } from './download.ts';
import type { ModelEntry, ModelFile } from './manifest.ts';
import { isOffline, type ModelEnvironment } from './models-folder.ts';

export type PullProgress = {
  model: string;
  file: string;
  phase: 'download' | 'import' | 'done';
  /** Bytes. */
  done: number;
  /** `null` where the whole is not known. */
  total: number | null;
};

export type PullOptions = {
  onProgress?: (progress: PullProgress) => void;
  signal?: AbortSignal;
};

const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

const origins = (file: ModelFile, environment: ModelEnvironment, fetch: Fetch): Origin[] => {
  const mirror = environment.WHYFACE_MODEL_MIRROR ?? '';
  const offline = isOffline(environment);
  const found: Origin[] = [];
  if (mirror !== '' && isAddress(mirror)) {
    if (!offline) {
      found.push(webOrigin(`${mirror.replace(/\/+$/, '')}/${file.name}`, fetch));
    }
  } else if (mirror !== '') {
    found.push(folderOrigin(join(mirror, file.name)));
  }
  if (!offline) {
    found.push(webOrigin(file.source, fetch));
  }
  return found;
};

const refused = (model: ModelEntry, file: ModelFile, folder: string, reasons: readonly WhyfaceError[]): WhyfaceError =>
  new WhyfaceError({
    code: 'service-unavailable',
    stage: 'models',
    message: [
      `${file.name} was not fetched, because WHYFACE_OFFLINE forbids the network`,
      ...reasons.map(({ message }) => ` (${message.replace(/\.$/, '')})`),
      `; put it into ${folder}, or unset WHYFACE_OFFLINE and run 'whyface models pull ${model.id}'.`,
    ].join(''),
    details: { model: model.id, file: file.name, folder },
  });

/** Faults that another origin cannot mend. */
const OURS: ReadonlySet<string> = new Set(['aborted', 'output-unwritable', 'storage-full']);

/**
 * Fetches one file of a model into the folder.
 *
 * @throws WhyfaceError the last origin's: `service-unavailable`, `model-invalid`, `aborted`
 */
export const pullFile = async (
  model: ModelEntry,
  file: ModelFile,
  folder: string,
  environment: ModelEnvironment,
  fetch: Fetch,
  { onProgress, signal }: PullOptions,
): Promise<string> => {
  const failures: WhyfaceError[] = [];
  for (const origin of origins(file, environment, fetch)) {
    throwIfAborted(signal, 'models');
    try {
      return await download({
        file,
        folder,
        origin,
        onProgress: (done, total) => onProgress?.({ model: model.id, file: file.name, phase: 'download', done, total }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (thrown) {
      if (!WhyfaceError.isInstance(thrown) || OURS.has(thrown.code)) {
        throw thrown;
      }
      failures.push(thrown);
    }
  }
  if (isOffline(environment)) {
    throw failures.find(({ code }) => code === 'model-invalid') ?? refused(model, file, folder, failures);
  }
  const worst = failures.find(({ code }) => code === 'model-invalid') ?? failures.at(-1);
  throw new WhyfaceError({
    code: worst?.code ?? 'service-unavailable',
    stage: 'models',
    message: `${file.name} could not be fetched: ${failures.map(({ message }) => message).join(' ')} You can also put the file into ${folder}.`,
    retryable: worst?.retryable ?? false,
    details: { model: model.id, file: file.name, folder },
    cause: worst,
  });
};
