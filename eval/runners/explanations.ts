import type { Analysis, ExplainRecord } from '../../src/contracts/index.ts';
import type { JudgedOptions } from '../judge/judged-overlap.ts';
import { readDescriptions } from '../readers/description-table.ts';
import { stem } from '../readers/input-file.ts';
import { holdsRecords, readAnalyses, readRecords } from '../readers/records.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import { addJudged } from './judged-table.ts';
import { addOverlap } from './overlap-tables.ts';
import { addGrounding, addStyle } from './text-tables.ts';

export type ExplanationsRequest = {
  predictions: string;
  /** Reference descriptions; without them only what needs none is scored. */
  reference?: string | undefined;
  /** Records of `whyface observe`, against which free descriptions are grounded. */
  analyses?: string | undefined;
  predictionColumn?: string | undefined;
  referenceColumn?: string | undefined;
  seed?: number | undefined;
  /** Also ask a language model, or replay its stored replies, as EMER v1 did. */
  judged?: JudgedOptions | undefined;
};

/** `whyface eval explanations`: free descriptions against references, and against the measurements where there are any. */
export const explanationsReport = async (request: ExplanationsRequest): Promise<EvaluationReport> => {
  const predicted = await readDescriptions(request.predictions, request.predictionColumn);
  const name = stem(request.predictions);
  const report = blankReport('explanations', `Explanations: ${name}`, {
    inputs: [...predicted.sources],
    parameters: parametersOf(request),
    problems: [...predicted.problems],
  });
  if (request.reference !== undefined) {
    const reference = await readDescriptions(request.reference, request.referenceColumn);
    report.inputs.push(...reference.sources);
    report.problems.push(...reference.problems);
    addOverlap(report, predicted.items, reference.items, name, request.seed);
    if (request.judged !== undefined) {
      await addJudged(report, predicted.items, reference.items, request.judged);
    }
  }
  addStyle(report, [...predicted.items.values()]);
  const records = (await holdsRecords(request.predictions)) ? await readRecords(request.predictions) : null;
  const analyses = request.analyses === undefined ? analysesOf(records?.records) : await readAnalyses(request.analyses);
  addGrounding(report, records?.records ?? null, predicted.items, analyses);
  return report;
};

const parametersOf = ({ judged: _, ...request }: ExplanationsRequest): Record<string, unknown> => ({ ...request });

const analysesOf = (records: ReadonlyMap<string, ExplainRecord> | undefined): Map<string, Analysis> =>
  new Map(
    [...(records ?? [])].flatMap(([clip, { analysis }]) => (analysis === null ? [] : [[clip, analysis] as const])),
  );
