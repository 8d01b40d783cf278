import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WheelMaps } from '../../../eval/metrics/emotion-wheel.ts';
import { readWheels } from '../../../eval/readers/wheels.ts';
import { SHARED } from '../../support/shared.ts';

const emer = SHARED === null ? null : join(SHARED, 'eval', 'emer');
const sets = (map: ReadonlyMap<string, readonly string[]>): Record<string, string[]> =>
  Object.fromEntries([...map].map(([word, words]) => [word, [...new Set(words)].sort()]));
const clusters = ({ wheels }: WheelMaps): unknown =>
  Object.fromEntries(
    [...wheels].map(([name, { level1, level2 }]) => [name, [Object.fromEntries(level1), Object.fromEntries(level2)]]),
  );

describe.skipIf(emer === null)('the published wheels (../shared/eval is there)', () => {
  it('read from their sheets are the maps that the authors published, entry by entry', async () => {
    const sheets = await readWheels(join(emer ?? '', 'wheels-mer2025'));
    const published = await readWheels(join(emer ?? '', 'wheels-mer2025', 'wheel_mapping.json'));
    expect([sheets.format.size, sheets.synonyms.size]).toEqual([7386, 1255]);
    expect(new Set([...sheets.wheels.values()].flatMap(({ level1 }) => [...level1.keys()])).size).toBe(253);
    expect(sets(sheets.format)).toEqual(sets(published.format));
    expect(sets(sheets.synonyms)).toEqual(sets(published.synonyms));
    expect(clusters(sheets)).toEqual(clusters(published));
  });

  it('let the last row of an ambiguous word win, and have fewer forms in 2026', async () => {
    const { wheels } = await readWheels(join(emer ?? '', 'wheels-mer2025'));
    const level1 = wheels.get('wheel2')?.level1;
    expect(['overwhelmed', 'inferior', 'embarrassed', 'disappointed'].map((word) => level1?.get(word))).toEqual([
      'bad',
      'sad',
      'sad',
      'sad',
    ]);
    expect((await readWheels(join(emer ?? '', 'wheels-mer2026'))).format.size).toBe(7356);
  });
});
