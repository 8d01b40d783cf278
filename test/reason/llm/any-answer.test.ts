import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonedAnswer } from '../../../src/contracts/index.ts';
import { readAnswer } from '../../../src/reason/llm/answer/read-answer.ts';
import { readDescription } from '../../../src/reason/llm/answer/read-description.ts';
import { smileClip } from './support.ts';

const analysis = smileClip();
const visible = new Set(analysis.observations.map(({ id }) => id));
const [first = 'o1'] = visible;

const GOOD = JSON.stringify({
  keyObservations: [{ text: 'The lip corners are pulled up and back.', cites: [first] }],
  interpretation: [{ text: 'This is how happiness is often shown.', cites: [first] }],
  conclusion: { text: 'The face is most often read as happy.', cites: [first] },
  expression: 'happiness',
  scores: { anger: 0, contempt: 0, disgust: 0, fear: 0, happiness: 0.9, neutral: 0.1, sadness: 0, surprise: 0 },
  compound: null,
  labels: ['pleased'],
  valence: 0.7,
  arousal: 0.3,
  confidence: 0.7,
  abstained: false,
  reason: 'Clear.',
});

const piece = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '```json', '```', '\\', '\\u0000', 'null', 'NaN', '1e999', '-', '"cites"', '"conclusion"', '"__proto__"', '[o1]', 'o1', '\n', '\u0000', '\ud800', 'happy'); // biome-ignore format: one list

/** Text of any kind, JSON of any kind, and a good answer with pieces cut out and put in. */
const answers = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join('')),
  fc.json({ maxDepth: 6 }),
  fc
    .array(fc.record({ at: fc.nat({ max: GOOD.length }), cut: fc.nat({ max: 12 }), put: piece }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((edits) => edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), GOOD)),
);

describe('any answer of a model', () => {
  it('is read into the contract, citing what is visible, or is refused with what is wrong', () => {
    let used = 0;
    fc.assert(
      fc.property(answers, fc.boolean(), (text, last) => {
        const result = readAnswer(text, { analysis, visible, boundary: 'b0undary', last });
        if (result.answer === null) {
          expect(result.problems.length).toBeGreaterThan(0);
          return;
        }
        used += 1;
        const answer = reasonedAnswer.parse(result.answer);
        for (const { cites } of [...answer.keyObservations, ...answer.interpretation, answer.conclusion]) {
          expect(cites.every((id) => visible.has(id))).toBe(true);
        }
      }),
      { numRuns: 400, seed: 20_261_123 },
    );
    // A reader that refuses everything would pass, too.
    expect(used).toBeGreaterThan(5);
  });

  it('is read as a description without a throw', () => {
    fc.assert(
      fc.property(answers, (text) => {
        readDescription(text, { visible, boundary: 'b0undary' });
      }),
      { numRuns: 200, seed: 20_261_123 },
    );
  });
});
