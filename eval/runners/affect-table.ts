import { concordance, icc31, meanAbsoluteError } from '../metrics/continuous.ts';
import { pearson } from '../metrics/pearson.ts';
import type { Row } from '../readers/rows.ts';
import type { Cell, EvaluationReport } from '../report/evaluation-report.ts';
import { numberAt } from './class-answers.ts';

/** Valence and arousal against the truth. */
export const addAffect = (
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
