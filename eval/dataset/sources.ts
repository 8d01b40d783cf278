import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Analysis, EXPRESSION_LABELS, type ExpressionLabel, observeOptions } from '../../src/contracts/index.ts';
import { FEAFA_UNITS } from '../../src/facs/feafa.ts';
import { analysePercepts } from '../../src/pipeline/analyse.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { invalidInput } from '../invalid-input.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { jsonOf, readInput, stem } from '../readers/input-file.ts';
import { ID_COLUMNS, rowsOf, textAt } from '../readers/rows.ts';
import { className } from '../runners/class-name.ts';
import { perceptsOfFeafa } from './feafa.ts';

/** One labelled face: where it comes from, and how it is measured. */
export type DatasetSource = {
  name: string;
  /** As the human gave it. */
  humanLabel: string;
  /** One of the eight, or `null` where it is none of them. */
  label: ExpressionLabel | null;
  /** Who it is, for splits that keep a person on one side; `null` where nobody said. */
  identity: string | null;
  /** Split that the labels ask for. */
  split: string | null;
  /** A chain written by others for the same face. */
  theirs: string | null;
  /** Units whose values are known to be shown (from half a unit of 5 on), where the source tells all of them. */
  shown: ReadonlySet<string> | null;
  measure(signal: AbortSignal | undefined): Promise<Analysis>;
  /** What makes a stored result still good. */
  key: string;
};

export type DatasetSources = {
  sources: DatasetSource[];
  problems: Problem[];
  origin: { path: string; sha256: string };
};

export const expressionOf = (label: string): ExpressionLabel | null =>
  EXPRESSION_LABELS.find((known) => known === className(label)) ?? null;

const rafRow = z.object({
  file_name: z.string(),
  emo: z.string(),
  au: z.array(z.number()).length(FEAFA_UNITS.length),
  description: z.string().optional(),
});

/** Lowest letter of FACS on the 0–5 scale. */
const SHOWN_FROM = 0.5;

const shownOf = (values: readonly number[]): Set<string> => {
  const units = perceptsOfFeafa(values, '').subjects[0]?.actionUnits ?? {};
  return new Set(Object.entries(units).flatMap(([code, { both }]) => ((both[0] ?? 0) >= SHOWN_FROM ? [code] : [])));
};

/** Rows of 24 FEAFA values with a label: ExpLLM's own layout. */
export const sourcesOfRows = async (path: string): Promise<DatasetSources> => {
  const input = await readInput(path);
  const value = jsonOf(input);
  if (!Array.isArray(value)) {
    throw invalidInput(`${input.name} is not a list of rows with file_name, emo and au.`);
  }
  const odd: string[] = [];
  const sources = value.flatMap((entry: unknown, index): DatasetSource[] => {
    const row = rafRow.safeParse(entry);
    if (!row.success) {
      odd.push(`row ${index + 1}`);
      return [];
    }
    const { file_name: name, emo, au, description } = row.data;
    return [
      {
        name,
        humanLabel: emo,
        label: expressionOf(emo),
        identity: null,
        split: null,
        theirs: description ?? null,
        shown: shownOf(au),
        measure: () => analysePercepts(perceptsOfFeafa(au, name), observeOptions.parse({})),
        key: JSON.stringify([name, au]),
      },
    ];
  });
  return {
    sources,
    problems: problemsOf([
      problemOf('malformed-row', input.name, odd, 'Rows without file_name, emo and 24 values are left out.'),
    ]),
    origin: { path, sha256: input.sha256 },
  };
};

const LABEL_COLUMNS = ['label', 'emotion', 'expression', 'emo', 'class'] as const;
const IDENTITY_COLUMNS = ['identity', 'person', 'subject', 'speaker', 'actor'] as const;

/** Pictures and clips of a folder with their labels from a table. */
export const sourcesOfFolder = async (folder: string, labels: string, pipeline: Pipeline): Promise<DatasetSources> => {
  const files = new Map((await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => [entry.name, join(entry.parentPath, entry.name)])); // biome-ignore format: one table
  const byStem = new Map([...files].map(([name, path]) => [stem(name), path]));
  const input = await readInput(labels);
  const { rows } = rowsOf(input);
  const [missing, nameless, unlabelled]: [string[], string[], string[]] = [[], [], []];
  const sources: DatasetSource[] = [];
  for (const [index, row] of rows.entries()) {
    const [named, humanLabel] = [textAt(row, ID_COLUMNS), textAt(row, LABEL_COLUMNS)];
    if (named === null || humanLabel === null) {
      nameless.push(`row ${index + 1}`);
      continue;
    }
    const path = files.get(basename(named)) ?? byStem.get(stem(named));
    if (path === undefined) {
      missing.push(named);
      continue;
    }
    const { sha256 } = await readInput(path);
    sources.push({
      name: basename(path),
      humanLabel,
      label: expressionOf(humanLabel),
      identity: textAt(row, IDENTITY_COLUMNS),
      split: textAt(row, ['split']),
      theirs: null,
      shown: null,
      measure: async (signal) => (await pipeline.observe(path, observeOptions.parse({}), { signal })).analysis,
      key: sha256,
    });
    byStem.delete(stem(path));
  }
  unlabelled.push(...[...byStem.keys()].filter((name) => !/^(labels?|MANIFEST|README)$/i.test(name)));
  return {
    sources,
    problems: problemsOf([
      problemOf('malformed-row', input.name, nameless, 'Rows without a file or a label are left out.'),
      problemOf('missing-file', input.name, missing, 'Labelled files that are not in the folder are left out.'),
      problemOf('extra-clip', folder, unlabelled, 'Files without a label are left out.'),
    ]),
    origin: { path: labels, sha256: input.sha256 },
  };
};
