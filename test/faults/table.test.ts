import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/shared.ts';
import { AREAS, FAULTS } from './faults.ts';
import { idsOfArea, renderReliability } from './render.ts';

const sources = new Map<string, string>();
const sourceOf = (file: string): string => {
  const known = sources.get(file) ?? readFileSync(join(ROOT, 'test', file), 'utf8');
  sources.set(file, known);
  return known;
};

describe('the table of faults', () => {
  const ids = AREAS.flatMap(([letter, count]) => idsOfArea(letter, count));

  it('has every id of the list, each with a test', () => {
    expect(Object.keys(FAULTS)).toEqual(ids);
    expect(ids.filter((id) => FAULTS[id]?.tests.length === 0)).toEqual([]);
  });

  it('names tests that there are, by their file and title', () => {
    const missing = Object.entries(FAULTS).flatMap(([id, { tests }]) =>
      tests
        .filter(([file, title]) => !["'", '"', '`'].some((quote) => sourceOf(file).includes(quote + title + quote)))
        .map(([file, title]) => `${id}: ${file}: ${title}`),
    );
    expect(missing).toEqual([]);
  });

  it('is what docs/reliability.md says (npm run faults writes it)', () => {
    expect(readFileSync(join(ROOT, 'docs', 'reliability.md'), 'utf8')).toBe(renderReliability());
  });
});
