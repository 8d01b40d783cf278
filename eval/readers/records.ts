import { z } from 'zod';
import { type Analysis, analysis, type ExplainRecord, explainRecord } from '../../src/contracts/index.ts';
import { invalidInput } from '../invalid-input.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { isFile, readInput, stem } from './input-file.ts';
import { rowsOf } from './rows.ts';

export type Records = {
  records: Map<string, ExplainRecord>;
  problems: Problem[];
  source: { path: string; sha256: string };
};

/** Whether a file holds records of `whyface explain`. */
export const holdsRecords = async (path: string): Promise<boolean> => {
  if (!(await isFile(path)) || !/\.(json|jsonl|ndjson)$/i.test(path)) {
    return false;
  }
  const input = await readInput(path);
  if (!/"explanations"/.test(new TextDecoder().decode(input.bytes.subarray(0, 2_000_000)))) {
    return false;
  }
  return rowsOf(input).rows.some((row) => 'explanations' in row && 'input' in row);
};

/** The records of `whyface explain --format json|jsonl`, by the name of the input. */
export const readRecords = async (path: string): Promise<Records> => {
  const input = await readInput(path);
  const { rows, malformed } = rowsOf(input);
  const records = new Map<string, ExplainRecord>();
  const [odd, twice]: [string[], string[]] = [[], []];
  for (const [index, row] of rows.entries()) {
    const record = explainRecord.safeParse(row);
    if (!record.success) {
      odd.push(`row ${index + 1}`);
      continue;
    }
    const name = stem(record.data.input);
    if (records.has(name)) {
      twice.push(name);
    }
    records.set(name, record.data);
  }
  if (records.size === 0 && rows.length > 0) {
    throw invalidInput(`${input.name} holds no records of "whyface explain".`);
  }
  return {
    records,
    problems: problemsOf([
      problemOf('malformed-row', input.name, [...malformed, ...odd], 'Rows that are no records are left out.'),
      problemOf('duplicate-id', input.name, twice, 'The last record of an input counts.'),
    ]),
    source: { path, sha256: input.sha256 },
  };
};

const observed = z.object({ input: z.string(), analysis: analysis.nullable() });

/** Analyses by the name of their input, from records of `whyface observe` or `explain`. */
export const readAnalyses = async (path: string): Promise<Map<string, Analysis>> => {
  const { rows } = rowsOf(await readInput(path));
  return new Map(
    rows.flatMap((row) => {
      const record = observed.safeParse(row).data;
      return record?.analysis === undefined || record.analysis === null
        ? []
        : [[stem(record.input), record.analysis] as const];
    }),
  );
};
