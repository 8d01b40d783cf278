import { describe, expect, it } from 'vitest';
import {
  type Analysis,
  analysis as analysisSchema,
  counterfactual as counterfactualSchema,
  EXPRESSION_LABELS,
  type Explanation,
  explainOptions,
  type Observation,
} from '../../src/contracts/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import { counterfactualOf, facsWithout } from '../../src/pipeline/counterfactual.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { withoutObservations } from '../../src/pipeline/without-observations.ts';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import type { Reasoner } from '../../src/reason/reasoner.ts';
import { sceneOf, unit } from '../verify/scene.ts';

const common = { range: { startMs: 0, endMs: 0 }, confidence: 0.9, source: 'test', text: 'Made up.' };
const photo = { startMs: 0, endMs: 0 };

const expressionScores = (id: string, happiness: number): Observation => ({
  ...common,
  id,
  kind: 'expression',
  subject: 'P1',
  expression: {
    scores: { ...recordOf(EXPRESSION_LABELS, () => (1 - happiness) / 7), happiness },
  },
});
const words = (id: string, quote: string): Observation => ({
  ...common,
  id,
  kind: 'speech',
  subject: null,
  speech: { quote, words: [], language: 'en', speaker: 'off-screen' },
});

/** A smile on a photo, what a model made of it, what is not there, and words in the background. */
const smile: Analysis = {
  ...sceneOf(
    [
      unit('o1', { code: 'AU12', intensity: 3.2, ...photo }),
      unit('o2', { code: 'AU4', status: 'below-threshold', ...photo }),
      unit('o3', { code: 'AU1', status: 'below-threshold', ...photo }),
      unit('o4', { code: 'AU9', status: 'below-threshold', ...photo }),
      expressionScores('o5', 0.8),
      words('o6', 'the train leaves at nine'),
    ],
    'image',
  ),
  subjects: [{ id: 'P1', firstMs: 0, lastMs: 0, frames: 1, speaks: null }],
};

const explained = async (analysis: Analysis): Promise<Explanation> => {
  const [first] = await explainAnalysis(analysis, explainOptions.parse({ subject: 'P1' }), {
    reasoner: createFacsReasoner(),
  });
  expect(first).toBeDefined();
  return first ?? expect.unreachable();
};

describe('taking evidence away', () => {
  it('leaves an action unit unjudged, drops the rest, and keeps the other ids', () => {
    const changed = analysisSchema.parse(withoutObservations(smile, new Set(['o1', 'o5'])));
    expect(changed.observations.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3', 'o4', 'o6']);
    expect(changed.observations[0]).toMatchObject({ au: { code: 'AU12', status: 'not-visible', intensity: null } });
    expect(smile.observations[0]).toMatchObject({ au: { status: 'present' } });
  });

  it('is the same to the reasoner as never having measured it', () => {
    const neverMeasured: Analysis = {
      ...smile,
      observations: smile.observations.filter(({ id }) => id !== 'o1'),
      notMeasured: [{ what: 'AU12', why: 'made up' }],
    };
    const scope = { subject: 'P1', range: photo };
    const removed = facsWithout(smile, new Set(['o1']), scope);
    expect(removed.expression.scores).toEqual(facsWithout(neverMeasured, new Set(), scope).expression.scores);
    expect(removed.expression.scores.happiness).toBeLessThan(
      facsWithout(smile, new Set(), scope).expression.scores.happiness - 0.1,
    );
  });
});

describe('counterfactuals of the FACS reasoner', () => {
  it('find the movement that the reading hangs on, without the model that saw it, too', async () => {
    const found = counterfactualSchema.parse(await counterfactualOf(smile, await explained(smile)));
    const corner = found.removals.find(({ kind, removed }) => kind === 'observation' && removed.includes('o1'));
    expect(found.whole).toMatchObject({ expression: 'happiness', abstained: false });
    expect(corner).toMatchObject({ along: ['o5'], cited: true });
    expect(corner?.effect).toMatch(/flips|abstains/);
    expect(corner?.text).toMatch(/^Without the lip-corner pull \(AU12\) \[o1\], /);
    expect(found.summary).toMatch(/^The reading \(happiness\) hangs on /);
    expect(found).toMatchObject({ exact: true, chance: null, calls: { budget: null, leftOut: [] } });
  });

  it('say what changes nothing', async () => {
    const found = await counterfactualOf(smile, await explained(smile));
    const background = found.removals.find(({ kind, name }) => kind === 'modality' && name === 'the words');
    expect(background).toMatchObject({ effect: 'none', change: 0, text: 'Without the words, nothing changes.' });
    expect(found.summary).toContain('Without the words nothing changes.');
  });

  it('give the same record each time', async () => {
    const explanation = await explained(smile);
    expect(await counterfactualOf(smile, explanation)).toEqual(await counterfactualOf(smile, explanation));
  });
});

/** Reads happiness wherever AU12 is visible, and counts how often it was asked. */
const countingReasoner = (asked: string[][]): Reasoner => ({
  specificationVersion: 'v1',
  id: 'llm',
  capabilities: { needsStills: false, needsNetwork: true },
  doReason: async ({ analysis }) => {
    const seen = analysis.observations.flatMap((each) =>
      each.kind === 'action-unit' && each.au.status === 'not-visible' ? [] : [each.id],
    );
    asked.push(seen);
    const happy = seen.includes('o1');
    const judgement = facsWithout(smile, new Set(happy ? [] : ['o1', 'o5']), { subject: 'P1', range: photo });
    return {
      answer: {
        keyObservations: [],
        interpretation: [],
        conclusion: { text: '', cites: [] },
        judgement,
        conflicts: [],
        alternatives: [],
        wouldChange: [],
      },
      reference: { id: 'llm', model: 'made up', promptId: null, promptSha256: null, parameters: {}, fallback: false },
    };
  },
});

describe('counterfactuals of a reasoner that may answer differently', () => {
  it('ask within the budget, the whole evidence once more, and say what was left out', async () => {
    const asked: string[][] = [];
    const explanation = await explained(smile);
    const found = await counterfactualOf(smile, explanation, { reasoner: countingReasoner(asked), budget: 3 });
    expect(asked.length).toBe(3);
    expect(asked[0]).toEqual(smile.observations.map(({ id }) => id));
    expect(found).toMatchObject({ exact: false, chance: 0, calls: { made: 3, budget: 3 } });
    expect(found.calls.leftOut.length).toBeGreaterThan(0);
    expect(found.summary).toContain('Asked 3 of at most 3 times');
  });

  it('are refused where the reasoner looks at pictures', async () => {
    const looking: Reasoner = {
      ...countingReasoner([]),
      capabilities: { needsStills: true, needsNetwork: false },
    };
    await expect(counterfactualOf(smile, await explained(smile), { reasoner: looking })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('find what overturns the answer', async () => {
    const explanation = await explained(smile);
    const found = await counterfactualOf(smile, explanation, { reasoner: countingReasoner([]), budget: 8 });
    const overturning = found.removals.filter(({ effect }) => effect === 'flips' || effect === 'abstains');
    expect(overturning.length).toBeGreaterThan(0);
    expect(overturning.every(({ removed }) => removed.includes('o1'))).toBe(true);
  });
});
