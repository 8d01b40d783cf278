/** `@huggingface/transformers`, an optional peer that is loaded when it is needed. */
import { WhyfaceError } from '../../../kit/error.ts';

/** Not written as a literal: the compiler must not look for a package that need not be there. */
const PACKAGE = '@huggingface/transformers';

export type HubEnvironment = { allowRemoteModels: boolean; cacheDir: string | null; localModelPath: string };

export type LoadOptions = {
  /** Where the models lie and are kept, as `<folder>/<organisation>/<repository>/…`. */
  folder: string;
  /** Whether files that are not there may be fetched from the hub. */
  remote: boolean;
  /** What needs the package, and how to do without: completes "… needs the package". */
  need: { what: string; otherwise: string };
  /** For tests. */
  load?: (() => Promise<unknown>) | undefined;
};

const hasEnvironment = (loaded: unknown): loaded is { env: HubEnvironment } =>
  typeof loaded === 'object' &&
  loaded !== null &&
  'env' in loaded &&
  typeof loaded.env === 'object' &&
  loaded.env !== null;

/**
 * The package, set up to look into the model folder.
 *
 * @param isWanted whether the module has what the caller uses
 * @throws WhyfaceError `model-missing` where the package is not installed or too old
 */
export const loadTransformers = async <Module>(
  { folder, remote, need, load }: LoadOptions,
  isWanted: (loaded: unknown) => loaded is Module,
): Promise<Module> => {
  const missing = (cause: unknown): WhyfaceError =>
    new WhyfaceError({
      code: 'model-missing',
      stage: 'models',
      message: `${need.what} needs the package ${PACKAGE}: run "npm install ${PACKAGE}", or ${need.otherwise}.`,
      cause,
    });
  const loaded: unknown = await (load ?? (() => import(PACKAGE)))().catch((cause: unknown) => {
    throw missing(cause);
  });
  if (!isWanted(loaded) || !hasEnvironment(loaded)) {
    throw missing(undefined);
  }
  // Its own default would be a folder inside node_modules.
  loaded.env.cacheDir = folder;
  loaded.env.localModelPath = folder;
  loaded.env.allowRemoteModels = remote;
  return loaded;
};

/** Whether these exports are there (classes are functions). */
export const hasExports = (loaded: unknown, names: readonly string[]): boolean =>
  typeof loaded === 'object' &&
  loaded !== null &&
  names.every((name) => typeof new Map<string, unknown>(Object.entries(loaded)).get(name) === 'function');
