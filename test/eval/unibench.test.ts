import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { labelsReport } from '../../eval/runners/labels.ts';
import { unibenchReport } from '../../eval/runners/unibench.ts';
import { dataSetNamed } from '../../eval/unibench/data-sets.ts';
import { runMain } from '../support/cli-io.ts';
import { SHARED } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('unibench');

const write = (path: string, content: unknown): string => {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content));
  return full;
};

// Five small wheels of our own, each with the same two clusters.
const cluster = { level1: { happy: 'happy', glad: 'happy', sad: 'sad', blue: 'sad' }, level2: { happy: 'glad', glad: 'glad', sad: 'blue', blue: 'blue' } }; // biome-ignore format: one table
const wheels = write('wheels/wheel_mapping.json', {
  format_mapping: { happy: ['happy'], joy: ['happy'], glad: ['glad'], sad: ['sad'], sadness: ['sad'], blue: ['blue'] },
  raw_mapping: { happy: ['happy'], glad: ['glad'], sad: ['sad'], blue: ['blue'] },
  wheel_map: Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`wheel${number}`, cluster])),
});

describe('MER-UniBench on files in the published layouts', () => {
  it.each([
    ['results-iemocapfour', 'iemocap'],
    ['iemocap.json', 'iemocap'],
    ['cmumosi-process', 'mosi'],
    ['mosei', 'mosei'],
    ['sims', 'sims'],
    ['simsv2.json', 'simsv2'],
    ['mer2023-6way.json', 'mer2023'],
    ['mer2023-dataset-process', 'mer2023'],
    ['ovmerdplus', 'ovmerd'],
    ['OV-MERD+.csv', 'ovmerd'],
    ['holiday.json', undefined],
  ])('%s is %s', (name, id) => {
    expect(dataSetNamed(name)?.id).toBe(id);
  });

  it('scores the fifth session of IEMOCAP, whose classes are numbers, and the mean beside the best', async () => {
    write('a/unibench_labels/iemocap.json', {
      whole_corpus: {
        Ses01F_x: { emo: 1, val: -10 },
        Ses05F_a: { emo: 0, val: -10 },
        Ses05F_b: { emo: 1, val: -10 },
        Ses05F_c: { emo: 2, val: -10 },
      },
    });
    write('a/unibench_one/iemocap.json', {
      'checkpoint_1-openset': { Ses05F_a: '[joy, blue]', Ses05F_b: '[glad]', Ses05F_c: '[calm]' },
      'checkpoint_2-openset': { Ses05F_a: '[glad]', Ses05F_b: '[Sadness]' },
    });
    const report = await unibenchReport({ folder: join(folder, 'a'), wheels });
    // "neutral" is on no wheel: two clips count. Checkpoint 1 hits one, checkpoint 2 both.
    expect(report.values).toEqual({ 'one.IEMOCAP.best': 1, 'one.IEMOCAP.mean': 0.75 });
    expect(report.problems.map(({ code }) => code).sort()).toEqual(['missing-clip', 'unknown-label']);
  });

  it('scores sentiment from the sentiment words, and says when it had to make them itself', async () => {
    const truth = { test_corpus: { a: { emo: 0, val: 1.5 }, b: { emo: 0, val: -0.5 }, c: { emo: 0, val: 0 } } };
    write('b/unibench_labels/mosi.json', truth);
    write('b/unibench_one/cmumosi.json', {
      'checkpoint_1-openset': { a: '[happy]', b: '[angry]', c: '[sad]' },
      'checkpoint_1-openset-sentiment': { a: 'positive', b: 'positive', c: 'negative' },
    });
    // Truth T F, prediction T T: F1 of T 2/3, of F 0.
    expect((await unibenchReport({ folder: join(folder, 'b'), wheels })).values['one.MOSI.best']).toBeCloseTo(
      1 / 3,
      12,
    );
    write('c/unibench_labels/mosi.json', truth);
    write('c/unibench_one/cmumosi.json', { 'checkpoint_1-openset': { a: '[happy]', b: '[angry]', c: '[sad]' } });
    const made = await unibenchReport({ folder: join(folder, 'c'), wheels });
    expect(made.values['one.MOSI.best']).toBe(1);
    expect(made.notes.join(' ')).toContain('cannot be compared');
  });

  it('scores OV-MERD+ from a table of label lists', async () => {
    write('d/unibench_labels/ovmerdplus.csv', "name,openset\na,\"['joy', 'blue']\"\nb,\"['none']\"\n");
    write('d/unibench_one/ovmerdplus.csv', 'name,openset\na,"[happy]"\nb,"[sad]"\n');
    // b maps to nothing and is skipped; a: precision 1, recall 1/2, F 2/3 on every wheel.
    expect((await unibenchReport({ folder: join(folder, 'd'), wheels })).values['one.OV-MERD+.best']).toBeCloseTo(
      2 / 3,
      12,
    );
  });
});

