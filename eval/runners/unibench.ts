import { invalidInput } from '../invalid-input.ts';
import { wheelsFor } from '../readers/find-wheels.ts';
import { isFile, requireFolder } from '../readers/input-file.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { DATA_SETS, type DataSet, dataSetNamed } from '../unibench/data-sets.ts';
import { runUnibench, scoreFiles, type UnibenchOptions, type UnibenchRun } from '../unibench/run.ts';
import type { DataSetScore } from '../unibench/score.ts';

export type UnibenchRequest = {
  /** Folder with predictions and labels of several sets … */
  folder?: string | undefined;
  /** … or the predictions (file or folder of checkpoints) and labels of one set. */
  predictions?: string | undefined;
  labels?: string | undefined;
  dataSet?: string | undefined;
  wheels?: string | undefined;
};

const METRICS = { basic: 'hit rate', sentiment: 'weighted F1', 'fine-grained': 'F, five wheels' } as const;

/** Columns of the "ours" tables. */
const scoresTable = (scores: readonly DataSetScore[]): ReportTable => ({
  id: 'scores',
  title: 'MER-UniBench (%), best and mean over the checkpoints',
  columns: [
    { label: 'system', kind: 'text' },
    { label: 'set', kind: 'text' },
    { label: 'metric', kind: 'text' },
    { label: 'best', kind: 'percent' },
    { label: 'mean', kind: 'percent' },
    { label: 'checkpoints', kind: 'count' },
    { label: 'clips', kind: 'number', digits: 1 },
    { label: 'best checkpoint', kind: 'text' },
  ],
  rows: scores.map(({ system, dataSet, best, mean, checkpoints, substitution }) => [
    system,
    dataSet.title,
    METRICS[dataSet.task] + (substitution === null ? '' : ` (${substitution} by whyface's own lexicon)`),
    best.score,
    mean,
    checkpoints.length,
    best.clips,
    best.checkpoint,
  ]),
  notes: [
    'Clips: those that count; for hit rate and F the mean over five wheels, which skip clips whose truth they do not know.',
    'The paper publishes the best checkpoint per set, chosen on the test set; the mean is what one checkpoint can be expected to reach.',
  ],
});

const checkpointsTable = (scores: readonly DataSetScore[]): ReportTable => ({
  id: 'checkpoints',
  title: 'Each checkpoint (%)',
  columns: [
    { label: 'system', kind: 'text' },
    { label: 'set', kind: 'text' },
    { label: 'checkpoint', kind: 'text' },
    { label: 'score', kind: 'percent' },
    { label: 'clips', kind: 'number', digits: 1 },
  ],
  rows: scores.flatMap(({ system, dataSet, checkpoints }) =>
    checkpoints.map(({ checkpoint, score, clips }) => [system, dataSet.title, checkpoint, score, clips]),
  ),
});

const detailsTable = (scores: readonly DataSetScore[]): ReportTable => ({
  id: 'details',
  title: 'What the best checkpoint is made of (%)',
  columns: [
    { label: 'system', kind: 'text' },
    { label: 'set', kind: 'text' },
    { label: 'part', kind: 'text' },
    { label: 'value', kind: 'number', digits: 4 },
  ],
  rows: scores.flatMap(({ system, dataSet, best }) =>
    Object.entries(best.details).map(([part, value]) => [system, dataSet.title, part, value]),
  ),
});

/** `whyface eval unibench` */
export const unibenchReport = async (
  request: UnibenchRequest,
  options: UnibenchOptions = {},
): Promise<EvaluationReport> => {
  if (request.folder !== undefined) {
    await requireFolder(request.folder, 'predictions and labels');
  }
  const near = [request.folder, request.predictions, request.labels].flatMap((path) => path ?? []);
  const { path, maps } = await wheelsFor(request.wheels, near);
  const run = await runOf(request, maps, options);
  if (run.scores.length === 0) {
    throw invalidInput(
      'No set of MER-UniBench was found with both predictions and labels: unibench_<system>/<set>.json with unibench_labels/<set>.json, or output/results-<set>/<model>/*.npz with <set>-process/label.npz.',
    );
  }
  return blankReport('unibench', 'MER-UniBench', {
    inputs: run.inputs,
    parameters: { wheels: path },
    values: unibenchValues(run.scores),
    tables: [scoresTable(run.scores), checkpointsTable(run.scores), detailsTable(run.scores)],
    plots: [
      {
        kind: 'bars',
        id: 'best-and-mean',
        title: 'Best checkpoint (bar) and mean over the checkpoints (line), %',
        unit: '%',
        bars: run.scores.map(({ system, dataSet, best, mean }) => ({
          label: `${dataSet.title} (${system})`,
          value: 100 * best.score,
          reference: 100 * mean,
        })),
      },
    ],
    problems: run.problems,
    notes: run.scores.some(({ substitution }) => substitution !== null)
      ? [
          "Where labels or sentiments were taken from text by whyface's own lexicon instead of a language model, the score cannot be compared with published ones.",
        ]
      : [],
  });
};

export const unibenchValues = (scores: readonly DataSetScore[]): Record<string, number> =>
  Object.fromEntries(
    scores.flatMap(({ system, dataSet, best, mean }) => [
      [`${system}.${dataSet.title}.best`, best.score],
      [`${system}.${dataSet.title}.mean`, mean],
    ]),
  );

const runOf = async (
  { folder, predictions, labels, dataSet }: UnibenchRequest,
  maps: Parameters<typeof runUnibench>[1],
  options: UnibenchOptions,
): Promise<UnibenchRun> => {
  if (predictions === undefined && labels === undefined) {
    if (folder === undefined) {
      throw invalidInput('Name a folder with predictions and labels, or both files with --predictions and --labels.');
    }
    return runUnibench(folder, maps, options);
  }
  if (predictions === undefined || labels === undefined || !(await isFile(labels))) {
    throw invalidInput('Both --predictions and --labels are needed, and --labels is a file.');
  }
  const set = dataSet === undefined ? (dataSetIn(predictions) ?? dataSetIn(labels)) : dataSetNamed(dataSet);
  if (set === null) {
    throw invalidInput(
      `Which set it is is not clear from the names; say --data-set ${DATA_SETS.map(({ id }) => id).join('|')}.`,
    );
  }
  return scoreFiles([{ dataSet: set, system: 'given', predictions: [predictions], labels }], maps, options);
};

/** The data set that a path names, the last folder or file that names one. */
const dataSetIn = (path: string): DataSet | null =>
  path
    .split(/[\\/]/)
    .map(dataSetNamed)
    .findLast((found) => found !== null) ?? null;
