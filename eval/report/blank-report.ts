import { VERSION } from '../../src/kit/version.ts';
import type { EvaluationReport } from './evaluation-report.ts';

/** A report to be filled. */
export const blankReport = (
  command: string,
  title: string,
  parts: Partial<Omit<EvaluationReport, 'schema' | 'command' | 'title' | 'version'>>,
): EvaluationReport => ({
  schema: 'whyface/evaluation@1',
  command,
  title,
  version: VERSION,
  inputs: [],
  parameters: {},
  values: {},
  tables: [],
  plots: [],
  problems: [],
  notes: [],
  ...parts,
});
