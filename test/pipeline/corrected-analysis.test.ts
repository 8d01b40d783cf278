import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTION_UNIT_CODES,
  ANALYST,
  type Analysis,
  analysis as analysisSchema,
  correction as correctionSchema,
  type Explanation,
  explainOptions,
  type Observation,
  type UnitCorrection,
} from '../../src/contracts/index.ts';
import { correctedAnalysis, nextObservationId } from '../../src/pipeline/corrected-analysis.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import { sceneOf, unit } from '../verify/scene.ts';

const ABSENT = ['AU1', 'AU4', 'AU9', 'AU15'] as const;
/** A smile from 1 to 3 s, and what is not there all the time. */
const smile: Analysis = sceneOf([
  unit('o1', { code: 'AU12', intensity: 3.4 }),
  unit('o2', { code: 'AU6', intensity: 2.6 }),
  ...ABSENT.map((code, index) => unit(`o${index + 3}`, { code, status: 'below-threshold', startMs: 0, endMs: 8000 })),
]);

const coded = ({
  au,
  ...change
}: Partial<Omit<UnitCorrection, 'au'>> & { au?: Partial<UnitCorrection['au']> } = {}): UnitCorrection => ({
  id: 'c1',
  kind: 'action-unit',
  subject: 'P1',
  range: { startMs: 1000, endMs: 3000 },
  note: '',
  observation: 'o7',
  replaces: 'o1',
  ...change,
  au: { code: 'AU12', status: 'present', side: 'both', letter: 'C', apexMs: null, ...au },
});

const of = (analysis: Analysis, id: string): Observation | undefined =>
  analysis.observations.find((each) => each.id === id);
const explained = async (analysis: Analysis): Promise<Explanation> => {
  const options = explainOptions.parse({ subject: 'P1' });
  const [first] = await explainAnalysis(analysis, options, { reasoner: createFacsReasoner() });
  return first ?? expect.unreachable();
};
const citesOf = ({ keyObservations, interpretation, conclusion }: Explanation): string[] =>
  [...keyObservations, ...interpretation, conclusion].flatMap(({ cites }) => cites);

describe('an analysis as a person corrected it', () => {
  it('has what a person coded in the place of what was measured, said to be so', () => {
    const corrected = correctedAnalysis(smile, [coded({ au: { side: 'left', letter: 'B' } })]);
    expect(of(corrected, 'o1')).toBeUndefined();
    expect(of(corrected, 'o7')).toMatchObject({
      source: ANALYST,
      text: "Between 0:01.0 and 0:03.0 P1's left lip corner is slightly pulled up and back, most at 0:01.8 (AU12, left, B, coded by a person).",
      au: { side: 'left', letter: 'B', intensity: 2, onsetMs: 1000, apexMs: 1800, offsetMs: 3000 },
    });
    expect(corrected.warnings.map(({ code }) => code)).toEqual(['corrected']);
    expect(smile.warnings).toEqual([]);
  });

  it('is reasoned about by what the person said, with their observation cited', async () => {
    const before = await explained(smile);
    expect(before.judgement.expression.label).toBe('happiness');
    const after = await explained(correctedAnalysis(smile, [coded({ au: { letter: 'D' } })]));
    expect(citesOf(after)).toContain('o7');
    expect(citesOf(after)).not.toContain('o1');
    const absent = coded({ au: { status: 'below-threshold', letter: null } });
    const without = await explained(correctedAnalysis(smile, [absent]));
    expect(without.judgement.expression.scores.happiness).toBeLessThan(before.judgement.expression.scores.happiness);
    expect(after.grounding.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
  });

  it('adds a unit that was missed, and drops that it was absent', () => {
    const added = coded({ replaces: null, au: { code: 'AU4', letter: 'D' } });
    const corrected = correctedAnalysis(smile, [added]);
    expect(of(corrected, 'o4')).toBeUndefined();
    expect(of(corrected, 'o7')).toMatchObject({ au: { code: 'AU4', status: 'present', intensity: 4 } });
    expect(of(corrected, 'o1')).toBe(of(smile, 'o1'));
  });

  it('keeps the longer end of an episode that reaches beyond what was coded', () => {
    const middle = coded({
      replaces: null,
      range: { startMs: 1200, endMs: 1700 },
      au: { status: 'below-threshold', letter: null },
    });
    const kept = of(correctedAnalysis(smile, [middle]), 'o1');
    expect(kept).toMatchObject({
      range: { startMs: 1700, endMs: 3000 },
      au: { onsetMs: null, apexMs: 1800, offsetMs: 3000 },
    });
    expect(kept?.text).toContain('0:01.7');
  });

  it('leaves other people, other units, notes and labels alone', () => {
    const two = sceneOf([...smile.observations, unit('o9', { code: 'AU12', subject: 'P2' })]);
    const corrected = correctedAnalysis(two, [coded({ observation: 'o10' })]);
    expect(of(corrected, 'o9')).toBe(of(two, 'o9'));
    const range = { startMs: 0, endMs: 10 };
    const remarks = [
      { id: 'c1', kind: 'note', subject: null, range, note: 'Dark.' },
      { id: 'c2', kind: 'label', subject: 'P1', range, label: 'relieved', note: '' },
    ].map((each) => correctionSchema.parse(each));
    expect(correctedAnalysis(smile, remarks)).toBe(smile);
  });

  it('has times nowhere in a photo', () => {
    const photo = sceneOf([unit('o1', { code: 'AU12', startMs: 0, endMs: 0 })], 'image');
    const corrected = correctedAnalysis(photo, [coded({ range: { startMs: 0, endMs: 0 }, observation: 'o2' })]);
    expect(corrected.observations).toHaveLength(1);
    expect(of(corrected, 'o2')?.text).toBe(
      "P1's lip corners are markedly pulled up and back (AU12, C, coded by a person).",
    );
  });

  it('never gives an id twice and stays an analysis, whatever is corrected', () => {
    const times = fc.tuple(fc.nat(7999), fc.integer({ min: 1, max: 4000 }));
    const one = fc.record({
      code: fc.constantFrom(...ACTION_UNIT_CODES),
      present: fc.boolean(),
      replaces: fc.constantFrom(null, 'o1', 'o2', 'o5'),
      times,
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (drafts) => {
        const corrections: UnitCorrection[] = [];
        for (const {
          code,
          present,
          replaces,
          times: [startMs, length],
        } of drafts) {
          corrections.push(
            coded({
              id: `c${corrections.length + 1}`,
              observation: nextObservationId(smile, corrections),
              replaces,
              range: { startMs, endMs: startMs + length },
              au: { code, status: present ? 'present' : 'below-threshold', letter: present ? 'C' : null },
            }),
          );
        }
        const corrected = analysisSchema.parse(correctedAnalysis(smile, corrections));
        const ids = corrected.observations.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { observation, au, range } of corrections.slice(-1)) {
          expect(of(corrected, observation)).toMatchObject({ source: ANALYST, range, au: { code: au.code } });
        }
      }),
    );
  });
});
