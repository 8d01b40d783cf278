import { describe, expect, it } from 'vitest';
import {
  ACTION_UNIT_CODES,
  COMPOUND_LABELS,
  EXPRESSION_LABELS,
  SIDED_ACTION_UNITS,
} from '../../src/contracts/index.ts';
import {
  ACTION_UNITS,
  actionUnit,
  COMPOUND_LIKELIHOODS,
  COMPOUNDS,
  DU_2014,
  EXPRESSION_LIKELIHOODS,
  LEVELS,
  letterOf,
  movementNoun,
  partOf,
  stateClause,
} from '../../src/facs/index.ts';

describe('the action-unit table', () => {
  it('words every unit, and each side of those that have sides', () => {
    for (const code of ACTION_UNIT_CODES) {
      const entry = actionUnit(code);
      expect(`AU${entry.number}`).toBe(code);
      expect(entry.plain).toMatch(/^[A-Z].*\.$/);
      expect(entry.muscles.length).toBeGreaterThan(0);
    }
    for (const code of SIDED_ACTION_UNITS) {
      expect(partOf(code, 'left').text).toMatch(/\bleft\b/);
      expect(partOf(code, 'right').text).toMatch(/\bright\b/);
    }
  });

  it('gives each unit words of its own: a noun or a state said of one unit is said of no other', () => {
    const nouns = ACTION_UNIT_CODES.map((code) => actionUnit(code).noun);
    const states = ACTION_UNIT_CODES.map((code) => stateClause(code, 'both', null));
    expect(new Set(nouns).size).toBe(nouns.length);
    expect(new Set(states).size).toBe(states.length);
    const said = Object.values(ACTION_UNITS).flatMap(({ alsoSaid }): readonly string[] => alsoSaid);
    expect(new Set(said).size).toBe(said.length);
  });

  it('composes grammatical clauses', () => {
    expect(stateClause('AU12', 'left', 'B')).toBe('the left lip corner is slightly pulled up and back');
    expect(stateClause('AU1', 'both', 'C')).toBe('the inner brows are markedly raised');
    expect(stateClause('AU7', 'right', 'D')).toBe('the right lids are strongly tightened');
    expect(stateClause('AU26', 'both', null)).toBe('the jaw is dropped');
    expect(movementNoun('AU14', 'right', 'A')).toBe('trace right lip-corner tuck');
  });
});

describe('levels', () => {
  it.each([
    [0.49, null], [0.5, 'A'], [1.49, 'A'], [1.5, 'B'], [2.5, 'C'], [3.5, 'D'], [4.5, 'E'], [5, 'E'],
  ] as const)('gives %f the letter %s', (intensity, letter) => {
    expect(letterOf(intensity)).toBe(letter);
  }); // biome-ignore format: one table

  it('names each level with words of its own', () => {
    const words = LEVELS.flatMap(({ word, adverb, alsoSaid }) => [...new Set([word, adverb, ...alsoSaid])]);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe('likelihoods', () => {
  it('are probabilities, for every unit under every label', () => {
    const all = [
      ...EXPRESSION_LABELS.map((label) => EXPRESSION_LIKELIHOODS[label]),
      ...COMPOUND_LABELS.map((label) => COMPOUND_LIKELIHOODS[label]),
    ];
    for (const table of all) {
      for (const code of ACTION_UNIT_CODES) {
        expect(table[code]).toBeGreaterThan(0);
        expect(table[code]).toBeLessThan(1);
      }
    }
  });

  it('carry the percentages of Du, Tao & Martinez', () => {
    expect(DU_2014['happily-surprised'].variants.AU26).toBe(0.67);
    expect(COMPOUND_LIKELIHOODS['happily-surprised'].AU26).toBe(0.67);
    expect(DU_2014['sadly-disgusted'].variants.AU25).toBe(0.43);
    expect(DU_2014.awed.prototype).toEqual(['AU1', 'AU2', 'AU5', 'AU25']);
    expect(Object.keys(DU_2014)).toHaveLength(21);
  });

  it('make each expression the likeliest for the unit it is known by', () => {
    const known = { happiness: 'AU12', sadness: 'AU15', disgust: 'AU9', fear: 'AU20', surprise: 'AU26' } as const;
    for (const [label, code] of Object.entries(known)) {
      const best = EXPRESSION_LABELS.toSorted(
        (a, b) => EXPRESSION_LIKELIHOODS[b][code] - EXPRESSION_LIKELIHOODS[a][code],
      )[0];
      expect(best).toBe(label);
    }
  });

  it('know the seven compounds of C-EXPR-DB', () => {
    const seven = COMPOUND_LABELS.filter((label) => COMPOUNDS[label].cExprDb);
    expect(seven).toEqual([
      'happily-surprised', 'sadly-fearful', 'sadly-angry', 'sadly-surprised', 'fearfully-surprised', 'angrily-surprised', 'disgustedly-surprised',
    ]); // biome-ignore format: one line
  });
});
