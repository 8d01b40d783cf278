import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wheelSuite } from '../../../eval/metrics/emotion-wheel.ts';
import { hitRate } from '../../../eval/metrics/hit-rate.ts';
import { setLevel } from '../../../eval/metrics/set-level.ts';
import { parseLabelGroups, parseLabelList } from '../../../eval/readers/label-list.ts';
import { wheelMapsOf } from '../../../eval/readers/wheel-mapping.ts';
import { SHARED } from '../../support/shared.ts';

const emer = SHARED === null ? null : join(SHARED, 'eval', 'emer');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(emer ?? '', path), 'utf8'));
const readOpenset = (path: string): Map<string, string[]> => {
  const rows: unknown = parse(readFileSync(join(emer ?? '', path)), { columns: true, bom: true });
  return new Map(
    z
      .array(z.object({ name: z.string(), openset: z.string() }))
      .parse(rows)
      .map((row) => [row.name, parseLabelList(row.openset)]),
  );
};
const predictions = z.record(z.string(), z.record(z.string(), z.string()));

describe.skipIf(emer === null)('published numbers (../shared/eval is there)', () => {
  it('MER2024 MER-OV, to the last digit', () => {
    const synonyms = z.record(z.string(), z.string()).parse(readJson('mer2024_ov/openset-synonym.json'));
    const truth = readOpenset('mer2024_ov/check-openset.csv');
    const predicted = readOpenset('mer2024_ov/predict-openset.csv');
    const score = setLevel(
      [...truth].map(([name, labels]) => ({
        truth: labels,
        prediction: predicted.get(name) ?? [],
        synonyms: parseLabelGroups(synonyms[name] ?? ''),
      })),
    );
    expect(score).toEqual({
      accuracy: 0.581777108433735,
      recall: 0.4977911646586345,
      average: 0.5397841365461847,
      clips: 332,
    });
  });

  it('AffectGPT on MER2023 (78.54) and MELD (55.65), best of seven checkpoints, and the means (75.05, 54.40)', () => {
    const maps = wheelMapsOf(readJson('wheels-mer2025/wheel_mapping.json'));
    const MELD = ['anger', 'joy', 'sadness', 'neutral', 'disgust', 'fear', 'surprise'];
    const labels = z.record(z.string(), z.record(z.string(), z.object({ emo: z.union([z.string(), z.int()]) })));
    const truthOf = (path: string, corpus: string): Map<string, string> =>
      new Map(
        Object.entries(labels.parse(readJson(path))[corpus] ?? {}).map(([name, { emo }]) => [
          name,
          typeof emo === 'string' ? emo : (MELD[emo] ?? ''),
        ]),
      );
    const rates = (predicted: string, truth: Map<string, string>): number[] =>
      Object.entries(predictions.parse(readJson(predicted)))
        .filter(([checkpoint]) => checkpoint.endsWith('-openset'))
        .map(
          ([, byClip]) =>
            hitRate(
              [...truth].map(([name, emotion]) => ({ truth: emotion, prediction: parseLabelList(byClip[name] ?? '') })),
              maps,
            ).rate,
        );
    const percent = (value: number): string => (100 * value).toFixed(2);
    const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const mer2023 = rates(
      'unibench_affectgpt/mer2023.json',
      truthOf('unibench_labels/mer2023-6way.json', 'test1_corpus'),
    );
    const meld = rates('unibench_affectgpt/meld.json', truthOf('unibench_labels/meld.json', 'test_corpus'));
    expect([percent(Math.max(...mer2023)), percent(Math.max(...meld))]).toEqual(['78.54', '55.65']);
    expect([percent(meanOf(mer2023)), percent(meanOf(meld))]).toEqual(['75.05', '54.40']);
  });

  it('the OV-MER baselines within a point of the published M-avg (their labels were extracted anew by an LLM)', () => {
    const maps = wheelMapsOf(readJson('wheels-mer2025/wheel_mapping.json'));
    const truth = readOpenset('mer2024_ov/check-openset.csv');
    const table = z
      .object({ columns: z.array(z.string()), rows: z.record(z.string(), z.array(z.number())) })
      .parse(readJson('published/ovmer_table.json'));
    for (const model of ['Chat-UniVi', 'Otter', 'SALMONN', 'Video-ChatGPT']) {
      const byClip = predictions.parse(readJson(`ovmerd_baselines/${model}.json`))[
        'output-reason-7b-nosubtitle-addsub-eng-openset'
      ];
      const clips = [...truth].map(([name, labels]) => ({
        truth: labels,
        prediction: parseLabelList(byClip?.[name] ?? ''),
      }));
      const published = table.rows[model]?.[table.columns.indexOf('M-avg')] ?? Number.NaN;
      expect(Math.abs(100 * wheelSuite(clips, 'ov-mer', maps).average - published), model).toBeLessThan(1);
    }
  });
});
