/**
 * Writes into models/manifest.json what can be computed: bytes and digests of `repo:` files, digests of imported
 * graphs. Run after the importer or one of our own models changed: `npx tsx models/refresh-manifest.ts`
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../src/kit/package-root.ts';
import { hashBytes } from '../src/perceive/models/digest.ts';
import { importGraph } from '../src/perceive/models/import-graph.ts';
import { loadManifest, type ModelEntry } from '../src/perceive/models/manifest.ts';
import { modelsFolder } from '../src/perceive/models/models-folder.ts';
import { readSource } from '../src/perceive/models/source-file.ts';

const root = packageRoot();
const manifest = await loadManifest(root);
const places = { root, folder: process.env.WHYFACE_MODEL_MIRROR ?? modelsFolder(process.env) };

const refresh = async (model: ModelEntry): Promise<ModelEntry> => {
  const files = await Promise.all(
    model.files.map(async (file) => {
      if (!file.source.startsWith('repo:')) {
        return file;
      }
      const bytes = await readFile(join(root, file.source.slice('repo:'.length)));
      return { ...file, bytes: bytes.byteLength, digest: hashBytes('sha256', bytes) };
    }),
  );
  const graphs = await Promise.all(
    model.graphs.map(async (graph) => {
      const file = files.find(({ name }) => name === graph.file);
      const source = file === undefined ? null : await readSource(model, file, places).catch(() => null);
      if (graph.import === null || source === null) {
        return graph;
      }
      return { ...graph, import: { ...graph.import, digest: hashBytes('sha256', importGraph(source, graph.import)) } };
    }),
  );
  return { ...model, files, graphs };
};

const refreshed = { ...manifest, models: await Promise.all(manifest.models.map(refresh)) };
await writeFile(join(root, 'models', 'manifest.json'), `${JSON.stringify(refreshed, null, 2)}\n`);
