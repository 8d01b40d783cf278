import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_UNIT_CODES, EXPRESSION_LABELS, type Percepts, SIDED_ACTION_UNITS } from '../../src/contracts/index.ts';
import { ACTION_UNITS, LEVELS } from '../../src/facs/index.ts';
import { factsText, findEmotionWords, textualize } from '../../src/textualize/index.ts';
import { observed } from '../observe/support.ts';
import { clipOf, course, photoOf, subjectOf, timesOf } from '../observe/synthetic.ts';

const words = (text: string): string[] => findEmotionWords(text).map(({ word }) => word);

describe('findEmotionWords', () => {
  it('knows the eight labels, their relatives and everyday words for expressions', () => {
    expect(EXPRESSION_LABELS.flatMap(words)).toEqual([...EXPRESSION_LABELS]);
    expect(words('She looks happier, then worriedly annoyed, amusingly smug, and smiles; he frowned.')).toEqual([
      'happier',
      'worriedly',
      'annoyed',
      'amusingly',
      'smug',
      'smiles',
      'frowned',
    ]);
  });

  it('lets faces be described', () => {
    for (const sentence of [
      'The eyes are open and the lips are pressed together.',
      'The lower lip is depressed and the lids are tensed.',
      'The lip corners are pulled down, and the brows are drawn together.',
      'The jaw hangs relaxed; the mouth opens at 0:12.4 and is wide open at 0:13.0.',
      'The head faces the camera, made of many madras squares.',
    ]) {
      expect(words(sentence)).toEqual([]);
    }
  });

  it('does not let an exception cover the same word elsewhere', () => {
    expect(words('The lips part a little and then the whole person seems tense.')).toEqual(['tense']);
    expect(words('The lips are parted. The person is tense, open and pressed.')).toEqual(['tense', 'open', 'pressed']);
  });

  it("leaves other people's words alone", () => {
    expect(words('P1 says "I am so happy, it hurts" and “what a joy” at 0:01.2.')).toEqual([]);
    expect(words("The person's own joy isn't quoted.")).toEqual(['joy']);
  });
});

/** Everything that can be said, driven by percepts of every kind. */
const saidOf = async (percepts: Percepts): Promise<string[]> => {
  const analysis = await observed(percepts);
  const facts = textualize(analysis, { subject: null, range: { startMs: 0, endMs: 60_000 } });
  return [
    ...analysis.observations.map(({ text }) => text),
    ...analysis.observations.flatMap((one) => (one.kind === 'action-unit' ? [one.au.name] : [])),
    ...analysis.notMeasured.flatMap(({ what, why }) => [what, why]),
    ...analysis.warnings.map(({ message }) => message),
    factsText(facts),
  ];
};

const offenders = (texts: readonly string[]): string[] => texts.filter((text) => findEmotionWords(text).length > 0);

describe('observe and textualize', () => {
  it('say nothing that names an emotion, over all units, sides, levels and statuses in photos', async () => {
    const sided = new Set<string>(SIDED_ACTION_UNITS);
    const texts = new Set<string>();
    for (const people of [1, 2]) {
      for (const code of ACTION_UNIT_CODES) {
        for (const value of [0, 0.4, 1.2, 2, 3, 4, 5]) {
          for (const [left, right] of sided.has(code)
            ? [
                [1, 1],
                [1, 0],
                [0, 1],
              ]
            : [[1, 1]]) {
            const unit = { left: () => value * (left ?? 1), right: () => value * (right ?? 1) };
            const photo = photoOf({ units: { [code]: unit, AU12: () => 2 } });
            const hidden = { visibility: { brows: [0], eyes: [0], nose: [0], cheeks: [0], mouth: [0], chin: [0] } };
            const dark = photoOf(
              { units: { [code]: unit }, yaw: () => 40 - 10 * value },
              { ...hidden, interOcular: [20], brightness: [0.01], sharpness: [0] },
            );
            for (const percepts of [photo, dark]) {
              const subjects = percepts.subjects.flatMap((one) =>
                Array.from({ length: people }, (_, index) => ({ ...one, id: `P${index + 1}` })),
              );
              for (const text of await saidOf({ ...percepts, subjects })) {
                texts.add(text);
              }
            }
          }
        }
      }
    }
    expect(texts.size).toBeGreaterThan(400);
    expect(offenders([...texts])).toEqual([]);
  });

  it('nor in clips, whatever moves', async () => {
    const event = fc.record({
      code: fc.constantFrom(...ACTION_UNIT_CODES),
      onsetMs: fc.integer({ min: -1000, max: 5000 }),
      rise: fc.integer({ min: 60, max: 1500 }),
      fall: fc.integer({ min: 60, max: 3000 }),
      intensity: fc.double({ min: 0, max: 5, noNaN: true }),
      rest: fc.double({ min: 0, max: 3, noNaN: true }),
      side: fc.constantFrom('both', 'left', 'right'),
    });
    const swing = fc.record({
      size: fc.double({ min: 0, max: 40, noNaN: true }),
      periodMs: fc.integer({ min: 300, max: 6000 }),
    });
    const moves = (t: number, { size, periodMs }: { size: number; periodMs: number }): number =>
      size * Math.sin((2 * Math.PI * t) / periodMs);
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 10 }),
        swing,
        swing,
        swing,
        fc.constantFrom(8, 30),
        async (events, yaw, pitch, roll, fps) => {
          const units = Object.fromEntries(
            events.map(({ code, onsetMs, rise, fall, intensity, rest, side }) => {
              const value = course(
                [{ onsetMs, apexMs: onsetMs + rise, offsetMs: onsetMs + rise + fall, intensity }],
                rest,
              );
              const other = (): number => rest;
              return [code, { left: side === 'right' ? other : value, right: side === 'left' ? other : value }];
            }),
          );
          const times = timesOf(6000, fps);
          const gaze = { yaw: times.map((t) => moves(t, roll)), pitch: times.map((t) => moves(t, yaw)) };
          const level = times.map(() => 0.125);
          const expression = Object.fromEntries(EXPRESSION_LABELS.map((label) => [label, level]));
          const subject = subjectOf({
            times,
            units,
            yaw: (t) => moves(t, yaw),
            pitch: (t) => moves(t, pitch),
            roll: (t) => moves(t, roll),
            noise: 0.1,
            change: { gaze, affect: { valence: level, arousal: level } },
          });
          const scored = { ...subject, expression: { ...emptyScores(times.length), ...expression } };
          expect(offenders(await saidOf(clipOf([scored, { ...subject, id: 'P2' }])))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const emptyScores = (length: number) => {
  const column = Array.from({ length }, () => 0);
  return {
    anger: column,
    contempt: column,
    disgust: column,
    fear: column,
    happiness: column,
    neutral: column,
    sadness: column,
    surprise: column,
  };
};

describe('the knowledge base', () => {
  it('describes action units without emotion words, except for what it lists as everyday words', () => {
    const texts = Object.values(ACTION_UNITS).flatMap((entry) => [
      entry.name,
      entry.plain,
      entry.noun,
      entry.done,
      entry.does.plural,
      entry.does.singular,
      ...entry.muscles,
      ...entry.alsoSaid,
    ]);
    expect(offenders(texts)).toEqual([]);
    expect(
      offenders(LEVELS.flatMap((entry) => [entry.word, entry.adjective, entry.adverb, ...entry.alsoSaid])),
    ).toEqual([]);
  });
});
