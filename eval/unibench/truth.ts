import { extname } from 'node:path';
import { z } from 'zod';
import { invalidInput } from '../invalid-input.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { type InputBytes, jsonOf, readInput } from '../readers/input-file.ts';
import { parseLabelList } from '../readers/label-list.ts';
import { plainOf, readNpz } from '../readers/npz.ts';
import { ID_COLUMNS, rowsOf, textAt } from '../readers/rows.ts';
import type { DataSet } from './data-sets.ts';

/** The truth of a test set by clip, in the order of the file: a class name, a score, or a list of labels. */
export type Truth = {
  basic: Map<string, string>;
  sentiment: Map<string, number>;
  fineGrained: Map<string, string[]>;
  problems: Problem[];
  source: { path: string; sha256: string };
};

const entry = z.object({ emo: z.union([z.string(), z.number()]).optional(), val: z.number().optional() });
const corpora = z.record(z.string(), z.unknown());

/**
 * The labels of one data set: MERBench's `label.npz` (or the same as JSON), or a table with `name` and `openset`,
 * `label` or `val`.
 *
 * @throws WhyfaceError `input-not-found`, `input-unreadable`, `input-invalid`
 */
export const readTruth = async (path: string, dataSet: DataSet): Promise<Truth> => {
  const input = await readInput(path);
  const source = { path, sha256: input.sha256 };
  const extension = extname(path).toLowerCase();
  if (extension === '.npz' || extension === '.json') {
    const content =
      extension === '.npz'
        ? Object.fromEntries(
            [...readNpz(input.bytes, input.name, isTestPart)].map(([key, value]) => [key, plainOf(value)]),
          )
        : jsonOf(input);
    if (!Array.isArray(content)) {
      return { ...ofCorpus(clipsOf(content, dataSet, input), dataSet, input), source };
    }
  }
  return { ...ofTable(input, dataSet), source };
};

// The training part is ten times the size, and not needed.
const isTestPart = (name: string): boolean => !/^(?:train|val)_corpus$/.test(name);

const clipsOf = (content: unknown, dataSet: DataSet, { name }: InputBytes): Array<[string, unknown]> => {
  const file = corpora.safeParse(content);
  if (!file.success) {
    throw invalidInput(`${name} holds no labels.`);
  }
  const parts = file.data;
  const corpus = parts[dataSet.corpus] ?? parts.test_corpus ?? parts.test1_corpus ?? parts.whole_corpus;
  const clips = corpora.safeParse(corpus ?? parts);
  if (!clips.success) {
    throw invalidInput(`${name} has no ${dataSet.corpus} with the labels of ${dataSet.title}.`);
  }
  const all = Object.entries(clips.data);
  const { prefix } = dataSet;
  return prefix === null ? all : all.filter(([clip]) => clip.startsWith(prefix));
};

type Labels = Omit<Truth, 'source'>;

const empty = (): Labels => ({ basic: new Map(), sentiment: new Map(), fineGrained: new Map(), problems: [] });

const ofCorpus = (clips: ReadonlyArray<[string, unknown]>, dataSet: DataSet, { name }: InputBytes): Labels => {
  const labels = empty();
  const odd: string[] = [];
  for (const [clip, value] of clips) {
    if (dataSet.task === 'fine-grained' && (typeof value === 'string' || Array.isArray(value))) {
      labels.fineGrained.set(clip, typeof value === 'string' ? parseLabelList(value) : value.map(String));
      continue;
    }
    const parsed =
      typeof value === 'object' ? entry.safeParse(value).data : { emo: asClass(value), val: asNumber(value) };
    if (!put(labels, clip, parsed?.emo, parsed?.val, dataSet)) {
      odd.push(clip);
    }
  }
  return { ...labels, problems: oddOnes(odd, name) };
};

const asClass = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : undefined;

const put = (
  labels: Labels,
  clip: string,
  emotion: string | number | undefined,
  value: number | undefined,
  dataSet: DataSet,
): boolean => {
  if (dataSet.task === 'sentiment') {
    if (value !== undefined && Number.isFinite(value)) {
      labels.sentiment.set(clip, value);
      return true;
    }
    return false;
  }
  const label = typeof emotion === 'number' ? dataSet.classes?.[emotion] : classNamed(emotion, dataSet);
  if (label === undefined || label === '') {
    return false;
  }
  if (dataSet.task === 'basic') {
    labels.basic.set(clip, label);
  } else {
    labels.fineGrained.set(clip, parseLabelList(label));
  }
  return true;
};

/** A class given as text: a name, or a number in quotation marks. */
const classNamed = (emotion: string | undefined, dataSet: DataSet): string | undefined =>
  emotion !== undefined && dataSet.classes !== null && /^\d+$/.test(emotion.trim())
    ? dataSet.classes[Number(emotion)]
    : emotion;

const oddOnes = (clips: readonly string[], name: string): Problem[] =>
  problemsOf([problemOf('malformed-row', name, clips, 'Clips without a usable label are left out.')]);

const LABEL_COLUMNS = ['openset', 'label', 'labels', 'emo', 'emotion', 'Emotion', 'discrete'] as const;
const VALUE_COLUMNS = ['val', 'valence', 'sentiment', 'label', 'score'] as const;

const ofTable = (input: InputBytes, dataSet: DataSet): Labels => {
  const labels = empty();
  const { rows, malformed } = rowsOf(input);
  const odd: string[] = [];
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const [index, row] of rows.entries()) {
    const clip = textAt(row, ID_COLUMNS);
    if (clip === null) {
      odd.push(`row ${index + 1}`);
      continue;
    }
    if (seen.has(clip)) {
      twice.push(clip);
    }
    seen.add(clip);
    const label = textAt(row, LABEL_COLUMNS) ?? undefined;
    const value = asNumber(textAt(row, VALUE_COLUMNS));
    if (dataSet.task === 'fine-grained' && label !== undefined) {
      labels.fineGrained.set(clip, parseLabelList(label));
    } else if (!put(labels, clip, label, value, dataSet)) {
      odd.push(clip);
    }
  }
  const problems = problemsOf([
    problemOf('malformed-row', input.name, malformed, 'Rows that are no objects are left out.'),
    problemOf('duplicate-id', input.name, twice, 'The last row of a clip counts.'),
  ]);
  return { ...labels, problems: [...problems, ...oddOnes(odd, input.name)] };
};
