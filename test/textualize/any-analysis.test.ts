import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_UNIT_CODES, type Analysis } from '../../src/contracts/index.ts';
import { factsText, textualize } from '../../src/textualize/index.ts';
import { analysisOf, quality, unit } from '../support/analysis.ts';

/** What the contract still allows: it is parsed before it comes here. */
const level = fc.constantFrom(0, Number.MIN_VALUE, 1e-300, 0.5, 1);
const moment = fc.constantFrom(0, 1, 3999, 4000, 4001, Number.MAX_SAFE_INTEGER);
const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', '\u0000', '[o1]', '\ud800'));

/** Analyses that no measurement should give: the edges of every number, any text, empty and backward ranges. */
const analyses: fc.Arbitrary<Analysis> = fc
  .array(
    fc.record({
      code: fc.constantFrom(...ACTION_UNIT_CODES),
      confidence: level,
      text: words,
      start: moment,
      end: moment,
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    analysisOf(
      [
        ...drafts.map(({ code, confidence, text, start, end }) => ({
          ...unit({ code, intensity: 3, confidence }),
          text,
          range: { startMs: start, endMs: end },
        })),
        quality('blurred', 0.5),
      ],
      { durationMs: 4000 },
    ),
  );

describe('any analysis', () => {
  it('becomes facts within the budget, each of an observation, in lines of their own', () => {
    fc.assert(
      fc.property(analyses, fc.nat({ max: 2000 }), (analysis, maximumCharacters) => {
        const range = { startMs: 0, endMs: 4000 };
        const facts = textualize(analysis, { subject: 'P1', range, maximumCharacters });
        const known = new Map(analysis.observations.map(({ id, text }) => [id, text]));
        expect(facts.facts.every(({ id, text }) => known.get(id) === text)).toBe(true);
        const length = facts.facts.reduce((sum, { id, text }) => sum + id.length + text.length + 4, 0);
        expect(length).toBeLessThanOrEqual(maximumCharacters);
        expect(facts.facts.every(({ salience }) => !Number.isNaN(salience))).toBe(true);
        expect(typeof factsText(facts)).toBe('string');
      }),
      { numRuns: 200, seed: 20_261_123 },
    );
  });
});
