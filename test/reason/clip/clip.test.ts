import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, EXPRESSION_LABELS, reasonedAnswer, type Still } from '../../../src/contracts/index.ts';
import { EXPRESSION_WORDS } from '../../../src/facs/index.ts';
import { DESCRIPTIONS } from '../../../src/reason/clip/descriptions.ts';
import { createClipReasoner } from '../../../src/reason/clip/index.ts';
import { textualize } from '../../../src/textualize/index.ts';
import { verify } from '../../../src/verify/index.ts';
import { absent, analysisOf, present } from '../../support/analysis.ts';
import { fakeImageTextModel, stillOf } from './fake-model.ts';

const ask = async (analysis: Analysis, stills: readonly Still[], model = fakeImageTextModel()) => {
  const scope = { subject: 'P1', range: { startMs: 0, endMs: analysis.clip.durationMs } };
  const facts = textualize(analysis, scope);
  const result = await createClipReasoner(model).doReason({ analysis, ...scope, facts, stills, findings: [] }, {});
  return { ...result, grounding: verify(result.answer, analysis, scope) };
};

const smile = analysisOf([...present(['AU12', 4], ['AU6', 3]), ...absent('AU4', 'AU15')]);

describe('the descriptions that CLIP is asked with', () => {
  it.each(EXPRESSION_LABELS)(
    'say what %s shows and lacks, in phrasings that differ and fit a text encoder',
    (label) => {
      const { shows, lacks } = DESCRIPTIONS[label];
      const texts = [...shows, ...lacks];
      expect(new Set(texts).size).toBe(6);
      for (const text of texts) {
        // CLIP reads 77 tokens, SigLIP 64; a word is at most two of them.
        expect(text.split(' ').length).toBeLessThanOrEqual(40);
      }
      expect(shows.join(' ')).toContain(EXPRESSION_WORDS[label].adjective);
    },
  );

  it('come from the tables: what a smile shows, and what a lowered brow does not', () => {
    expect(DESCRIPTIONS.happiness.shows[0]).toContain('the lip corners are pulled up and back');
    expect(DESCRIPTIONS.happiness.lacks[0]).toContain('the lip corners are not pulled up and back');
    expect(DESCRIPTIONS.anger.shows[0]).toContain('the brows are lowered and drawn together');
    expect(DESCRIPTIONS.contempt.shows[0]).toContain('one lip corner');
  });
});

describe('the reasoner clip', () => {
  it.each(['softmax', 'sigmoid'] as const)(
    'leans to the description that fits (%s), never with much confidence',
    async (link) => {
      const { answer } = await ask(smile, [stillOf(0, { happiness: 0.9, surprise: 0.2 })], fakeImageTextModel(link));
      expect(answer.judgement).toMatchObject({ expression: { label: 'happiness' }, abstained: false });
      expect(answer.judgement.confidence).toBeGreaterThan(0.1);
      expect(answer.judgement.confidence).toBeLessThanOrEqual(0.35);
      expect(answer.interpretation.map(({ text }) => text).join(' ')).toContain('weak evidence');
    },
  );

  it('begins with what was measured, and passes the verifier', async () => {
    const { answer, grounding } = await ask(smile, [stillOf(0, { happiness: 0.9 })]);
    expect(answer.keyObservations.flatMap(({ cites }) => cites)).toEqual(['o1', 'o2', 'o3', 'o4']);
    expect(grounding.claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported')).toEqual(
      [],
    );
  });

  it('names nothing that the measurements do not argue for, however sure it is', async () => {
    const { answer } = await ask(smile, [stillOf(0, { anger: 1 })]);
    expect(answer.judgement).toMatchObject({ abstained: true, expression: { label: 'anger' } });
    expect(answer.judgement.reason).toContain('what was measured does not argue for it');
    expect(answer.conflicts[0]?.text).toContain('AU12');
  });

  it('names nothing where two descriptions fit alike, or none', async () => {
    const level = await ask(smile, [stillOf(0, { happiness: 0.5, surprise: 0.5 })]);
    expect(level.answer.judgement).toMatchObject({ abstained: true });
    const blank = await ask(smile, [stillOf(0, {})]);
    expect(blank.answer.judgement).toMatchObject({ abstained: true });
  });

  it('weighs a sure picture above an unsure one', async () => {
    const unsure = stillOf(400, { happiness: 0.3, sadness: 0.31, fear: 0.3 });
    const { answer, reference } = await ask(smile, [unsure, stillOf(1400, { happiness: 1 })]);
    expect(answer.judgement.expression.label).toBe('happiness');
    expect(answer.judgement.expression.scores.happiness).toBeGreaterThan(0.5);
    expect(reference.parameters.stills).toEqual([{ ms: 400, role: 'apex' }, { ms: 1400, role: 'apex' }]); // biome-ignore format: one line
  });

  it("takes the person's own resting face out of account", async () => {
    // A face that looks sad at rest, and a little happier at the apex.
    const apex = stillOf(800, { sadness: 0.6, happiness: 0.55 });
    const alone = await ask(smile, [apex]);
    const compared = await ask(smile, [apex, stillOf(0, { sadness: 0.6 }, 'baseline')]);
    expect(alone.answer.judgement.expression.label).toBe('sadness');
    expect(compared.answer.judgement.expression.label).toBe('happiness');
  });

  it('says so where there is no picture', async () => {
    const { answer } = await ask(smile, []);
    expect(answer.judgement).toMatchObject({ abstained: true, confidence: 0 });
    expect(answer.conclusion.text).toContain('there is no picture of the face');
  });

  it('asks for the texts once, however many are explained', async () => {
    const model = fakeImageTextModel();
    const reasoner = createClipReasoner(model);
    const scope = { subject: 'P1', range: { startMs: 0, endMs: 0 } };
    const request = {
      analysis: smile,
      ...scope,
      facts: textualize(smile, scope),
      stills: [stillOf(0, { fear: 1 })],
      findings: [],
    };
    await reasoner.doReason(request, {});
    await reasoner.doReason(request, {});
    expect(model.asked).toHaveLength(1);
    expect(model.asked[0]).toHaveLength(48);
  });

  it('stops when it is told to', async () => {
    const stop = AbortSignal.abort();
    const reasoner = createClipReasoner(fakeImageTextModel());
    const scope = { subject: 'P1', range: { startMs: 0, endMs: 0 } };
    const request = { analysis: smile, ...scope, facts: textualize(smile, scope), stills: [], findings: [] };
    await expect(reasoner.doReason(request, { signal: stop })).rejects.toThrow();
  });

  it('gives a whole answer without contradictions, whatever the picture looks like and whatever was measured', async () => {
    const codes = ['AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU7', 'AU9', 'AU12', 'AU15', 'AU20', 'AU25', 'AU26'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        async (units, weights) => {
          const analysis = analysisOf([
            ...present(...units),
            ...absent(...codes.filter((code) => !units.includes(code))),
          ]);
          const likeness = Object.fromEntries(EXPRESSION_LABELS.map((label, index) => [label, weights[index] ?? 0]));
          const { answer, grounding } = await ask(analysis, [stillOf(0, likeness)]);
          expect(reasonedAnswer.safeParse(answer).success).toBe(true);
          expect(Object.values(answer.judgement.expression.scores).reduce((sum, score) => sum + score, 0)).toBeCloseTo(
            1,
            2,
          );
          expect(answer.judgement.confidence).toBeLessThanOrEqual(0.35);
          expect(
            grounding.claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported'),
          ).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
