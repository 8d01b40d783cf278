import { parse } from 'csv-parse/browser/esm/sync';
import { ANSWER_COLUMNS, ID_COLUMNS, type Row, textAt } from '../../../../eval/readers/columns.ts';
import { WhyfaceError } from '../../../kit/error.ts';

/** What is scored: label lists, one class a clip, or explanations. */
export type ScoreKind = 'labels' | 'classes' | 'explanations';

/** What one file says of each clip. */
export type Answers = {
  name: string;
  items: ReadonlyMap<string, string>;
  /** Where the answers were found, and where they could be found instead. Empty for files without columns. */
  column: string | null;
  columns: readonly string[];
  /** Rows without a clip or an answer. */
  leftOut: number;
};

/** Columns of sentences; looked at first where explanations are scored. */
const TEXT_COLUMNS = ['explanation', 'description', 'reason', 'reasons', 'chi_reasons', 'english', 'text'];
/** Of the records of `whyface explain`. */
const RECORD = { labels: 'labels of the record', text: 'sentences of the record' } as const;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const unusable = (message: string): WhyfaceError =>
  new WhyfaceError({ code: 'input-invalid', stage: 'present', message });

/**
 * The files of `whyface eval`: JSON (`{clip: answer}`, rows, or records of `whyface explain`), JSONL, CSV and TSV.
 * A clip that stands twice counts with its last row.
 *
 * @throws WhyfaceError `input-invalid` in words for a person
 */
export const readAnswers = (
  name: string,
  text: string,
  { kind, column }: { kind: ScoreKind; column: string | null },
): Answers => {
  const content = contentOf(name, text);
  if (isRow(content)) {
    const pairs = Object.entries(content).flatMap(([clip, answer]): Array<[string, string]> => {
      const said = textAt({ answer }, ['answer']);
      return said === null ? [] : [[clip, said]];
    });
    const leftOut = Object.keys(content).length - pairs.length;
    if (pairs.length === 0) {
      throw unusable(`${name} holds no answers by clip.`);
    }
    return { name, items: new Map(pairs), column: null, columns: [], leftOut };
  }
  const rows = content.map(withRecord);
  const all = [...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => textAt(row, [key]) !== null)))];
  const columns = all.filter((each) => !isIdColumn(each));
  const preferred =
    kind === 'explanations' ? [RECORD.text, ...TEXT_COLUMNS, ...ANSWER_COLUMNS] : [RECORD.labels, ...ANSWER_COLUMNS];
  const found = column !== null && columns.includes(column) ? column : preferred.find((each) => columns.includes(each));
  if (found === undefined) {
    throw unusable(`${name} has no column for the answer (labels, prediction, emotion, description …).`);
  }
  const pairs = rows.flatMap((row): Array<[string, string]> => {
    const [clip, answer] = [textAt(row, ID_COLUMNS), textAt(row, [found])];
    return clip === null || clip === '' || answer === null ? [] : [[clipName(clip), answer]];
  });
  if (pairs.length === 0) {
    throw unusable(`${name} has no column for the clip (name, id, clip, file …).`);
  }
  return { name, items: new Map(pairs), column: found, columns, leftOut: content.length - pairs.length };
};

const isIdColumn = (column: string): boolean => ID_COLUMNS.some((each) => each === column);

/** `folder/clip.mp4` and `clip` are one clip. */
const clipName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? name).replace(/\.(?:mp4|avi|mov|mkv|webm|wav|mp3|jpe?g|png)$/i, '');

const contentOf = (name: string, text: string): Row | Row[] => {
  try {
    if (/\.(?:jsonl|ndjson)$/i.test(name)) {
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): unknown => JSON.parse(line))
        .filter(isRow);
    }
    if (/\.json$/i.test(name)) {
      const value: unknown = JSON.parse(text);
      return Array.isArray(value) ? value.filter(isRow) : isRow(value) ? value : [];
    }
    const rows: unknown = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: /\.tsv$/i.test(name) ? '\t' : ',',
    });
    return Array.isArray(rows) ? rows.filter(isRow) : [];
  } catch {
    throw unusable(
      `${name} could not be read; it should be JSON, JSONL, CSV or TSV. For .npz there is “whyface eval”.`,
    );
  }
};

/** A record of `whyface explain` as a row: its labels, and its sentences. */
const withRecord = (row: Row): Row => {
  const explanations = Array.isArray(row.explanations) ? row.explanations.filter(isRow) : null;
  if (explanations === null || typeof row.input !== 'string') {
    return row;
  }
  const texts = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
      isRow(each) && typeof each.text === 'string' ? [each.text] : [],
    );
  const labels = explanations.flatMap(({ judgement }) =>
    isRow(judgement) && judgement.abstained !== true && Array.isArray(judgement.labels)
      ? judgement.labels.map(String)
      : [],
  );
  const sentences = explanations.flatMap(({ keyObservations, interpretation, conclusion }) => [
    ...texts(keyObservations),
    ...texts(interpretation),
    ...texts(conclusion),
  ]);
  return { input: row.input, [RECORD.labels]: [...new Set(labels)], [RECORD.text]: sentences.join(' ') };
};
