import { areaUnderCurve, icc31, meanAbsoluteError } from '../metrics/continuous.ts';
import { pearson } from '../metrics/pearson.ts';
import type { Row } from '../readers/rows.ts';
import type { Cell, ReportTable } from '../report/evaluation-report.ts';

/** DISFA counts a unit as shown from intensity 2 on (of 5); tables of 0 and 1 are presence as they are. */
const SHOWN_FROM = 2;

const unitOf = (column: string): string | null => {
  const number = /^AU0?(\d+)(?:_[rc])?$/i.exec(column)?.[1];
  return number === undefined ? null : `AU${number}`;
};

const valueAt = (row: Row | undefined, unit: string): number | null => {
  for (const [column, value] of Object.entries(row ?? {})) {
    if (unitOf(column) === unit && !/_c$/i.test(column) && String(value).trim() !== '') {
      const number = Number(value);
      return Number.isFinite(number) ? number : null;
    }
  }
  return null;
};

/**
 * Action units against coded ones: F1 and AUC of presence, ICC(3,1), PCC and MAE of intensity, unit by unit and as plain
 * means. `null` where the tables share no unit.
 */
export const actionUnitTable = (
  predicted: ReadonlyMap<string, Row>,
  actual: ReadonlyMap<string, Row>,
): { table: ReportTable; values: Record<string, number | null> } | null => {
  const units = [...new Set([...actual.values()].flatMap((row) => Object.keys(row).flatMap((column) => unitOf(column) ?? [])))].sort((a, b) => Number(a.slice(2)) - Number(b.slice(2))); // biome-ignore format: one list
  const rows = units.flatMap((unit) => {
    const pairs = [...actual].flatMap(([clip, row]): Array<[number, number]> => {
      const [truth, answer] = [valueAt(row, unit), valueAt(predicted.get(clip), unit)];
      return truth === null || answer === null ? [] : [[truth, answer]];
    });
    return pairs.length === 0 ? [] : [scoreOf(unit, pairs)];
  });
  if (rows.length === 0) {
    return null;
  }
  const average = (value: (row: UnitRow) => number | null): number | null => {
    const known = rows.flatMap((row) => value(row) ?? []);
    return known.length === 0 ? null : known.reduce((sum, number) => sum + number, 0) / known.length;
  };
  const means = {
    f1: average((row) => row.f1),
    auc: average((row) => row.auc),
    icc: average((row) => row.icc),
    pcc: average((row) => row.pcc),
    mae: average((row) => row.mae),
  };
  return {
    values: Object.fromEntries([
      ...rows.flatMap(({ unit, f1, auc, icc, pcc, mae }) =>
        Object.entries({ f1, auc, icc, pcc, mae }).map(([metric, value]) => [`${unit}.${metric}`, value] as const),
      ),
      ...Object.entries(means).map(([metric, value]) => [`AU mean.${metric}`, value] as const),
    ]),
    table: {
      id: 'units',
      title: 'Action units',
      columns: [
        { label: 'unit', kind: 'text' },
        { label: 'F1', kind: 'number', digits: 3 },
        { label: 'AUC', kind: 'number', digits: 3 },
        { label: 'ICC(3,1)', kind: 'number', digits: 3 },
        { label: 'PCC', kind: 'number', digits: 3 },
        { label: 'MAE', kind: 'number', digits: 3 },
        { label: 'n', kind: 'count' },
      ],
      rows: [
        ...rows.map(({ unit, f1, auc, icc, pcc, mae, n }): Cell[] => [unit, f1, auc, icc, pcc, mae, n]),
        ['mean', means.f1, means.auc, means.icc, means.pcc, means.mae, null],
      ],
      notes: [`Shown: from ${SHOWN_FROM} of 5 on (DISFA); in columns of 0 and 1 from 1 on.`],
    },
  };
};

type UnitRow = {
  unit: string;
  f1: number | null;
  auc: number | null;
  icc: number | null;
  pcc: number | null;
  mae: number;
  n: number;
};

const scoreOf = (unit: string, pairs: ReadonlyArray<[number, number]>): UnitRow => {
  const [truth, answers] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  const cut = (values: readonly number[]): number => (values.every((value) => value <= 1) ? 0.5 : SHOWN_FROM);
  const shown = truth.map((value) => value >= cut(truth));
  const named = answers.map((value) => value >= cut(answers));
  const hits = shown.filter((value, index) => value && named[index] === true).length;
  const [positives, claimed] = [shown.filter(Boolean).length, named.filter(Boolean).length];
  return {
    unit,
    f1: positives + claimed === 0 ? null : (2 * hits) / (positives + claimed),
    auc: areaUnderCurve(shown, answers),
    icc: icc31(truth, answers),
    pcc: pearson(truth, answers),
    mae: meanAbsoluteError(truth, answers),
    n: pairs.length,
  };
};
