import { stringify } from 'csv-stringify/sync';
import type { ExplainRecord, Explanation } from '../../contracts/index.ts';
import { plain } from '../view/plain.ts';

/** The columns of `summary.csv`: one row a clip and subject. */
export const SUMMARY_COLUMNS = [
  'input',
  'subject',
  'start',
  'end',
  'expression',
  'compound',
  'confidence',
  'valence',
  'arousal',
  'abstained',
  'labels',
  'evidence',
  'grounding',
  'record',
  'error',
] as const;

export const summaryHeader = (): string => stringify([[...SUMMARY_COLUMNS]]);

/** A formula must not be run by whoever opens the table. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const evidenceOf = ({ keyObservations, conclusion }: Explanation): string => {
  const [strongest] = keyObservations;
  return plain(
    strongest === undefined ? conclusion.text : `${strongest.text} ${strongest.cites.map((id) => `[${id}]`).join('')}`,
  );
};

/** The rows of one clip: the judgement of each subject with its strongest evidence; one row with the error where it has none. */
export const summaryRows = (record: ExplainRecord, file: string): string => {
  const input = guarded(plain(record.input));
  const error = record.error === null ? '' : plain(`${record.error.code}: ${record.error.message}`);
  const subjects = record.analysis?.subjects.map(({ id }) => id) ?? [];
  if (record.explanations.length === 0) {
    const rows = subjects.length === 0 ? [''] : subjects;
    return stringify(rows.map((subject) => [input, subject, '', '', '', '', '', '', '', '', '', '', '', file, error]));
  }
  return stringify(
    record.explanations.map((explanation) => {
      const { judgement, subject, range, grounding } = explanation;
      const shown = !judgement.abstained;
      return [
        input,
        subject ?? '',
        (range.startMs / 1000).toFixed(3),
        (range.endMs / 1000).toFixed(3),
        shown ? judgement.expression.label : '',
        shown ? (judgement.compound.label ?? '') : '',
        judgement.confidence.toFixed(2),
        judgement.valence.toFixed(2),
        judgement.arousal.toFixed(2),
        judgement.abstained ? 1 : 0,
        guarded(plain(judgement.labels.join('; '))),
        guarded(evidenceOf(explanation)),
        grounding.score.toFixed(2),
        file,
        error,
      ];
    }),
  );
};
