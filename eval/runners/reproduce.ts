import { invalidInput } from '../invalid-input.ts';
import { wheelsFor } from '../readers/find-wheels.ts';
import { requireFolder } from '../readers/input-file.ts';
import { blankReport } from '../report/blank-report.ts';
import type { Cell, Column, EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { type Comparison, verdictOf } from '../reproduce/comparison.ts';
import { type EmerV1, reproduceEmerV1 } from '../reproduce/emer-v1.ts';
import { publishedFiles } from '../reproduce/files.ts';
import { reproduceOvMer } from '../reproduce/ov-mer.ts';
import { reproduceSetLevel } from '../reproduce/set-level.ts';
import { reproduceUnibench } from '../reproduce/unibench.ts';
import { reproduceWheelCounts } from '../reproduce/wheel-counts.ts';
import type { UnibenchRun } from '../unibench/run.ts';

export type ReproduceRequest = { folder: string; wheels?: string | undefined };

export type ReproduceOptions = {
  signal?: AbortSignal | undefined;
  onPart?: ((title: string, done: number, total: number) => void) | undefined;
};

/** `whyface eval reproduce`: every published table whose files are there, ours beside theirs. */
export const reproduceReport = async (
  { folder, wheels }: ReproduceRequest,
  { signal, onPart }: ReproduceOptions = {},
): Promise<EvaluationReport> => {
  await requireFolder(folder, 'the published files');
  const files = await publishedFiles(folder);
  const { path, maps } = await wheelsFor(wheels, [files.emer, folder]);
  const steps: Array<[string, () => Promise<Comparison[]>]> = [
    ['wheels', () => reproduceWheelCounts(files)],
    ['MER2024', () => reproduceSetLevel(files)],
    ['OV-MER', () => reproduceOvMer(files, maps)],
  ];
  const comparisons: Comparison[] = [];
  for (const [index, [title, step]] of steps.entries()) {
    signal?.throwIfAborted();
    onPart?.(title, index, steps.length + 2);
    comparisons.push(...(await step()));
  }
  onPart?.('MER-UniBench', steps.length, steps.length + 2);
  const bench = await reproduceUnibench(files, maps, { signal });
  comparisons.push(...bench.comparisons);
  onPart?.('EMER v1', steps.length + 1, steps.length + 2);
  const emer = await reproduceEmerV1(files);
  const tables = [...comparisonTables(comparisons), ...checkpointTables(bench.run), ...emerTables(emer)];
  if (tables.length === 0) {
    throw invalidInput(
      `${folder} holds none of the published files that are known; see docs/evaluation.md for their layout.`,
    );
  }
  const exact = comparisons.filter((comparison) => verdictOf(comparison) === 'exact').length;
  const differing = comparisons.filter((comparison) => verdictOf(comparison) === 'differs').length;
  return blankReport('reproduce', `Published numbers: ${exact} of ${comparisons.length} exact, ${differing} differ`, {
    inputs: bench.run.inputs,
    parameters: { folder, wheels: path },
    values: valuesOf(comparisons, bench.run, emer),
    tables,
    plots: emerPlots(emer),
    problems: bench.run.problems,
    notes: [
      'Exact: the same digits as printed. What cannot be reproduced, and why, stands in docs/evaluation.md.',
      ...[
        ...new Set(
          comparisons.flatMap(({ table, tolerance }) =>
            tolerance === null ? [] : [`${table}: within ${tolerance.within} is expected where ${tolerance.why}.`],
          ),
        ),
      ],
    ],
  });
};

const COLUMNS: readonly Column[] = [
  { label: 'row', kind: 'text' },
  { label: 'column', kind: 'text' },
  { label: 'theirs', kind: 'text' },
  { label: 'ours', kind: 'text' },
  { label: 'difference', kind: 'text' },
  { label: 'verdict', kind: 'text' },
];

const comparisonTables = (comparisons: readonly Comparison[]): ReportTable[] =>
  [...grouped(comparisons)].map(([title, rows]) => ({
    id: title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    title,
    columns: [...COLUMNS],
    rows: rows.map((comparison): Cell[] => {
      const { row, column, published, ours, decimals } = comparison;
      const difference = Number(ours.toFixed(decimals)) - published;
      return [
        row,
        column,
        published.toFixed(decimals),
        ours.toFixed(decimals),
        difference === 0 ? '0' : difference.toFixed(Math.min(decimals, 6)),
        verdictOf(comparison),
      ];
    }),
  }));

const grouped = (comparisons: readonly Comparison[]): Map<string, Comparison[]> => {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    groups.set(comparison.table, [...(groups.get(comparison.table) ?? []), comparison]);
  }
  return groups;
};

