import type { WheelMaps } from '../metrics/emotion-wheel.ts';
import { publishedAt, readPublishedTable } from '../unibench/published.ts';
import { runUnibench, type UnibenchOptions, type UnibenchRun } from '../unibench/run.ts';
import type { Comparison } from './comparison.ts';
import type { PublishedFiles } from './files.ts';
import { UNIBENCH_TABLE } from './published-tables.ts';

/** Row of the published table for a folder of predictions. */
const rowFor = (system: string, rows: Iterable<string>): string | null => {
  const squeezed = (name: string): string => name.toLowerCase().replace(/\(.*|[^a-z0-9]/g, '');
  const all = [...rows].filter(
    (row) =>
      squeezed(system).startsWith(squeezed(row)) || /^emercoarse/.test(system) === (squeezed(row) === 'affectgpt'),
  );
  const same = all.filter(
    (row) => squeezed(row) === squeezed(system) || (/^emercoarse/.test(system) && squeezed(row) === 'affectgpt'),
  );
  // Of one system's rows the one with all modalities is what its published outputs are.
  return same.find((row) => row.includes('A,V,T')) ?? same[0] ?? null;
};

/** MER-UniBench: the best checkpoint beside the published number, set by set. */
export const reproduceUnibench = async (
  files: PublishedFiles,
  maps: WheelMaps,
  options: UnibenchOptions,
): Promise<{ comparisons: Comparison[]; run: UnibenchRun }> => {
  const run = await runUnibench(files.emer, maps, options);
  const path = await files.file('published', 'unibench_table.json');
  const table = path === null ? UNIBENCH_TABLE : await readPublishedTable(path);
  const comparisons = run.scores.flatMap(({ system, dataSet, best, substitution }): Comparison[] => {
    const row = rowFor(system, table.rows.keys());
    const published = row === null ? null : publishedAt(table, row, dataSet.title);
    if (published === null || row === null) {
      return [];
    }
    return [
      {
        table: 'MER-UniBench (best checkpoint, %)',
        row,
        column: dataSet.title,
        published,
        ours: 100 * best.score,
        decimals: 2,
        tolerance:
          substitution === null ? null : { within: 0, why: `${substitution} were made by whyface's own lexicon` },
      },
    ];
  });
  return {
    comparisons: [...comparisons, ...(path === null && run.scores.length === 0 ? [] : meansOf(table.rows))],
    run,
  };
};

/** The Mean column against the nine columns it is the mean of. */
const meansOf = (rows: ReadonlyMap<string, readonly number[]>): Comparison[] =>
  [...rows].flatMap(([row, numbers]) => {
    const [parts, published] = [numbers.slice(0, -1), numbers.at(-1)];
    if (published === undefined || parts.length === 0) {
      return [];
    }
    const ours = parts.reduce((sum, value) => sum + value, 0) / parts.length;
    return [
      {
        table: 'MER-UniBench: Mean of the nine printed columns',
        row,
        column: 'Mean',
        published,
        ours,
        decimals: 2,
        tolerance: { within: 0.011, why: 'the columns are rounded' },
      },
    ];
  });
