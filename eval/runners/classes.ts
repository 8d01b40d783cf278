import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { stem } from '../readers/input-file.ts';
import { textAt } from '../readers/rows.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import { addAffect } from './affect-table.ts';
import { addCalibration } from './calibration-table.ts';
import { numberAt, probabilitiesOf, tableOf } from './class-answers.ts';
import { type Item, NO_ANSWER } from './class-item.ts';
import { className } from './class-name.ts';
import { addClasses } from './class-tables.ts';
import { actionUnitTable } from './unit-columns.ts';

export type ClassesRequest = {
  predictions: string;
  truth: string;
  /** Column of the truth by which the scores are also given, group by group. */
  group?: string | undefined;
  seed?: number | undefined;
};

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
