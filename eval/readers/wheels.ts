import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { z } from 'zod';
import { invalidInput } from '../invalid-input.ts';
import type { WheelMaps } from '../metrics/emotion-wheel.ts';
import { isFile, isFolder, jsonOf, readInput, textOf } from './input-file.ts';
import { parseLabelList } from './label-list.ts';
import { plainOf, readNpz } from './npz.ts';
import { wheelMapsOf } from './wheel-mapping.ts';

/**
 * The maps of a published wheel release, from whichever form is given: the folder of `format.csv`, `synonym.xlsx` and
 * `wheel1.xlsx` … (read as MERTools' wheel.py reads them), `wheel_mapping.npz`, or the same content as JSON.
 *
 * @throws WhyfaceError `input-not-found`, `input-unreadable`, `input-invalid`
 */
export const readWheels = async (path: string): Promise<WheelMaps> => {
  if (await isFolder(path)) {
    const names = new Set(await readdir(path));
    if (names.has('synonym.xlsx') && names.has('format.csv')) {
      return wheelsOfSheets(path, names);
    }
    const mapping = ['wheel_mapping.npz', 'wheel_mapping.json'].find((name) => names.has(name));
    if (mapping === undefined) {
      throw invalidInput(`${path} holds no wheels: neither format.csv with synonym.xlsx nor a wheel_mapping file.`);
    }
    return readWheels(join(path, mapping));
  }
  const input = await readInput(path);
  if (extname(path).toLowerCase() === '.npz') {
    const arrays = readNpz(input.bytes, input.name);
    return wheelMapsOf(Object.fromEntries([...arrays].map(([key, value]) => [key, plainOf(value)])), input.name);
  }
  return wheelMapsOf(jsonOf(input), input.name);
};

const RUNS = 8;

const wheelsOfSheets = async (folder: string, names: ReadonlySet<string>): Promise<WheelMaps> => {
  const wheelNames = [...names].flatMap((name) => /^(wheel\d+)\.xlsx$/.exec(name)?.[1] ?? []).sort();
  const wheels = new Map<string, { level1: ReadonlyMap<string, string>; level2: ReadonlyMap<string, string> }>();
  for (const wheel of wheelNames) {
    wheels.set(wheel, clustersOf(await rowsOf(join(folder, `${wheel}.xlsx`))));
  }
  if (wheels.size === 0) {
    throw invalidInput(`${folder} holds no wheel1.xlsx.`);
  }
  return {
    format: formatsOf(textOf(await readInput(join(folder, 'format.csv')))),
    synonyms: synonymsOf(await rowsOf(join(folder, 'synonym.xlsx'))),
    wheels,
  };
};

type Row = ReadonlyMap<string, string>;

/** The rows of the first sheet by column name; empty cells are left out. */
const rowsOf = async (path: string): Promise<Row[]> => {
  if (!(await isFile(path))) {
    throw invalidInput(`${path} is missing.`);
  }
  const [header, ...rows] = await readSheet(path).catch((thrown: unknown) => {
    throw invalidInput(`${path} is not a readable sheet.`, thrown);
  });
  const columns = (header ?? []).map((cell) => String(cell ?? ''));
  return rows.map(
    (row) =>
      new Map(
        row.flatMap((cell, index) => {
          const column = columns[index];
          return cell === null || column === undefined ? [] : [[column, String(cell)] as const];
        }),
      ),
  );
};

const clean = (text: string | undefined): string => (text ?? '').toLowerCase().trim();

/**
 * Level 1 → level 2 → level 3 words in the order of the sheet; a blank carries the cell above down. Later words
 * overwrite earlier ones: in wheel 2 four words stand in two places, and the last one counts.
 */
const clustersOf = (rows: readonly Row[]): { level1: Map<string, string>; level2: Map<string, string> } => {
  const tree = new Map<string, Map<string, string[]>>();
  let [inner, middle, outer] = ['', '', ''];
  for (const row of rows) {
    inner = clean(row.get('level1') ?? inner);
    middle = clean(row.get('level2') ?? middle);
    outer = clean(row.get('level3') ?? outer);
    const branch = tree.get(inner) ?? new Map<string, string[]>();
    tree.set(inner, branch);
    branch.set(middle, [...(branch.get(middle) ?? []), outer]);
  }
  const [level1, level2] = [new Map<string, string>(), new Map<string, string>()];
  for (const [innerWord, branch] of tree) {
    level1.set(innerWord, innerWord);
    level2.set(innerWord, [...branch.keys()].sort()[0] ?? innerWord);
    for (const [middleWord, words] of branch) {
      level1.set(middleWord, innerWord);
      level2.set(middleWord, middleWord);
      for (const word of words) {
        level1.set(word, innerWord);
        level2.set(word, middleWord);
      }
    }
  }
  return { level1, level2 };
};

/** Base word → wheel words: eight runs of `word_runN` and `synonym_runN`, merged. */
const synonymsOf = (rows: readonly Row[]): Map<string, string[]> => {
  const reached = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    const known = reached.get(from) ?? new Set<string>();
    reached.set(from, known.add(to));
  };
  for (let run = 1; run <= RUNS; run += 1) {
    for (const row of rows) {
      const word = clean(row.get(`word_run${run}`));
      if (word === '') {
        continue;
      }
      add(word, word);
      for (const synonym of parseLabelList(row.get(`synonym_run${run}`) ?? '')) {
        add(synonym, word);
      }
    }
  }
  return new Map([...reached].map(([word, wheelWords]) => [word, [...wheelWords]]));
};

const formatRows = z.array(z.object({ name: z.string(), format: z.string() }));

/** Any form → base words, from `format.csv`; each base word is a form of itself. */
const formatsOf = (text: string): Map<string, string[]> => {
  const rows = formatRows.safeParse(parse(text, { columns: true, bom: true }));
  if (!rows.success) {
    throw invalidInput('format.csv does not have the columns name and format.');
  }
  const bases = new Map<string, string[]>();
  for (const { name, format } of rows.data) {
    for (const form of [...parseLabelList(format), name]) {
      const known = bases.get(form) ?? [];
      known.push(name);
      bases.set(form, known);
    }
  }
  return bases;
};
