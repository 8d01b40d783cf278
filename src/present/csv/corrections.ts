/** Corrections as a table. No node imports: the page writes it. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Correction } from '../../contracts/index.ts';

const COLUMNS = [
  'id', 'kind', 'subject', 'start_ms', 'end_ms', 'au', 'status', 'side', 'letter', 'apex_ms', 'replaces', 'observation',
  'label', 'note',
] as const; // biome-ignore format: one table

/** One row a correction; what a kind has not is empty. Cells that a spreadsheet would run as a formula are quoted. */
export const correctionsCsv = (corrections: readonly Correction[]): string =>
  stringify(corrections.map(rowOf), { header: true, columns: [...COLUMNS], escape_formulas: true });

const rowOf = (correction: Correction): Partial<Record<(typeof COLUMNS)[number], string | number>> => {
  const { id, kind, subject, range, note } = correction;
  const common = { id, kind, subject: subject ?? '', start_ms: range.startMs, end_ms: range.endMs, note };
  switch (correction.kind) {
    case 'action-unit': {
      const { au, replaces, observation } = correction;
      return {
        ...common,
        au: au.code,
        status: au.status === 'present' ? 'present' : 'absent',
        side: au.side,
        letter: au.letter ?? '',
        apex_ms: au.apexMs ?? '',
        replaces: replaces ?? '',
        observation,
      };
    }
    case 'label':
      return { ...common, label: correction.label };
    case 'note':
      return common;
  }
};
