/** The models on this machine: what is there, where it lies, fetching what is not, and the bytes of each graph. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfAborted } from '../../kit/abort.ts';
import { writeFileAtomic } from '../../kit/atomic-file.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { packageRoot } from '../../kit/package-root.ts';
import { hashBytes, matchesDigest } from './digest.ts';
import type { Fetch } from './download.ts';
import { hubModelFolder, hubModelState, pullHubModel, verifyHubModel } from './hub/pull-hub.ts';
import { modelInvalid } from './import/model-invalid.ts';
import { IMPORTER_VERSION, importGraph } from './import-graph.ts';
import {
  type HubEntry,
  loadManifest,
  type ModelEntry,
  type ModelFile,
  type ModelGraph,
  type ModelManifest,
} from './manifest.ts';
import { type ModelEnvironment, modelsFolder } from './models-folder.ts';
import { checkOnnx } from './onnx-check.ts';
import { type PullOptions, type PullProgress, pullFile } from './pull.ts';
import { isBuiltIn, locate, readSource, sizeOf } from './source-file.ts';

export type ModelStoreOptions = {
  /** `--models-dir`. */
  modelsDir?: string;
  /** `process.env`, given by the edge of the program. */
  environment: ModelEnvironment;
  fetch?: Fetch;
  /** Default: `models/manifest.json` of this package. */
  manifest?: ModelManifest;
  /** This package's folder, where `repo:` models lie and from where `npm:` ones are resolved. */
  root?: string;
};

export type ModelStatus = {
  id: string;
  task: string;
  about: string;
  /** `damaged`: a file is there and has another size than the manifest says (`verify` reads the files whole). */
  state: 'built-in' | 'present' | 'absent' | 'damaged';
  /** Where the first file lies, or would lie. */
  path: string | null;
  bytes: number | null;
  licence: string;
  optional: boolean;
  source: string;
};

export type VerifyResult = { id: string; state: 'good' | 'absent' | 'bad'; message: string };
export type PullResult = { id: string; state: 'built-in' | 'present' | 'pulled'; path: string | null };

/** One graph, ready for a session. */
export type LoadedGraph = {
  bytes: Uint8Array;
  graph: ModelGraph;
  /** For `models` of percepts and analyses: the digest is that of the ONNX bytes, sha256, hex. */
  reference: { id: string; version: string; digest: string };
};

export type ModelStore = {
  /** Folder of downloaded and imported models. */
  folder: string;
  list: () => Promise<ModelStatus[]>;
  /** Fetches what has to be fetched and imports what has to be imported. */
  pull: (ids: readonly string[] | 'all', options?: PullOptions) => Promise<PullResult[]>;
  /** Reads every file whole and compares digests; never throws for a bad model. */
  verify: (ids?: readonly string[]) => Promise<VerifyResult[]>;
  /** Where a model's file lies or would lie; without an id, the folder. `null` when its npm package is not installed. */
  path: (id?: string) => string | null;
  /** Whether `load` has what it needs, judged by the files' presence. `graph` is `MODEL/GRAPH`. */
  has: (graph: string) => Promise<boolean>;
  load: (graph: string) => Promise<LoadedGraph>;
};

const notKnown = (id: string, known: readonly string[]): WhyfaceError =>
  new WhyfaceError({
    code: 'usage',
    stage: 'models',
    message: `There is no model called ${id}; there are ${known.join(', ')}.`,
    details: { id },
  });

const fileOf = (model: ModelEntry, graph: ModelGraph): ModelFile => {
  const file = model.files.find(({ name }) => name === graph.file);
  if (file === undefined) {
    throw modelInvalid(`models/manifest.json names no file ${graph.file} for ${model.id}.`);
  }
  return file;
};

const importedPath = (folder: string, model: ModelEntry, graph: ModelGraph): string => {
  const source = fileOf(model, graph).digest.replace(/^.*:/, '').slice(0, 12);
  return join(folder, 'imported', `${model.id}-${graph.name}-${source}-v${IMPORTER_VERSION}.onnx`);
};

