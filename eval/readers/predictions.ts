import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { explainRecord } from '../../src/contracts/index.ts';
import { invalidInput } from '../invalid-input.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { ANSWER_COLUMNS } from './columns.ts';
import { type InputBytes, isFolder, jsonOf, readInput, stem } from './input-file.ts';
import { readNpy, readNpz, textKeyed } from './npz.ts';
import type { PickleValue } from './pickle.ts';
import { ID_COLUMNS, type Row, rowsOf, textAt } from './rows.ts';

/** What a system answered for each clip: a label list, a description, or a sentiment word, as it was written. */
export type PredictionSet = {
  /** Checkpoint or system. */
  name: string;
  items: ReadonlyMap<string, string>;
};

export type Predictions = {
  sets: PredictionSet[];
  problems: Problem[];
  sources: Array<{ path: string; sha256: string }>;
};

export type ReadPredictionsOptions = {
  /** Columns of the answer in tables, the first that is there; found by name unless told. */
  columns?: readonly string[] | undefined;
  /** Of whyface's own records: the labels of the judgement, or the sentences. */
  records?: 'labels' | 'text' | undefined;
};

/**
 * Predictions as systems publish them: `.npz` (`filenames` and `fileitems`, or a pickled `name2reason`), a folder of
 * such files (one a checkpoint) or of `.npy` files (one a clip), JSON (`{clip: answer}`, `{checkpoint: {clip: answer}}`
 * or rows), CSV and JSONL rows, and whyface's own `explain` records.
 *
 * A clip that stands twice counts with its last row, as in the published code, and is reported.
 *
 * @throws WhyfaceError `input-not-found`, `input-unreadable`, `input-invalid`
 */
export const readPredictions = async (path: string, options: ReadPredictionsOptions = {}): Promise<Predictions> => {
  if (!(await isFolder(path))) {
    return predictionsOf(await readInput(path), options);
  }
  const files = (await readdir(path)).filter((name) => /\.(npz|json|jsonl|csv|tsv)$/i.test(name)).sort();
  if (files.length > 0) {
    const parts: Predictions[] = [];
    for (const name of files) {
      parts.push(await predictionsOf(await readInput(join(path, name)), options));
    }
    return {
      sets: parts.flatMap(({ sets }) => sets),
      problems: parts.flatMap(({ problems }) => problems),
      sources: parts.flatMap(({ sources }) => sources),
    };
  }
  const arrays = (await readdir(path)).filter((name) => name.endsWith('.npy')).sort();
  if (arrays.length === 0) {
    throw invalidInput(`${path} holds no predictions (.npz, .npy, .json, .jsonl, .csv).`);
  }
  const items = new Map<string, string>();
  for (const name of arrays) {
    const { bytes } = await readInput(join(path, name));
    items.set(stem(name), answerOf(readNpy(bytes, name)));
  }
  return { sets: [{ name: stem(path), items }], problems: [], sources: [{ path, sha256: '' }] };
};

const answerOf = (value: PickleValue): string =>
  Array.isArray(value) ? `[${value.map(String).join(', ')}]` : value === null ? '' : String(value);

const predictionsOf = (input: InputBytes, options: ReadPredictionsOptions): Predictions => {
  const sources = [{ path: input.path, sha256: input.sha256 }];
  const extension = extname(input.path).toLowerCase();
  if (extension === '.npz') {
    const { items, problems } = itemsOfNpz(input);
    return { sets: [{ name: stem(input.path), items }], problems, sources };
  }
  const nested = extension === '.json' ? dictionaryOf(jsonOf(input), stem(input.path)) : null;
  if (nested !== null) {
    return { sets: nested, problems: [], sources };
  }
  const { rows, malformed } = rowsOf(input);
  const { items, problems } = itemsOfRows(rows, input.name, options);
  const broken = problemOf('malformed-row', input.name, malformed, 'Rows that are no objects are left out.');
  return { sets: [{ name: stem(input.path), items }], problems: [...problemsOf([broken]), ...problems], sources };
};

