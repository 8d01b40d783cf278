import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import { RunnableLambda } from '@langchain/core/runnables';
import { FakeListChatModel, FakeStreamingChatModel } from '@langchain/core/utils/testing';
import { describe, expect, it } from 'vitest';
import { explanation as explanationSchema } from '../../../src/contracts/index.ts';
import { createExplainer, explanationParts } from '../../../src/present/langchain/index.ts';
import { absent, analysisOf, present } from '../../support/analysis.ts';

const analysis = analysisOf([...present(['AU12', 4], ['AU6', 3]), ...absent('AU4', 'AU15')]);

const DESCRIPTION =
  'The lip corners are strongly pulled up and back (AU12, D). [o1]\nThe cheeks are markedly raised (AU6, C). [o2]\nThere is no brow lowering (AU4). [o3]';

const answerWith = (interpretation: string, cites: string[]): string =>
  JSON.stringify({
    keyObservations: [
      { text: 'The lip corners are strongly pulled up and back (AU12, D).', cites: ['o1'] },
      { text: 'The cheeks are markedly raised (AU6, C).', cites: ['o2'] },
    ],
    interpretation: [{ text: interpretation, cites }],
    conflicts: [],
    alternatives: [],
    wouldChange: ['If the brows were lowered and drawn together, anger would have to be weighed.'],
    conclusion: { text: 'The expression reads as happiness.', cites: ['o1', 'o2'] },
    expression: 'happiness',
    scores: { anger: 0, contempt: 0, disgust: 0, fear: 0, happiness: 0.8, neutral: 0.2, sadness: 0, surprise: 0 },
    compound: null,
    labels: ['happy'],
    valence: 0.6,
    arousal: 0.3,
    confidence: 0.7,
    abstained: false,
    reason: 'Two units of one configuration.',
  });

const RIGHT = answerWith('Together the lip-corner pull and the cheek raise make up the configuration of happiness.', [
  'o1',
  'o2',
]);
const WRONG = answerWith('The brows are lowered and drawn together.', ['o3']);

const failing = (explanation: { grounding: { claims: { verdict: string }[] } }) =>
  explanation.grounding.claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported');

describe('whyface in a chain', () => {
  it('explains an analysis with the chat model it is given, and verifies what came', async () => {
    const model = new FakeListChatModel({ responses: [DESCRIPTION, RIGHT] });
    const [explanation] = await createExplainer({ model }).invoke({ analysis });
    expect(explanationSchema.parse(explanation)).toMatchObject({
      judgement: { expression: { label: 'happiness' }, abstained: false },
      reasoner: { id: 'llm', fallback: false },
    });
    expect(explanation?.grounding.score).toBe(1);
    expect(explanation?.reasoner.exchanges?.map(({ stage }) => stage)).toEqual(['describe', 'merge']);
  });

  it('sends what does not hold back to the model, once', async () => {
    const model = new FakeListChatModel({ responses: [DESCRIPTION, WRONG, RIGHT] });
    const [explanation] = await createExplainer({ model }).invoke({ analysis });
    expect(explanation === undefined ? null : failing(explanation)).toEqual([]);
    const stubborn = new FakeListChatModel({ responses: [DESCRIPTION, WRONG, WRONG] });
    const [marked] = await createExplainer({ model: stubborn }).invoke({ analysis });
    expect(marked === undefined ? null : failing(marked).length).toBeGreaterThan(0);
  });

  it('goes before and after other steps, and hands on callbacks', async () => {
    const names: string[] = [];
    const load = RunnableLambda.from<string, { analysis: typeof analysis }>(() => ({ analysis }));
    const label = RunnableLambda.from<{ judgement: { expression: { label: string } } }[], string>(
      ([first]) => first?.judgement.expression.label ?? '',
    );
    const model = new FakeListChatModel({ responses: [DESCRIPTION, RIGHT] });
    const chain = load.pipe(createExplainer({ model })).pipe(label);
    const callbacks = [
      {
        handleChatModelStart: (_: unknown, messages: BaseMessage[][]) =>
          void names.push(...(messages[0] ?? []).map(({ type }) => type)),
      },
    ];
    expect(await chain.invoke('clip.json', { callbacks })).toBe('happiness');
    expect(names.slice(0, 2)).toEqual(['system', 'human']);
  });

  it('gives its prompt and its verifier apart, for a model between them', async () => {
    const { prompt, verified } = explanationParts({ analysis });
    const messages = await prompt.invoke(null);
    expect(messages.map(({ type }) => type)).toEqual(['system', 'human']);
    expect(messages[1]?.content).toContain('[o1]');
    const model = new FakeStreamingChatModel({ responses: [new AIMessage(RIGHT)] });
    const explanation = explanationSchema.parse(await prompt.pipe(model).pipe(verified).invoke(null));
    expect(explanation.judgement.expression.label).toBe('happiness');
    const wrong = await verified.invoke(WRONG);
    expect(failing(wrong)).toHaveLength(1);
  });

  it('fails with a typed error that keeps its cause: a model that breaks, an answer that is none', async () => {
    const broken = RunnableLambda.from<BaseMessage[], BaseMessage>(() => {
      throw new TypeError('socket hang up');
    });
    await expect(createExplainer({ model: broken }).invoke({ analysis })).rejects.toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining('socket hang up'),
    });
    const { verified } = explanationParts({ analysis });
    await expect(verified.invoke('I would rather not.')).rejects.toMatchObject({ code: 'answer-unusable' });
    expect(() => explanationParts({ analysis, subject: 'P9' })).toThrow(/nobody in this analysis/);
  });

  it('stops with the chain', async () => {
    const model = new FakeListChatModel({ responses: [DESCRIPTION, RIGHT], sleep: 50 });
    const running = createExplainer({ model }).invoke({ analysis }, { signal: AbortSignal.timeout(10) });
    await expect(running).rejects.toThrow();
  });
});
