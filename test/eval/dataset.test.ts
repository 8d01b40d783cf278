import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { perceptsOfFeafa } from '../../eval/dataset/feafa.ts';
import { splitOf } from '../../eval/dataset/split.ts';
import { ACTION_UNIT_CODES } from '../../src/contracts/index.ts';
import { findEmotionWords } from '../../src/facs/emotion-words.ts';
import { FEAFA_UNITS, feafaValues } from '../../src/facs/feafa.ts';
import { runMain } from '../support/cli-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('dataset');

const units = (values: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: FEAFA_UNITS.length }, (_, index) => values[index] ?? 0);

// Places as in FEAFA: 2 and 3 lid raise, 6 and 7 brow raise, 8 jaw drop, 11 and 12 lip-corner pull.
const SMILE = units({ 11: 0.7, 12: 0.7 });
const SURPRISE = units({ 2: 0.6, 3: 0.6, 6: 0.7, 7: 0.7, 8: 0.6 });

const rows = [
  { file_name: 'smile.jpg', emo: 'Happiness', au: SMILE, description: 'A smile: the lip corners are pulled up.' },
  { file_name: 'wide.jpg', emo: 'Surprise', au: SURPRISE },
  { file_name: 'wrong.jpg', emo: 'Disgust', au: SMILE },
  { file_name: 'odd.jpg', emo: 'Bored', au: SMILE },
  { file_name: 'short.jpg', emo: 'Anger', au: [0.1] },
];

describe('whyface dataset build', () => {
  const input = join(folder, 'rows.json');
  const out = join(folder, 'out');
  writeFileSync(input, JSON.stringify(rows));
  const text = (name: string): string => readFileSync(join(out, name), 'utf8');
  const lines = (name: string): unknown[] =>
    text(name)
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));

  it('keeps chains that reach the human label, and rejects the others with a reason', async () => {
    const { status, stdout } = await runMain(['dataset', 'build', input, '--out', out, '--format', 'json', '-q']);
    expect(status).toBe(0);
    const report = z
      .object({
        values: z.record(z.string(), z.number().nullable()),
        problems: z.array(z.object({ code: z.string() })),
      })
      .parse(JSON.parse(stdout));
    expect(report.values).toMatchObject({ accepted: 2, rejected: 2 });
    expect(report.problems.map(({ code }) => code)).toEqual(['malformed-row']);
    expect(lines('rejected.jsonl')).toMatchObject([
      { name: 'wrong.jpg', reason: 'label-not-reached' },
      { name: 'odd.jpg', reason: 'unknown-label' },
    ]);
  });

  it('writes the three parts in every layout, the description free of feeling words', () => {
    const chains = z
      .array(
        z.object({
          file_name: z.string(),
          emo: z.string(),
          au: z.array(z.number()).length(24),
          description: z.string(),
        }),
      )
      .parse(JSON.parse(text('expllm.json')));
    expect(chains.map(({ file_name, emo }) => [file_name, emo])).toEqual([
      ['smile.jpg', 'Happiness'],
      ['wide.jpg', 'Surprise'],
    ]);
    for (const { description } of chains) {
      const [, seen, read, ends] = /^\*\*Key Observations:\*\* (.+)\n\n\*\*Overall Emotional Interpretation:\*\* (.+)\n\n\*\*Conclusion:\*\* (.+)$/s.exec(description) ?? []; // biome-ignore format: one pattern
      expect(findEmotionWords(seen ?? 'anger')).toEqual([]);
      expect([read, ends]).not.toContain(undefined);
    }
    const splits = ['train', 'validation', 'test'];
    for (const layout of ['openai', 'huggingface/data']) {
      expect(splits.flatMap((split) => lines(`${layout}/${split}.jsonl`))).toHaveLength(2);
    }
    for (const layout of ['llava', 'sharegpt']) {
      expect(splits.flatMap((split) => z.array(z.object({ conversations: z.array(z.unknown()) })).parse(JSON.parse(text(`${layout}/${split}.json`))))).toHaveLength(2); // biome-ignore format: one list
    }
    expect(lines('provenance.jsonl')).toMatchObject([{ name: 'smile.jpg', reasoner: 'facs', grounding: 1 }, {}]);
  });

  it('goes on where it stopped: what is done is not done again', async () => {
    const before = text('items.jsonl');
    const kept = before.split('\n').slice(0, 2).join('\n');
    writeFileSync(join(out, 'items.jsonl'), `${kept}\n{"name": "wro`);
    expect((await runMain(['dataset', 'build', input, '--out', out, '-q'])).status).toBe(0);
    expect(text('items.jsonl').startsWith(kept)).toBe(true);
    expect((await runMain(['dataset', 'build', input, '--out', out, '-q'])).stdout).toContain('accepted');
  });
});

describe('its parts', () => {
  it('24 values become action units with sides, and come back', () => {
    const [subject] = perceptsOfFeafa(units({ 0: 0.2, 1: 0.4, 11: 0.5, 12: 0.1, 23: 0.6 }), 'x').subjects;
    expect(subject?.actionUnits.AU12).toMatchObject({ both: [2.5], left: [2.5], right: [0.5] });
    expect(subject?.actionUnits.AU9).toMatchObject({ both: [3], left: null });
    expect(subject?.actionUnits.AU6).toBeUndefined();
    const back = feafaValues(
      new Map(
        ACTION_UNIT_CODES.flatMap((code) => {
          const column = subject?.actionUnits[code];
          const both = column?.both[0] ?? 0;
          return column === undefined
            ? []
            : [[code, { both, left: column.left?.[0] ?? both, right: column.right?.[0] ?? both }] as const];
        }),
      ),
    );
    expect(back).toEqual(units({ 0: 0.2, 1: 0.4, 11: 0.5, 12: 0.1, 23: 0.6 }));
  });

  it('a person stands in one split, whatever the pictures are called', () => {
    const splits = Array.from({ length: 50 }, (_, index) => splitOf('somebody', `picture-${index}`, null));
    expect(new Set(splits).size).toBe(1);
    expect(splitOf('somebody', 'x', 'val')).toBe('validation');
    const many = Array.from({ length: 1000 }, (_, index) => splitOf(`person-${index}`, 'x', null));
    expect(many.filter((split) => split === 'train').length).toBeGreaterThan(750);
    expect(many.filter((split) => split === 'test').length).toBeGreaterThan(60);
  });
});
