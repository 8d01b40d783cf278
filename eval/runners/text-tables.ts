import type { Analysis, ExplainRecord } from '../../src/contracts/index.ts';
import { literalUnitsOfText, unitScore, unitsOfText } from '../metrics/au-lexicon.ts';
import { mean } from '../metrics/set-overlap.ts';
import { textStyle } from '../metrics/text-style.ts';
import type { Cell, EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { type GroundingSummary, groundingOf } from './grounding.ts';

/** How the texts are written. */
export const addStyle = (report: EvaluationReport, texts: readonly string[]): void => {
  const styles = texts.map(textStyle);
  const values = {
    words: mean(styles.map(({ words }) => words)),
    'distinct-1': mean(styles.map(({ distinct1 }) => distinct1)),
    'distinct-2': mean(styles.map(({ distinct2 }) => distinct2)),
    repetition: mean(styles.map(({ repetition }) => repetition)),
    'Flesch–Kincaid grade': mean(styles.map(({ grade }) => grade)),
  };
  Object.assign(report.values, values);
  report.tables.push({
    id: 'style',
    title: `Style, mean of ${texts.length} texts`,
    columns: [{ label: 'measure', kind: 'text' }, { label: 'value', kind: 'number', digits: 2 }],
    rows: Object.entries(values),
  }); // biome-ignore format: one table
};

/** The verifier's verdicts over the texts, and the action units that they name. */
export const addGrounding = (
  report: EvaluationReport,
  records: ReadonlyMap<string, ExplainRecord> | null,
  texts: ReadonlyMap<string, string>,
  analyses: ReadonlyMap<string, Analysis>,
): void => {
  if (analyses.size === 0) {
    report.notes.push(
      'No measurements were given (--analyses, or records of "whyface explain"), so nothing is grounded.',
    );
    return;
  }
  const summary = groundingOf(records, texts, analyses);
  report.tables.push(groundingTable(summary), unitsTable(texts, analyses, report));
  Object.assign(report.values, {
    'grounding.score': summary.score,
    'grounding.hallucination': summary.hallucination,
    ...Object.fromEntries(Object.entries(summary.verdicts).map(([verdict, count]) => [`grounding.${verdict}`, count])),
  });
};

const groundingTable = ({ verdicts, score, hallucination, clips }: GroundingSummary): ReportTable => ({
  id: 'grounding',
  title: `Grounding in the measurements, ${clips} clips`,
  columns: [{ label: 'claims', kind: 'text' }, { label: 'value', kind: 'number', digits: 3 }],
  rows: [
    ...Object.entries(verdicts).map(([verdict, count]): Cell[] => [verdict, count]),
    ['grounding (supported / testable)', score],
    ['hallucination rate (contradicted or unsupported / testable)', hallucination],
  ],
}); // biome-ignore format: one table

const unitsTable = (
  texts: ReadonlyMap<string, string>,
  analyses: ReadonlyMap<string, Analysis>,
  report: EvaluationReport,
): ReportTable => {
  const clips = [...texts].flatMap(([clip, text]) => {
    const analysis = analyses.get(clip);
    return analysis === undefined ? [] : [{ text, shown: shownUnits(analysis) }];
  });
  const ours = unitScore(clips.map(({ text, shown }) => ({ named: unitsOfText(text).present, shown })));
  const literal = unitScore(clips.map(({ text, shown }) => ({ named: literalUnitsOfText(text), shown })));
  report.values['units.f1'] = ours.f1;
  report.values['units.literal.f1'] = literal.f1;
  return {
    id: 'units',
    title: 'Action units named, against those measured (%)',
    columns: [
      { label: 'lexicon', kind: 'text' },
      { label: 'precision', kind: 'percent' },
      { label: 'recall', kind: 'percent' },
      { label: 'F1', kind: 'percent' },
    ],
    rows: [
      ['paraphrases and denials (whyface)', ours.precision, ours.recall, ours.f1],
      ["MER-Factory's 18 phrases", literal.precision, literal.recall, literal.f1],
    ],
  };
};

const shownUnits = (analysis: Analysis): Set<string> =>
  new Set(
    analysis.observations.flatMap((observation) =>
      observation.kind === 'action-unit' && observation.au.status === 'present' ? [observation.au.code] : [],
    ),
  );
