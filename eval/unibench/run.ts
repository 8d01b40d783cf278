import type { WheelMaps } from '../metrics/emotion-wheel.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { readPredictions } from '../readers/predictions.ts';
import { type BenchmarkFiles, findBenchmarkFiles } from './find-files.ts';
import { type DataSetScore, scoreDataSet } from './score.ts';
import { readTruth } from './truth.ts';

export type UnibenchRun = {
  scores: DataSetScore[];
  problems: Problem[];
  inputs: Array<{ path: string; sha256: string }>;
};

export type UnibenchOptions = {
  signal?: AbortSignal | undefined;
  onDataSet?: ((title: string, done: number, total: number) => void) | undefined;
};

/** Scores every system and data set whose predictions and labels are below a folder. */
export const runUnibench = async (root: string, maps: WheelMaps, options: UnibenchOptions = {}): Promise<UnibenchRun> =>
  scoreFiles(await findBenchmarkFiles(root), maps, options);

export const scoreFiles = async (
  files: readonly BenchmarkFiles[],
  maps: WheelMaps,
  { signal, onDataSet }: UnibenchOptions,
): Promise<UnibenchRun> => {
  const run: UnibenchRun = { scores: [], problems: [], inputs: [] };
  for (const [index, { dataSet, system, predictions, labels }] of files.entries()) {
    signal?.throwIfAborted();
    onDataSet?.(dataSet.title, index, files.length);
    if (labels === null) {
      run.problems.push(
        ...problemsOf([problemOf('missing-file', dataSet.title, [`labels of ${dataSet.title}`], 'Not scored.')]),
      );
      continue;
    }
    const truth = await readTruth(labels, dataSet);
    const read = await Promise.all(neededFiles(predictions, dataSet).map((path) => readPredictions(path)));
    run.inputs.push(truth.source, ...read.flatMap(({ sources }) => sources));
    const score = scoreDataSet(
      dataSet,
      system,
      read.flatMap(({ sets }) => sets),
      truth,
      maps,
    );
    run.problems.push(...read.flatMap(({ problems }) => problems), ...(score?.problems ?? []));
    if (score !== null) {
      run.scores.push(score);
    }
  }
  return run;
};

/**
 * Of one run's archives only those that are scored: the sentiment words, else the label lists, else the descriptions.
 */
const neededFiles = (paths: readonly string[], { task }: BenchmarkFiles['dataSet']): readonly string[] => {
  const sentiments = paths.filter((path) => /-sentiment\.npz$/i.test(path));
  const lists = paths.filter((path) => /-openset\.npz$/i.test(path));
  const others = paths.filter((path) => !/\.npz$/i.test(path));
  if (task === 'sentiment' && sentiments.length > 0) {
    return [...sentiments, ...others];
  }
  return lists.length > 0 ? [...lists, ...others] : paths;
};
