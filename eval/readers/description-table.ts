import type { Problem } from '../problem.ts';
import { readPredictions } from './predictions.ts';

export type Descriptions = {
  items: ReadonlyMap<string, string>;
  problems: Problem[];
  sources: Array<{ path: string; sha256: string }>;
};

const TEXT_COLUMNS = ['chi_reasons', 'reasons', 'reason', 'description', 'explanation', 'english', 'chinese', 'text', 'answer', 'response', 'prediction', 'output'] as const; // biome-ignore format: one list

/** Free descriptions by clip. The column is found by name: text columns before label columns. */
export const readDescriptions = async (path: string, column?: string): Promise<Descriptions> => {
  const tried = column === undefined ? TEXT_COLUMNS : [column];
  const read = await readPredictions(path, { columns: tried, records: 'text' });
  const [first] = read.sets;
  return { items: first?.items ?? new Map(), problems: read.problems, sources: read.sources };
};