describe('label lists against each other', () => {
  it('follow the published code where the input is odd, and say so', async () => {
    const reference = write('truth.csv', 'name,openset\na,"[\'joy\']"\na,"[\'sad\']"\nb,"[happy]"\nc,nan\n');
    const predictions = write(
      'pred.jsonl',
      '{"name":"a","labels":["sad","purple"]}\n{"name":"b","labels":"[happy"}\nnot json\n{"name":"z","labels":[]}\n',
    );
    const report = await labelsReport({ predictions, reference, wheels, suite: 'five-wheels' });
    expect(new Set(report.problems.map(({ code }) => code))).toEqual(
      new Set([
        'duplicate-id',
        'malformed-row',
        'missing-clip',
        'extra-clip',
        'empty-truth',
        'empty-prediction',
        'malformed-list',
        'unknown-label',
      ]),
    );
    // The last row of a counts: {sad} against {sad, purple}; "purple" is on no wheel and dropped.
    expect(report.values['pred.M-avg']).toBe(1);
    // Set level keeps every word: 1/2 and 1, 1 and 1, 0 and 0.
    expect(report.values['pred.accuracy']).toBeCloseTo(0.5, 12);
    expect(report.values['pred.recall']).toBeCloseTo(2 / 3, 12);
  });
});

describe.skipIf(SHARED === null)('whyface eval reproduce (../shared/eval is there)', () => {
  it('prints every published number beside ours: the exact ones exact, none different', async () => {
    const { status, stdout } = await runMain([
      'eval',
      'reproduce',
      join(SHARED ?? '', 'eval'),
      '--format',
      'json',
      '-q',
    ]);
    expect(status).toBe(0);
    const report = z
      .object({
        values: z.record(z.string(), z.number().nullable()),
        tables: z.array(
          z.object({ title: z.string(), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) }),
        ),
      })
      .parse(JSON.parse(stdout));
    const verdicts = (title: string): unknown[] =>
      report.tables
        .filter((table) => table.title.startsWith(title))
        .flatMap(({ rows }) => rows.map((row) => row.at(-1)));
    expect(new Set(verdicts('MER2024 MER-OV'))).toEqual(new Set(['exact']));
    expect(new Set(verdicts('MER-UniBench (best'))).toEqual(new Set(['exact']));
    expect(new Set(verdicts('Emotion wheels'))).toEqual(new Set(['exact']));
    expect(new Set(verdicts('OV-MER: correlation'))).toEqual(new Set(['exact']));
    expect(verdicts('OV-MER (12')).not.toContain('differs');
    const values = (name: string): number => report.values[name] ?? Number.NaN;
    expect(values('EMER v1 Pearson')).toBeGreaterThan(0.9);
    expect(values('EMER v1 label F1/the reference itself')).toBe(1);
    expect(values("EMER v1 label F1/another clip's reference")).toBeLessThan(0.3);
    expect(values('EMER v1 label F1/the reference in English')).toBeGreaterThan(0.8);
  });
});
