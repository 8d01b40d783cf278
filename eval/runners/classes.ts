import { explainRecord } from '../../src/contracts/index.ts';
import { brierScore, calibrationBins, coverageAccuracy, expectedCalibrationError } from '../metrics/calibration.ts';
import { classification } from '../metrics/classification.ts';
import { concordance, icc31, meanAbsoluteError } from '../metrics/continuous.ts';
import { pearson } from '../metrics/pearson.ts';
import { mean } from '../metrics/set-overlap.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { readInput, stem } from '../readers/input-file.ts';
import { ID_COLUMNS, type Row, rowsOf, textAt } from '../readers/rows.ts';
import { blankReport } from '../report/blank-report.ts';
import type { Cell, EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { headline, SMALLEST_HEADLINE } from '../statistics/headline.ts';
import { className } from './class-name.ts';
import { summaryOfRecord } from './record-summary.ts';
import { actionUnitTable } from './unit-columns.ts';

export type ClassesRequest = {
  predictions: string;
  truth: string;
  /** Column of the truth by which the scores are also given, group by group. */
  group?: string | undefined;
  seed?: number | undefined;
};

type Item = {
  clip: string;
  truth: string;
  prediction: string;
  confidence: number | null;
  probabilities: Readonly<Record<string, number>> | null;
  group: string | null;
};

/** A clip without an answer, or an abstention: wrong, but no class of its own. */
const NO_ANSWER = '(none)';

/** Macro F1 over the classes proper. */
const macroF1Of = ({ classes }: ReturnType<typeof classification>): number =>
  mean(Object.entries(classes).flatMap(([name, { f1 }]) => (name === NO_ANSWER ? [] : [f1])));

const LABELS = ['label', 'expression', 'emotion', 'emo', 'class', 'truth', 'prediction', 'pred', 'compound'] as const;

/**
 * `whyface eval faces` and `eval speech`: one predicted class a clip against the true one; valence, arousal and action
 * units where both tables have their columns.
 */
export const classesReport = async (
  command: 'faces' | 'speech',
  request: ClassesRequest,
): Promise<EvaluationReport> => {
  const [predicted, actual] = [await tableOf(request.predictions), await tableOf(request.truth)];
  const problems: Problem[] = [...predicted.problems, ...actual.problems];
  const missing: string[] = [];
  const items = [...actual.rows].flatMap(([clip, row]): Item[] => {
    const truth = textAt(row, LABELS);
    const answer = predicted.rows.get(clip);
    if (truth === null) {
      return [];
    }
    if (answer === undefined) {
      missing.push(clip);
    }
    const confidence = answer === undefined ? null : numberAt(answer, 'confidence');
    return [
      {
        clip,
        truth: className(truth),
        prediction: className(answer === undefined ? NO_ANSWER : (textAt(answer, LABELS) ?? NO_ANSWER)),
        confidence,
        probabilities: answer === undefined ? null : probabilitiesOf(answer),
        group: request.group === undefined ? null : (textAt(row, [request.group]) ?? '(none)'),
      },
    ];
  });
  problems.push(
    ...problemsOf([
      problemOf('missing-clip', stem(request.predictions), missing, 'Counted as the class "(none)", hence as wrong.'),
      problemOf(
        'extra-clip',
        stem(request.predictions),
        [...predicted.rows.keys()].filter((clip) => !actual.rows.has(clip)),
        'Answers for clips without a truth do not count.',
      ),
    ]),
  );
  const report = blankReport(command, `Classes: ${stem(request.predictions)}`, {
    inputs: [predicted.source, actual.source],
    parameters: { ...request, seed: request.seed ?? null },
    problems,
  });
  if (items.length > 0) {
    addClasses(report, items, request);
    addCalibration(report, items);
  }
  addAffect(report, predicted.rows, actual.rows);
  const units = actionUnitTable(predicted.rows, actual.rows);
  if (units !== null) {
    report.tables.push(units.table);
    Object.assign(report.values, units.values);
  }
  return report;
};

type Table = { rows: Map<string, Row>; problems: Problem[]; source: { path: string; sha256: string } };

const tableOf = async (path: string): Promise<Table> => {
  const input = await readInput(path);
  const { rows, malformed } = rowsOf(input);
  const byClip = new Map<string, Row>();
  const [odd, twice]: [string[], string[]] = [[], []];
  for (const [index, raw] of rows.entries()) {
    const record = explainRecord.safeParse(raw);
    const row = record.success ? summaryOfRecord(record.data) : raw;
    const named = textAt(row, ID_COLUMNS);
    if (named === null) {
      odd.push(`row ${index + 1}`);
      continue;
    }
    const clip = stem(named);
    if (byClip.has(clip)) {
      twice.push(clip);
    }
    byClip.set(clip, row);
  }
  return {
    rows: byClip,
    source: { path, sha256: input.sha256 },
    problems: problemsOf([
      problemOf('malformed-row', input.name, [...malformed, ...odd], 'Rows without a clip are left out.'),
      problemOf('duplicate-id', input.name, twice, 'The last row of a clip counts.'),
    ]),
  };
};

export const numberAt = (row: Row, column: string): number | null => {
  const value = row[column];
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
};

/** Columns `expression_anger` … or `p_anger` … as class probabilities. */
const probabilitiesOf = (row: Row): Record<string, number> | null => {
  const entries = Object.keys(row).flatMap((column): Array<[string, number]> => {
    const name = /^(?:expression|p|prob)_(.+)$/.exec(column)?.[1];
    const value = numberAt(row, column);
    return name === undefined || value === null ? [] : [[className(name), value]];
  });
  return entries.length < 2 ? null : Object.fromEntries(entries);
};

const addClasses = (report: EvaluationReport, items: readonly Item[], { group, seed }: ClassesRequest): void => {
  const scoreOf = (sample: readonly Item[]): ReturnType<typeof classification> =>
    classification(
      sample.map(({ truth }) => truth),
      sample.map(({ prediction }) => prediction),
    );
  const all = scoreOf(items);
  const n = items.length;
  const row = (
    name: string,
    sample: readonly Item[],
    value: (score: ReturnType<typeof classification>) => number,
  ): Cell[] => {
    const { estimate, low, high } = bootstrap(sample, (drawn) => value(scoreOf(drawn)), { seed });
    return [
      name,
      headline(estimate, sample.length),
      `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`,
      sample.length,
    ];
  };
  const columns: ReportTable['columns'] = [
    { label: 'metric', kind: 'text' },
    { label: 'value', kind: 'percent' },
    { label: '95 % interval', kind: 'text' },
    { label: 'n', kind: 'count' },
  ];
  Object.assign(report.values, {
    accuracy: all.accuracy,
    WAR: all.accuracy,
    UAR: all.uar,
    macroF1: macroF1Of(all),
    weightedF1: all.weightedF1,
    kappa: all.kappa,
    n,
  });
  report.tables.push({
    id: 'classes',
    title: 'Classes (%)',
    columns,
    rows: [
      row('accuracy (WAR)', items, ({ accuracy }) => accuracy),
      row('UAR (mean recall)', items, ({ uar }) => uar),
      row('macro F1', items, macroF1Of),
      row('weighted F1', items, ({ weightedF1 }) => weightedF1),
    ],
    notes: n < SMALLEST_HEADLINE ? [`n < ${SMALLEST_HEADLINE}: no headline number, intervals only.`] : [],
  });
  const names = Object.keys(all.classes);
  report.tables.push(
    {
      id: 'per-class',
      title: 'Class by class (%)',
      columns: [
        { label: 'class', kind: 'text' },
        { label: 'precision', kind: 'percent' },
        { label: 'recall', kind: 'percent' },
        { label: 'F1', kind: 'percent' },
        { label: 'n', kind: 'count' },
      ],
      rows: Object.entries(all.classes)
        .filter(([name]) => name !== NO_ANSWER)
        .map(([name, { precision, recall, f1, support }]) => [name, precision, recall, f1, support]),
    },
    {
      id: 'confusion',
      title: 'Confusion: rows are true, columns predicted',
      columns: [{ label: '', kind: 'text' }, ...names.map((label) => ({ label, kind: 'count' as const }))],
      rows: names.map((actual) => [actual, ...names.map((predicted) => all.confusion[actual]?.[predicted] ?? 0)]),
    },
  );
  if (group !== undefined) {
    const groups = [...new Set(items.map((item) => item.group ?? '(none)'))].sort();
    report.tables.push({
      id: 'groups',
      title: `Accuracy by ${group} (%)`,
      columns: [{ label: group, kind: 'text' }, ...columns.slice(1)],
      rows: groups.map((name) => row(name, items.filter((item) => item.group === name), ({ accuracy }) => accuracy)),
      notes: [`Groups below ${SMALLEST_HEADLINE} items have an interval only.`],
    }); // biome-ignore format: one table
  }
};

const addCalibration = (report: EvaluationReport, items: readonly Item[]): void => {
  const sure = items.flatMap(({ confidence, truth, prediction }) => (confidence === null ? [] : [{ confidence, right: truth === prediction }])); // biome-ignore format: one list
  const spread = items.flatMap(({ truth, probabilities }) =>
    probabilities === null ? [] : [{ truth, probabilities }],
  );
  if (spread.length > 0) {
    report.values.brier = brierScore(spread);
  }
  if (sure.length === 0) {
    return;
  }
  const bins = calibrationBins(sure);
  const curve = coverageAccuracy(sure);
  report.values.ece = expectedCalibrationError(sure);
  report.tables.push({
    id: 'calibration',
    title: `Calibration: expected calibration error ${report.values.ece.toFixed(3)}${report.values.brier === undefined ? '' : `, Brier score ${report.values.brier?.toFixed(3)}`}`,
    columns: [
      { label: 'confidence', kind: 'text' },
      { label: 'mean confidence', kind: 'percent' },
      { label: 'accuracy', kind: 'percent' },
      { label: 'n', kind: 'count' },
    ],
    rows: bins.map(({ from, to, confidence, accuracy, n }) => [`${from.toFixed(1)}–${to.toFixed(1)}`, confidence, accuracy, n]),
  }); // biome-ignore format: one table
  report.plots.push(
    {
      kind: 'lines',
      id: 'reliability',
      title: 'Reliability',
      x: 'confidence',
      y: 'accuracy',
      diagonal: true,
      lines: [{ label: 'bins', points: bins.map(({ confidence, accuracy }) => [confidence, accuracy]) }],
    },
    {
      kind: 'lines',
      id: 'coverage',
      title: 'Coverage and accuracy: answering only when sure',
      x: 'coverage',
      y: 'accuracy',
      lines: [{ label: 'accuracy', points: curve.map(({ coverage, accuracy }) => [coverage, accuracy]) }],
    },
  );
};

const addAffect = (
  report: EvaluationReport,
  predicted: ReadonlyMap<string, Row>,
  actual: ReadonlyMap<string, Row>,
): void => {
  const rows = (['valence', 'arousal'] as const).flatMap((dimension): Cell[][] => {
    const pairs = [...actual].flatMap(([clip, row]): Array<[number, number]> => {
      const [truth, answer] = [numberAt(row, dimension), numberAt(predicted.get(clip) ?? {}, dimension)];
      return truth === null || answer === null ? [] : [[truth, answer]];
    });
    if (pairs.length === 0) {
      return [];
    }
    const [truth, answers] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
    report.values[`${dimension}.ccc`] = concordance(truth, answers);
    return [
      [
        dimension,
        concordance(truth, answers),
        pearson(truth, answers),
        icc31(truth, answers),
        meanAbsoluteError(truth, answers),
        pairs.length,
      ],
    ];
  });
  if (rows.length > 0) {
    report.tables.push({
      id: 'affect',
      title: 'Valence and arousal',
      columns: [
        { label: 'dimension', kind: 'text' },
        { label: 'CCC', kind: 'number', digits: 3 },
        { label: 'PCC', kind: 'number', digits: 3 },
        { label: 'ICC(3,1)', kind: 'number', digits: 3 },
        { label: 'MAE', kind: 'number', digits: 3 },
        { label: 'n', kind: 'count' },
      ],
      rows,
    });
  }
};
