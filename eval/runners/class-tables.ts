import { classification } from '../metrics/classification.ts';
import type { Cell, EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { headline, SMALLEST_HEADLINE } from '../statistics/headline.ts';
import { type Item, macroF1Of, NO_ANSWER } from './class-item.ts';
import type { ClassesRequest } from './classes.ts';

/** Accuracy and F1 with intervals, class by class, by group, and the confusions. */
export const addClasses = (report: EvaluationReport, items: readonly Item[], { group, seed }: ClassesRequest): void => {
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
