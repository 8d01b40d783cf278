import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsOf, sceneOf, unit } from './scene.ts';

const scene = sceneOf([unit('o1', { code: 'AU12' }), unit('o2', { code: 'AU4', status: 'below-threshold' })]);

const word = fc.constantFrom(
  'the', 'no', 'not', 'neither', 'nor', 'brows', 'lips', 'AU12', 'AU', '1+2', 'raised', 'and', ',', '(', ')', '"', "'", '–', '0:01.8', '1.8', 's', 'P2', 'left', 'both', 'o1', '[o1]', 'before', 'while', 'smile', 'head', 'voice', 'louder', '%', 'A', 'level', '.', '?', ';', ':', 'stronger', 'than', 'at', 'from',
); // biome-ignore format: one list

describe('any text', () => {
  it('is read without a throw, and every claim is a piece of it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 200 }),
          fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
        ),
        (text) => {
          const claims = claimsOf(text, ['o1', 'o2'], scene);
          expect(
            claims.every((claim) => claim.detail !== '' && (text.includes(claim.text) || /^o\d+$/.test(claim.text))),
          ).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is read the same twice', () => {
    const text =
      'The left brow is raised (AU2, C) from 0:01.0 until 0:03.0, while neither AU4 nor a smile can be seen.';
    expect(claimsOf(text, ['o1', 'o2'], scene)).toEqual(claimsOf(text, ['o1', 'o2'], scene));
  });

  it.each([
    'AU12 ',
    '12+',
    '(',
    '"',
    "'",
    'no ',
    'not ',
    'brows raised and ',
    'as ',
    '1.8 s ',
    'then the smile ',
    'o1, ',
    'P2 ',
  ])('is read to the end when it is 20 kB of %j', (piece) => {
    const text = piece.repeat(20_000 / piece.length);
    expect(claimsOf(text, ['o1'], scene).length).toBeGreaterThan(0);
  });
});
