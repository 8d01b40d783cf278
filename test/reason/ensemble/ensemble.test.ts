import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EXPRESSION_LABELS,
  type ExpressionLabel,
  explainOptions,
  explanation as explanationSchema,
  type ReasonedAnswer,
} from '../../../src/contracts/index.ts';
import { WhyfaceError } from '../../../src/kit/error.ts';
import { recordOf } from '../../../src/kit/record-of.ts';
import { explainAnalysis } from '../../../src/pipeline/text-side.ts';
import { combine } from '../../../src/reason/ensemble/combine.ts';
import { createEnsembleReasoner, type Member } from '../../../src/reason/ensemble/index.ts';
import { type MemberId, weightOf } from '../../../src/reason/ensemble/weights.ts';
import { createFacsReasoner } from '../../../src/reason/facs/index.ts';
import type { Reasoner } from '../../../src/reason/reasoner.ts';
import { absent, analysisOf, present } from '../../support/analysis.ts';
import { stillOf } from '../clip/fake-model.ts';

const judgement = (label: ExpressionLabel, share = 0.7, abstained = false): ReasonedAnswer['judgement'] => ({
  expression: { label, scores: recordOf(EXPRESSION_LABELS, (each) => (each === label ? share : (1 - share) / 7)) },
  compound: { label: null, ranked: [] },
  labels: [label],
  valence: 0,
  arousal: 0,
  confidence: share,
  abstained,
  reason: '',
});

const answering = (
  id: MemberId,
  label: ExpressionLabel,
  more: { share?: number; abstained?: boolean; stills?: boolean } = {},
): Reasoner => ({
  specificationVersion: 'v1',
  id,
  capabilities: { needsStills: more.stills ?? false, needsNetwork: false },
  doReason: () =>
    Promise.resolve({
      answer: {
        keyObservations: [],
        interpretation: [],
        conclusion: { text: `It reads as ${label}.`, cites: ['o1'] },
        judgement: judgement(label, more.share, more.abstained),
        conflicts: [],
        alternatives: [],
        wouldChange: [],
      },
      reference: { id, model: `${id}-model`, promptId: null, promptSha256: null, parameters: {}, fallback: false },
    }),
});

const failing = (id: MemberId, code: 'model-missing' | 'service-unavailable'): Reasoner => ({
  ...answering(id, 'neutral'),
  ready: () =>
    code === 'model-missing'
      ? Promise.reject(new WhyfaceError({ code, stage: 'models', message: 'The model is not here; pull it.' }))
      : Promise.resolve(),
  doReason: () => Promise.reject(new WhyfaceError({ code, stage: 'reason', message: 'The server does not answer.' })),
});

const smile = analysisOf([...present(['AU12', 4], ['AU6', 3], ['AU25', 2]), ...absent('AU4', 'AU15', 'AU9')]);
const facs: Member = { id: 'facs', reasoner: createFacsReasoner() };
const member = (reasoner: Reasoner): Member => ({
  id: reasoner.id === 'llm' ? 'llm' : reasoner.id === 'vlm' ? 'vlm' : 'clip',
  reasoner,
});

const explain = async (...members: Member[]) => {
  const options = explainOptions.parse({ reasoner: 'ensemble', fallback: false });
  const [explanation] = await explainAnalysis(smile, options, {
    reasoner: createEnsembleReasoner(members),
    stills: [stillOf(0, {})],
  });
  return explanationSchema.parse(explanation);
};

const wordsOf = ({ interpretation, conflicts, conclusion }: ReasonedAnswer): string =>
  [...interpretation, ...conflicts, conclusion].map(({ text }) => text).join(' ');

