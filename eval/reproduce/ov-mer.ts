import { type WheelMaps, wheelSuite } from '../metrics/emotion-wheel.ts';
import { pearson } from '../metrics/pearson.ts';
import { parseLabelList } from '../readers/label-list.ts';
import { readPredictions } from '../readers/predictions.ts';
import { publishedAt, readPublishedTable } from '../unibench/published.ts';
import type { Comparison } from './comparison.ts';
import type { PublishedFiles } from './files.ts';
import { OV_MER_TABLE } from './published-tables.ts';

/** Describe without the subtitle, then let a language model merge subtitle and clues: the published setting. */
const SETTING = 'output-reason-7b-nosubtitle-addsub-eng-openset';

const EXTRACTED_ANEW =
  'labels were extracted from the descriptions by a language model at temperature 0.7, and the table averages two runs; the published outputs hold one';

/** Correlations with the GPT column, printed in the paper's text to three digits. */
const CORRELATIONS: Readonly<Record<string, number>> = {
  M1: 0.887, M2: 0.857, 'M3-W1-L1': 0.911, 'M3-W1-L2': 0.94, 'M3-W2-L1': 0.913, 'M3-W2-L2': 0.942, 'M3-W3-L1': 0.904, 'M3-W3-L2': 0.927,
  'M3-W4-L1': 0.899, 'M3-W4-L2': 0.922, 'M3-W5-L1': 0.885, 'M3-W5-L2': 0.894, 'M-avg': 0.942,
}; // biome-ignore format: one table

/** OV-MER: twelve metrics and their mean for every system whose outputs are there; correlations across the table. */
export const reproduceOvMer = async (files: PublishedFiles, maps: WheelMaps): Promise<Comparison[]> => {
  const path = await files.file('published', 'ovmer_table.json');
  const table = path === null ? OV_MER_TABLE : await readPublishedTable(path);
  const truthPath = await files.file('mer2024_ov', 'check-openset.csv');
  const truth = truthPath === null ? null : (await readPredictions(truthPath)).sets[0]?.items;
  const comparisons: Comparison[] = [];
  for (const name of truth === null || truth === undefined ? [] : await files.names('ovmerd_baselines')) {
    const system = name.replace(/\.json$/, '');
    const baseline = await files.file('ovmerd_baselines', name);
    const sets = baseline === null ? [] : (await readPredictions(baseline)).sets;
    const items = sets.find((set) => set.name === SETTING)?.items;
    if (items === undefined || !table.rows.has(system)) {
      continue;
    }
    const clips = [...(truth ?? [])].map(([clip, labels]) => ({
      truth: parseLabelList(labels),
      prediction: parseLabelList(items.get(clip) ?? ''),
    }));
    const { scores, average } = wheelSuite(clips, 'ov-mer', maps);
    const ours = new Map([
      ...Object.entries(scores).map(([metric, { f }]) => [metric, f] as const),
      ['M-avg', average],
    ]);
    for (const [metric, value] of ours) {
      const published = publishedAt(table, system, metric);
      if (published !== null) {
        comparisons.push({
          table: 'OV-MER (12 metrics, %)',
          row: system,
          column: metric,
          published,
          ours: 100 * value,
          decimals: 2,
          tolerance: { within: metric === 'M-avg' ? 1 : 3, why: EXTRACTED_ANEW },
        });
      }
    }
  }
  if (path === null && comparisons.length === 0) {
    return [];
  }
  const gpt = [...table.rows.keys()].map((row) => publishedAt(table, row, 'GPT') ?? 0);
  for (const [metric, published] of Object.entries(CORRELATIONS)) {
    const ours = pearson(
      gpt,
      [...table.rows.keys()].map((row) => publishedAt(table, row, metric) ?? 0),
    );
    if (ours !== null) {
      comparisons.push({
        table: 'OV-MER: correlation of each metric with the GPT metric',
        row: `${table.rows.size} systems`,
        column: metric,
        published,
        ours,
        decimals: 3,
        tolerance: null,
      });
    }
  }
  return comparisons;
};
