import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { DATA_SETS, type DataSet, dataSetNamed } from './data-sets.ts';

/** Files of one system on one data set, with the labels of the set; `labels` is null where none were found. */
export type BenchmarkFiles = { dataSet: DataSet; system: string; predictions: string[]; labels: string | null };

const DEPTH = 6;

const filesBelow = async (folder: string, depth = DEPTH): Promise<string[]> => {
  if (depth === 0) {
    return [];
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? filesBelow(path, depth - 1) : Promise.resolve(entry.isFile() ? [path] : []);
      }),
  );
  return nested.flat();
};

type Found = { path: string; dataSet: DataSet; role: 'labels' | 'predictions'; system: string };

/** What a file is, by its name and the folders it lies in. */
const roleOf = (path: string, root: string): Found | null => {
  const parts = relative(root, path).split(sep);
  const folders = parts.slice(0, -1);
  const name = basename(path);
  if (
    !/\.(npz|json|jsonl|csv|tsv)$/i.test(name) ||
    parts.some((part) => /transcript|subtitle|wheel|published/i.test(part))
  ) {
    return null;
  }
  const isLabels = /^labels?(?:[-_.\d]|$)/i.test(name) || folders.some((folder) => /labels?$/i.test(folder));
  const results = folders.findIndex((folder) => /^results[-_]/i.test(folder));
  if (results >= 0 && !isLabels) {
    const dataSet = dataSetNamed(folders[results]?.replace(/^results[-_]/i, '') ?? '');
    return dataSet === null
      ? null
      : { path, dataSet, role: 'predictions', system: folders[results + 1] ?? folders[results - 1] ?? 'results' };
  }
  const named = dataSetNamed(name) ?? folders.map(dataSetNamed).findLast((found) => found !== null) ?? null;
  if (named === null) {
    return null;
  }
  const bench = folders.findLast((folder) => /^unibench[-_]/i.test(folder));
  if (isLabels) {
    return { path, dataSet: named, role: 'labels', system: '' };
  }
  return bench === undefined
    ? null
    : { path, dataSet: named, role: 'predictions', system: bench.replace(/^unibench[-_]/i, '') };
};

/**
 * The MER-UniBench files below a folder: `unibench_<system>/<set>.json` with `unibench_labels/<set>.json`, or
 * AffectGPT's own `output/results-<set>/<model>/checkpoint_*.npz` with MERBench's `<set>-process/label.npz`.
 */
export const findBenchmarkFiles = async (root: string): Promise<BenchmarkFiles[]> => {
  const found = (await filesBelow(root)).flatMap((path) => roleOf(path, root) ?? []);
  const groups = new Map<string, BenchmarkFiles>();
  for (const { path, dataSet, role, system } of found) {
    if (role === 'labels') {
      continue;
    }
    const key = `${system}\n${dataSet.id}`;
    const group = groups.get(key) ?? { dataSet, system, predictions: [], labels: labelsFor(found, dataSet) };
    group.predictions.push(path);
    groups.set(key, group);
  }
  const order = DATA_SETS.map(({ id }) => id);
  return [...groups.values()].sort(
    (a, b) =>
      (a.system < b.system ? -1 : a.system > b.system ? 1 : 0) ||
      order.indexOf(a.dataSet.id) - order.indexOf(b.dataSet.id),
  );
};

/** Labels of a set; of several files the four- or six-class one that the benchmark uses. */
const labelsFor = (found: readonly Found[], { id }: DataSet): string | null => {
  const candidates = found
    .filter(({ role, dataSet }) => role === 'labels' && dataSet.id === id)
    .map(({ path }) => path);
  const preferred = id === 'iemocap' ? /4way/ : /6way/;
  return candidates.find((path) => preferred.test(path)) ?? candidates[0] ?? null;
};