describe('the ensemble', () => {
  it('says who agreed, with the reasons and the evidence of the FACS tables, and passes the verifier', async () => {
    const explanation = await explain(
      facs,
      member(answering('llm', 'happiness')),
      member(answering('clip', 'happiness')),
    );
    expect(explanation.judgement).toMatchObject({ expression: { label: 'happiness' }, abstained: false });
    expect(wordsOf(explanation)).toContain(
      'The FACS tables, the language model and the image-text model name happiness.',
    );
    expect(explanation.keyObservations.length).toBeGreaterThan(0);
    expect(
      explanation.grounding.claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported'),
    ).toEqual([]);
    expect(explanation.reasoner).toMatchObject({
      id: 'ensemble',
      parameters: {
        members: [
          { id: 'facs' },
          { id: 'llm', label: 'happiness', weight: expect.any(Number), weightFrom: expect.any(String) },
          { id: 'clip' },
        ],
        missing: [],
      },
    });
  });

  it('says who did not agree, and is less sure', async () => {
    const together = await explain(facs, member(answering('llm', 'happiness')), member(answering('clip', 'happiness')));
    const apart = await explain(facs, member(answering('llm', 'happiness')), member(answering('clip', 'surprise')));
    expect(apart.judgement).toMatchObject({ expression: { label: 'happiness' }, abstained: false });
    expect(wordsOf(apart)).toContain('the image-text model names surprise');
    expect(apart.judgement.confidence).toBeLessThan(together.judgement.confidence);
  });

  it('abstains where the members split', async () => {
    const split = await explain(
      facs,
      member(answering('llm', 'sadness', { share: 0.9 })),
      member(answering('vlm', 'sadness')),
    );
    expect(split.judgement.abstained).toBe(true);
    expect(split.conclusion.text).toMatch(/^No single reading is given\. The members split:/);
    expect(split.judgement.reason).toMatch(/happiness.*sadness|sadness.*happiness/);
  });

  it('names members that could not be asked, with the reason, and drops none silently', async () => {
    const explanation = await explain(
      facs,
      { id: 'llm', why: 'The language model is not set up.' },
      member(failing('vlm', 'service-unavailable')),
      member(answering('clip', 'happiness')),
    );
    expect(wordsOf(explanation)).toContain('The language model and the picture model could not be asked.');
    expect(explanation.reasoner.parameters.missing).toEqual([
      { id: 'llm', why: 'The language model is not set up.' },
      { id: 'vlm', why: 'The server does not answer.' },
    ]);
    expect(explanation.reasoner.warnings?.map(({ code }) => code)).toEqual(['member-missing', 'member-missing']);
  });

  it('does not count a member that gives no reading of its own', async () => {
    const explanation = await explain(facs, member(answering('clip', 'anger', { abstained: true })));
    expect(explanation.judgement).toMatchObject({ expression: { label: 'happiness' }, abstained: false });
    expect(wordsOf(explanation)).toContain('The image-text model gives no reading of its own.');
  });

  it('is none with one member: one sentence that names what is missing, before anything is measured', async () => {
    const alone = createEnsembleReasoner([
      facs,
      { id: 'llm', why: 'It is not set up; set it up.' },
      member(failing('clip', 'model-missing')),
    ]);
    await expect(alone.ready?.()).rejects.toMatchObject({
      code: 'service-unavailable',
      message:
        'An ensemble needs at least two reasoners, and here there is one: llm is missing (It is not set up); clip is missing (The model is not here); "whyface doctor" says how to add one.',
    });
  });

  it('does not go on without being told when it is interrupted', async () => {
    const request = {
      analysis: smile,
      subject: 'P1',
      range: { startMs: 0, endMs: 0 },
      facts: { subject: 'P1', range: { startMs: 0, endMs: 0 }, facts: [], notMeasured: [] },
      stills: [],
      findings: [],
    };
    const reasoner = createEnsembleReasoner([facs, member(answering('llm', 'happiness'))]);
    await expect(reasoner.doReason(request, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('the weights', () => {
  it('follow how often each is right, and none counts for nothing', () => {
    expect(weightOf('facs')).toBeGreaterThan(weightOf('llm'));
    expect(weightOf('llm')).toBeGreaterThan(weightOf('vlm'));
    expect(weightOf('vlm')).toBeGreaterThan(weightOf('clip'));
    expect(weightOf('clip')).toBeGreaterThan(0);
  });

  it('give a distribution that no member can veto and that nobody dominates who names nothing', () => {
    const label = fc.constantFrom(...EXPRESSION_LABELS);
    const voice = fc.record({
      id: fc.constantFrom<MemberId>('facs', 'llm', 'vlm', 'clip'),
      judgement: fc
        .record({ label, share: fc.double({ min: 0.2, max: 1, noNaN: true }), abstained: fc.boolean() })
        .map((each) => judgement(each.label, each.share, each.abstained)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(voice, { minLength: 1, selector: ({ id }) => id }), (voices) => {
        const { scores, label: named, backing, split, confidence, agreeing, differing, silent } = combine(voices);
        expect(Object.values(scores).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
        expect(Object.values(scores).every((each) => each > 0)).toBe(true);
        expect(scores[named]).toBe(Math.max(...Object.values(scores)));
        expect(agreeing.length + differing.length + silent.length).toBe(voices.length);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(split === null).toBe(
          backing >= 0.6 &&
            scores[named] -
              Math.max(...EXPRESSION_LABELS.filter((each) => each !== named).map((each) => scores[each])) >=
              0.08,
        );
      }),
    );
  });

  it('do not depend on the order of the members', () => {
    const voices = [
      { id: 'facs', judgement: judgement('happiness', 0.6) },
      { id: 'clip', judgement: judgement('fear', 0.9) },
    ] as const;
    expect(combine([...voices].reverse()).scores).toEqual(
      recordOf(EXPRESSION_LABELS, (each) => expect.closeTo(combine(voices).scores[each], 12)),
    );
  });
});
