import { describe, expect, it } from 'vitest';
import type { Analysis, Observation } from '../../src/contracts/index.ts';
import { mergedId, mergedSubjects } from '../../src/pipeline/merged-subjects.ts';
import { sceneOf, unit } from '../verify/scene.ts';

const quote: Observation = {
  id: 'o3',
  kind: 'speech',
  subject: 'P2',
  range: { startMs: 5000, endMs: 6000 },
  confidence: 0.9,
  source: 'test',
  text: 'P2 says "P2 is a number".',
  speech: { quote: 'P2 is a number', words: [], language: 'en', speaker: 'P2' },
};
const turned: Analysis = {
  ...sceneOf([
    unit('o1', { code: 'AU12' }),
    { ...unit('o2', { code: 'AU4', subject: 'P2', startMs: 5000, endMs: 6000 }), text: "P2's brows lower." },
    quote,
  ]),
  subjects: [
    { id: 'P1', firstMs: 0, lastMs: 4000, frames: 100, speaks: false },
    { id: 'P2', firstMs: 4100, lastMs: 8000, frames: 90, speaks: true },
  ],
};

describe('tracks of one person', () => {
  it('stand under one id, with what was seen and heard of both', () => {
    const merged = mergedSubjects(turned, [{ into: 'P1', from: 'P2' }]);
    expect(merged.subjects).toEqual([{ id: 'P1', firstMs: 0, lastMs: 8000, frames: 190, speaks: true }]);
    expect(merged.observations.map(({ id, subject }) => [id, subject])).toEqual([
      ['o1', 'P1'],
      ['o2', 'P1'],
      ['o3', 'P1'],
    ]);
    expect(merged.observations[1]?.text).toBe("P1's brows lower.");
    expect(merged.observations[2]).toMatchObject({ text: 'P1 says "P2 is a number".', speech: { speaker: 'P1' } });
    expect(turned.subjects).toHaveLength(2);
  });

  it('cannot be of two people in view at once, or of nobody', () => {
    const together = { ...turned, subjects: turned.subjects.map((each) => ({ ...each, firstMs: 0 })) };
    expect(() => mergedSubjects(together, [{ into: 'P1', from: 'P2' }])).toThrow(/at the same time/);
    expect(() => mergedSubjects(turned, [{ into: 'P1', from: 'P7' }])).toThrow(/P7/);
  });

  it('are followed through several merges', () => {
    const merges = [
      { into: 'P2', from: 'P3' },
      { into: 'P1', from: 'P2' },
    ];
    expect(['P1', 'P3', 'P4'].map((id) => mergedId(id, merges))).toEqual(['P1', 'P1', 'P4']);
  });
});