const checkpointTables = ({ scores }: UnibenchRun): ReportTable[] =>
  scores.length === 0
    ? []
    : [
        {
          id: 'unibench-checkpoints',
          title: 'MER-UniBench per checkpoint (%)',
          columns: [
            { label: 'set', kind: 'text' },
            { label: 'system', kind: 'text' },
            { label: 'checkpoint', kind: 'text' },
            { label: 'score', kind: 'percent' },
          ],
          rows: scores.flatMap(({ system, dataSet, checkpoints, mean }): Cell[][] => [
            ...checkpoints.map(({ checkpoint, score }): Cell[] => [dataSet.title, system, checkpoint, score]),
            [dataSet.title, system, 'mean', mean],
          ]),
          notes: ['The published number is the best of these, chosen on the test set.'],
        },
      ];

const emerTables = (emer: EmerV1 | null): ReportTable[] =>
  emer === null
    ? []
    : [
        {
          id: 'emer-v1',
          title: "EMER v1: whyface's deterministic label overlap beside GPT-3.5's (1–10)",
          columns: [
            { label: 'system', kind: 'text' },
            { label: 'GPT label overlap', kind: 'number', digits: 2 },
            { label: 'whyface label F1', kind: 'number', digits: 3 },
            { label: 'GPT clue overlap', kind: 'number', digits: 2 },
            { label: 'whyface cue F1', kind: 'number', digits: 3 },
            { label: 'clips', kind: 'count' },
            { label: 'no label named', kind: 'count' },
          ],
          rows: [...emer.rows, ...emer.sanity].map(({ system, published, f1, publishedClues, cues, clips, unanswered }) => [
            system,
            published,
            f1,
            publishedClues,
            cues,
            clips,
            unanswered,
          ]),
          notes: [
            `Labels: Pearson ${emer.pearson?.toFixed(3) ?? 'not defined'}, Spearman ${emer.spearman?.toFixed(3) ?? 'not defined'} over ${emer.rows.filter(({ published }) => published !== null).length} systems with a published score. Cues: Pearson ${emer.cluePearson?.toFixed(3) ?? 'not defined'}.`,
            'Cues in another language share everything but the quotations.',
          ],
        },
      ]; // biome-ignore format: one table

const emerPlots = (emer: EmerV1 | null): EvaluationReport['plots'] =>
  emer === null
    ? []
    : [
        {
          kind: 'points',
          id: 'emer-v1',
          title: "EMER v1: deterministic label F1 against GPT-3.5's label overlap",
          x: 'whyface label F1',
          y: 'GPT label overlap',
          points: emer.rows.flatMap(({ system, published, f1 }) =>
            published === null ? [] : [{ label: system, x: f1, y: published }],
          ),
        },
      ];

const valuesOf = (
  comparisons: readonly Comparison[],
  { scores }: UnibenchRun,
  emer: EmerV1 | null,
): Record<string, number | null> => ({
  ...Object.fromEntries(comparisons.map(({ table, row, column, ours }) => [`${table}/${row}/${column}`, ours])),
  ...Object.fromEntries(
    scores.map(({ system, dataSet, mean }) => [
      `MER-UniBench (mean over checkpoints, %)/${system}/${dataSet.title}`,
      100 * mean,
    ]),
  ),
  ...Object.fromEntries(
    (emer === null ? [] : [...emer.rows, ...emer.sanity]).map(({ system, f1 }) => [`EMER v1 label F1/${system}`, f1]),
  ),
  'EMER v1 Pearson': emer?.pearson ?? null,
  'EMER v1 cue Pearson': emer?.cluePearson ?? null,
});
