import { readWheels } from '../readers/wheels.ts';
import type { Comparison } from './comparison.ts';
import type { PublishedFiles } from './files.ts';

/** Counts that the sources print (MERTools wheel.py) or that follow from the released files (MER2026). */
const RELEASES = [
  { folder: 'wheels-mer2025', forms: 7386, words: 1255 },
  { folder: 'wheels-mer2026', forms: 7356, words: 1255 },
] as const;
const WHEEL_WORDS = 253;

/** The sizes of the three maps of a wheel release. */
export const reproduceWheelCounts = async (files: PublishedFiles): Promise<Comparison[]> => {
  const comparisons: Comparison[] = [];
  for (const { folder, forms, words } of RELEASES) {
    const path = await files.folder(folder);
    if (path === null) {
      continue;
    }
    const { format, synonyms, wheels } = await readWheels(path);
    const distinct = new Set([...wheels.values()].flatMap(({ level1 }) => [...level1.keys()]));
    const row = (column: string, published: number, ours: number): Comparison => ({
      table: 'Emotion wheels',
      row: folder,
      column,
      published,
      ours,
      decimals: 0,
      tolerance: null,
    });
    comparisons.push(
      row('wheel words', WHEEL_WORDS, distinct.size),
      row('words with synonyms', words, synonyms.size),
      row('forms', forms, format.size),
    );
  }
  return comparisons;
};