/** Opens the store. Nothing is written before a model is pulled or imported. */
export const openModelStore = async (options: ModelStoreOptions): Promise<ModelStore> => {
  const root = options.root ?? packageRoot();
  const manifest = options.manifest ?? (await loadManifest(root));
  const folder = modelsFolder(options.environment, options.modelsDir);
  const fetch = options.fetch ?? globalThis.fetch;
  const places = { folder, root };
  const ids = manifest.models.map(({ id }) => id);

  const find = (id: string): ModelEntry => {
    const model = manifest.models.find((candidate) => candidate.id === id);
    if (model === undefined) {
      throw notKnown(id, [...ids, ...manifest.hub.map((entry) => entry.id)]);
    }
    return model;
  };

  /** By its short name or its repository. */
  const findHub = (id: string): HubEntry | undefined =>
    manifest.hub.find((entry) => entry.id === id || entry.repository === id);

  const hubStatus = async (entry: HubEntry): Promise<ModelStatus> => ({
    id: entry.id,
    task: entry.task,
    about: entry.about,
    ...(await hubModelState(entry, folder)),
    path: hubModelFolder(folder, entry),
    licence: entry.licence,
    optional: true,
    source: `the hub, ${entry.repository}`,
  });

  const findGraph = (name: string): { model: ModelEntry; graph: ModelGraph; file: ModelFile } => {
    const [id = '', graphName = ''] = name.split('/');
    const model = find(id);
    const graph = model.graphs.find((candidate) => candidate.name === graphName);
    if (graph === undefined) {
      throw notKnown(
        name,
        model.graphs.map((candidate) => `${id}/${candidate.name}`),
      );
    }
    return { model, graph, file: fileOf(model, graph) };
  };

  const importFrom = async (model: ModelEntry, graph: ModelGraph): Promise<Uint8Array> => {
    const how = graph.import;
    const source = await readSource(model, fileOf(model, graph), places);
    if (how === null) {
      checkOnnx(source, `${model.id}/${graph.name}`);
      return source;
    }
    const path = importedPath(folder, model, graph);
    const cached = await readFile(path).catch(() => null);
    if (cached !== null && matchesDigest(cached, how.digest)) {
      return cached;
    }
    const imported = importGraph(source, how);
    if (!matchesDigest(imported, how.digest)) {
      throw modelInvalid(
        `The import of ${model.id}/${graph.name} gave another file than expected; install whyface again.`,
        {
          expected: how.digest,
          found: hashBytes('sha256', imported),
        },
      );
    }
    // A folder that cannot be written (a read-only home) costs the import at each start, and nothing else.
    await writeFileAtomic(path, imported).catch(() => undefined);
    return imported;
  };

  /** The cached import needs no source: what is run is checked against the manifest either way. */
  const bytesOf = async (model: ModelEntry, graph: ModelGraph): Promise<Uint8Array> => {
    if (graph.import !== null) {
      const cached = await readFile(importedPath(folder, model, graph)).catch(() => null);
      if (cached !== null && matchesDigest(cached, graph.import.digest)) {
        return cached;
      }
    }
    return importFrom(model, graph);
  };

  const load = async (name: string): Promise<LoadedGraph> => {
    const { model, graph } = findGraph(name);
    const bytes = await bytesOf(model, graph);
    const digest = hashBytes('sha256', bytes).replace('sha256:', '');
    return { bytes, graph, reference: { id: name, version: model.version, digest } };
  };

  const status = async (model: ModelEntry): Promise<ModelStatus> => {
    const found = await Promise.all(
      model.files.map(async (file) => ({ file, path: locate(file, places), size: await sizeOf(locate(file, places)) })),
    );
    const isDamaged = found.some(({ file, size }) => size !== null && file.bytes !== null && size !== file.bytes);
    const isAbsent = found.some(({ size }) => size === null);
    const sizes = found.map(({ file, size }) => size ?? file.bytes);
    const own = found.every(({ file }) => isBuiltIn(file)) ? 'built-in' : 'present';
    return {
      id: model.id,
      task: model.task,
      about: model.about,
      state: isAbsent ? 'absent' : isDamaged ? 'damaged' : own,
      path: found[0]?.path ?? null,
      bytes: sizes.some((size) => size === null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
      licence: model.licence,
      optional: model.optional,
      source: model.files[0]?.source ?? '',
    };
  };

  const pullOne = async (model: ModelEntry, pulling: PullOptions): Promise<PullResult> => {
    let fetched = false;
    for (const file of model.files) {
      const intact = await readSource(model, file, places).then(
        () => true,
        () => false,
      );
      if (intact) {
        continue;
      }
      if (isBuiltIn(file)) {
        // Says what is wrong and that reinstalling is the remedy: there is nothing to fetch.
        await readSource(model, file, places);
      }
      await pullFile(model, file, folder, options.environment, fetch, pulling);
      fetched = true;
    }
    for (const graph of model.graphs) {
      throwIfAborted(pulling.signal, 'models');
      report(pulling, { model: model.id, file: graph.file, phase: 'import', done: 0, total: null });
      await bytesOf(model, graph);
    }
    const { path, bytes } = await status(model);
    const size = bytes ?? 0;
    report(pulling, { model: model.id, file: model.files[0]?.name ?? '', phase: 'done', done: size, total: size });
    const here = model.files.every(isBuiltIn) ? 'built-in' : 'present';
    return { id: model.id, state: fetched ? 'pulled' : here, path };
  };

  const verifyOne = async (model: ModelEntry): Promise<VerifyResult> => {
    try {
      for (const file of model.files) {
        await readSource(model, file, places);
      }
      for (const graph of model.graphs) {
        await importFrom(model, graph);
      }
      return { id: model.id, state: 'good', message: 'Every file is the one that whyface knows.' };
    } catch (thrown) {
      const { code, message } = toWhyfaceError(thrown, 'models');
      return { id: model.id, state: code === 'model-missing' ? 'absent' : 'bad', message };
    }
  };

  return {
    folder,
    list: () => Promise.all([...manifest.models.map(status), ...manifest.hub.map(hubStatus)]),
    pull: async (wanted, pulling = {}) => {
      // Models of the hub are hundreds of megabytes each: they come by name only.
      const models = (wanted === 'all' ? ids : wanted).map((id) => findHub(id) ?? find(id));
      const results: PullResult[] = [];
      for (const model of models) {
        if ('repository' in model) {
          const fetched = await pullHubModel(model, { folder, environment: options.environment, fetch }, pulling);
          results.push({ id: model.id, state: fetched ? 'pulled' : 'present', path: hubModelFolder(folder, model) });
        } else {
          results.push(await pullOne(model, pulling));
        }
      }
      return results;
    },
    verify: async (wanted = [...ids, ...manifest.hub.map(({ id }) => id)]) => {
      const results: VerifyResult[] = [];
      for (const id of wanted) {
        const entry = findHub(id);
        results.push(
          entry === undefined ? await verifyOne(find(id)) : { id: entry.id, ...(await verifyHubModel(entry, folder)) },
        );
      }
      return results;
    },
    path: (id) => {
      const entry = id === undefined ? undefined : findHub(id);
      if (entry !== undefined) {
        return hubModelFolder(folder, entry);
      }
      const [file] = id === undefined ? [] : find(id).files;
      return file === undefined ? folder : locate(file, places);
    },
    has: async (name) => {
      const { model, graph, file } = findGraph(name);
      const cached = graph.import === null ? null : await sizeOf(importedPath(folder, model, graph));
      return cached !== null || (await sizeOf(locate(file, places))) !== null;
    },
    load,
  };
};

const report = (pulling: PullOptions, progress: PullProgress): void => {
  pulling.onProgress?.(progress);
};
