import { brierScore, calibrationBins, coverageAccuracy, expectedCalibrationError } from '../metrics/calibration.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import type { Item } from './class-item.ts';

/** Whether confidence means what it says. */
export const addCalibration = (report: EvaluationReport, items: readonly Item[]): void => {
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