const itemsOfNpz = ({ bytes, name }: InputBytes): { items: Map<string, string>; problems: Problem[] } => {
  const arrays = readNpz(bytes, name);
  const [names, answers] = [arrays.get('filenames'), arrays.get('fileitems')];
  if (Array.isArray(names) && Array.isArray(answers)) {
    if (names.length !== answers.length) {
      throw invalidInput(`${name} has ${names.length} names and ${answers.length} answers.`);
    }
    return collected(
      names.map((clip, index) => [String(clip), answerOf(answers[index] ?? null)]),
      name,
    );
  }
  const dictionary = [...arrays.values()].map(textKeyed).find((found) => found !== null);
  if (dictionary === undefined || dictionary === null) {
    throw invalidInput(`${name} holds neither filenames with fileitems nor a dictionary of answers.`);
  }
  return collected(
    [...dictionary].map(([clip, answer]) => [clip, answerOf(answer)]),
    name,
  );
};

const isText = (value: unknown): value is string | readonly unknown[] =>
  typeof value === 'string' || Array.isArray(value);

/** `{clip: answer}` or `{checkpoint: {clip: answer}}`; `null` where the file has rows instead. */
const dictionaryOf = (value: unknown, name: string): PredictionSet[] | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return null;
  }
  const entries: Array<[string, unknown]> = Object.entries(value);
  if (entries.every(([, answer]) => isText(answer))) {
    return [{ name, items: new Map(entries.map(([clip, answer]) => [clip, listed(answer)])) }];
  }
  return entries.flatMap(([checkpoint, answers]) =>
    typeof answers === 'object' && answers !== null && !Array.isArray(answers)
      ? [
          {
            name: checkpoint,
            items: new Map(Object.entries(answers).map(([clip, answer]): [string, string] => [clip, listed(answer)])),
          },
        ]
      : [],
  );
};

const listed = (answer: unknown): string =>
  Array.isArray(answer)
    ? `[${answer.map(String).join(', ')}]`
    : typeof answer === 'string'
      ? answer
      : String(answer ?? '');

const itemsOfRows = (
  rows: readonly Row[],
  name: string,
  { columns = ANSWER_COLUMNS, records = 'labels' }: ReadPredictionsOptions,
): { items: Map<string, string>; problems: Problem[] } => {
  const nameless: string[] = [];
  const pairs = rows.flatMap((row, index): Array<[string, string]> => {
    const record = recordAnswer(row, records);
    const clip = record?.clip ?? textAt(row, ID_COLUMNS);
    const answer = record?.answer ?? textAt(row, columns);
    if (clip === null || answer === null) {
      nameless.push(`row ${index + 1}`);
      return [];
    }
    return [[clip, answer]];
  });
  if (pairs.length === 0 && rows.length > 0) {
    throw invalidInput(
      `${name} has no column for the clip (name, id, …) or for the answer (${columns.slice(0, 6).join(', ')}, …); name it with --column.`,
    );
  }
  const { items, problems } = collected(pairs, name);
  const broken = problemOf('malformed-row', name, nameless, 'Rows without a clip or an answer are left out.');
  return { items, problems: [...problemsOf([broken]), ...problems] };
};

/** What a record of `whyface explain` answers: the labels, or the sentences, of all its explanations. */
const recordAnswer = (row: Row, records: 'labels' | 'text'): { clip: string; answer: string } | null => {
  if (!('explanations' in row) || !('input' in row)) {
    return null;
  }
  const record = explainRecord.safeParse(row);
  if (!record.success) {
    return null;
  }
  const { input, explanations } = record.data;
  const labels = explanations.flatMap(({ judgement }) => (judgement.abstained ? [] : judgement.labels));
  const sentences = explanations.flatMap(({ keyObservations, interpretation, conclusion }) =>
    [...keyObservations, ...interpretation, conclusion].map(({ text }) => text),
  );
  return {
    clip: stem(input),
    answer: records === 'text' ? sentences.join(' ') : `[${[...new Set(labels)].join(', ')}]`,
  };
};

const collected = (
  pairs: ReadonlyArray<readonly [string, string]>,
  name: string,
): { items: Map<string, string>; problems: Problem[] } => {
  const items = new Map<string, string>();
  const twice: string[] = [];
  for (const [clip, answer] of pairs) {
    if (items.has(clip)) {
      twice.push(clip);
    }
    items.set(clip, answer);
  }
  const repeated = problemOf('duplicate-id', name, twice, 'The last row of a clip counts.');
  return { items, problems: problemsOf([repeated]) };
};
