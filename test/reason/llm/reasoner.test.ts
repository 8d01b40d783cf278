import { describe, expect, it } from 'vitest';
import type { ReasonerReference } from '../../../src/contracts/index.ts';
import { findEmotionWords } from '../../../src/facs/emotion-words.ts';
import type { ReasonEvent } from '../../../src/reason/reasoner.ts';
import { streamAnswer } from '../../../src/reason/stream-answer.ts';
import { factualAnswer, factualModel, stageOf } from '../../fakes/factual-model.ts';
import { answering, type Brain, type Script } from '../../fakes/llm-server.ts';
import { clientOf, errorOf, fakeServer, KEY, reasonerOf, requestFor, smileClip, smilePhoto } from './support.ts';

const server = fakeServer();
const codes = ({ warnings = [] }: ReasonerReference): string[] => warnings.map(({ code }) => code);
const stages = ({ exchanges = [] }: ReasonerReference): string[] =>
  exchanges.map(({ stage, attempt }) => `${stage} ${attempt}`);

/** A model that answers as it should, but for the parts that are changed. */
const with_ =
  (more: (request: Parameters<Brain>[0]) => object): Brain =>
  (request) =>
    stageOf(request) === 'answer'
      ? JSON.stringify({ ...factualAnswer(request), ...more(request) })
      : factualModel(request);

describe('two stages', () => {
  it('describes without the words of the clip and without scores, then merges both', async () => {
    server().play(answering(factualModel));
    const { answer, reference } = await reasonerOf(clientOf(server()).client).doReason(requestFor(smileClip()), {});
    const [describing, merging] = server().requests.map(({ messages }) =>
      messages.map(({ content }) => content).join('\n'),
    );
    expect(describing).not.toMatch(/kind|happiness 0\./);
    expect(describing).toContain('P1 speaks');
    expect(merging).toContain('Thatˆisˆveryˆkindˆofˆyou.');
    expect(merging).toContain('happiness 0.86');
    expect(merging).toContain('(AU12, D, 3.6 of 5). [o2]');
    expect(stages(reference)).toEqual(['describe 1', 'merge 1']);
    expect(reference).toMatchObject({ id: 'llm', model: 'fake-model', promptId: expect.stringMatching(/^merge@\d+$/) });
    expect(reference.promptSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.judgement.expression.label).toBe('happiness');
    expect(JSON.stringify(reference)).not.toContain(KEY);
  });

  it('asks once more for a description that names a feeling, and leaves out what still does', async () => {
    const brain: Brain = (request) =>
      stageOf(request) === 'describe'
        ? 'She smiles happily. [o2]\nThe cheeks are slightly raised (AU6, B). [o1]\nThe lips part.'
        : factualModel(request);
    server().play(answering(brain));
    const { reference } = await reasonerOf(clientOf(server()).client).doReason(requestFor(smileClip()), {});
    expect(stages(reference)).toEqual(['describe 1', 'describe 2', 'merge 1']);
    expect(codes(reference)).toContain('sentences-left-out');
    const merging = server().requests.at(-1)?.messages.at(-1)?.content ?? '';
    const description = /before the words were known:\n([\s\S]*?)\n\n/.exec(merging)?.[1] ?? '';
    expect(description).toBe('The cheeks are slightly raised (AU6, B). [o1]');
    expect(findEmotionWords(description)).toEqual([]);
  });

  it('goes on from the observations where no description can be had', async () => {
    server().play(answering((request) => (stageOf(request) === 'describe' ? 'Sorry.' : factualModel(request))));
    const { reference } = await reasonerOf(clientOf(server()).client).doReason(requestFor(smilePhoto()), {});
    expect(codes(reference)).toContain('no-description');
  });

  it('can be one', async () => {
    server().play(answering(factualModel));
    const request = requestFor(smileClip(), { strategy: 'single' });
    const { reference } = await reasonerOf(clientOf(server()).client).doReason(request, {});
    expect(stages(reference)).toEqual(['single 1']);
  });
});

describe('an answer that cannot be used', () => {
  it('is asked for once more with what is wrong, then given up with what came', async () => {
    server().play(answering(with_(() => ({ expression: 'Schadenfreude' }))));
    const { client } = clientOf(server());
    const error = await errorOf(reasonerOf(client).doReason(requestFor(smilePhoto(), { strategy: 'single' }), {}));
    expect(error.code).toBe('answer-unusable');
    expect(error.details.raw).toEqual([
      expect.stringContaining('Schadenfreude'),
      expect.stringContaining('Schadenfreude'),
    ]);
    const again = server().requests[1]?.messages ?? [];
    expect(again.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(again.at(-1)?.content).toMatch(/expression: "Schadenfreude" is none of anger/);
  });

  it('is mended by the second', async () => {
    server().play(answering('I would rather talk about the weather.'), answering(factualModel));
    const request = requestFor(smilePhoto(), { strategy: 'single' });
    const { reference } = await reasonerOf(clientOf(server()).client).doReason(request, {});
    expect(stages(reference)).toEqual(['single 1', 'single 2']);
  });

  it('is told to be briefer where it was cut off', async () => {
    const cut: Script = [{ answer: '{"keyObservations": [{"text": "The lip', finish: 'length' }];
    server().play(cut, answering(factualModel));
    await reasonerOf(clientOf(server()).client).doReason(requestFor(smilePhoto(), { strategy: 'single' }), {});
    expect(server().requests[1]?.messages.at(-1)?.content).toMatch(/cut off at its longest length/);
  });
});

describe('self-consistency', () => {
  const samples = (labels: readonly string[]): Brain => {
    let at = 0;
    return with_(() => {
      const label = labels[at % labels.length] ?? 'neutral';
      at += 1;
      return { expression: label, scores: { [label]: 0.8, neutral: 0.2 }, confidence: 0.8 };
    });
  };
  const ask = async (labels: readonly string[]) => {
    server().play(answering(samples(labels)));
    return reasonerOf(clientOf(server()).client).doReason(requestFor(smilePhoto(), { samples: labels.length }), {});
  };

  it('takes what most answers say, and says how many', async () => {
    const { answer, reference } = await ask(['happiness', 'fear', 'happiness', 'happiness', 'surprise']);
    expect(answer.judgement).toMatchObject({ expression: { label: 'happiness' }, abstained: false });
    expect(answer.judgement.reason).toMatch(/^3 of 5 answers read the same evidence as happiness\./);
    expect(reference.parameters.agreement).toMatchObject({ label: 'happiness', votes: 3, of: 5 });
    expect(answer.judgement.confidence).toBeLessThan(0.6);
    expect(stages(reference)).toEqual(['describe 1', ...Array.from({ length: 5 }, () => 'sample 1')]);
    expect(
      new Set(
        server()
          .requests.slice(1)
          .map(({ body }) => body.seed),
      ).size,
    ).toBe(5);
  });

  it('stands by it when the answer is mended', async () => {
    const { answer, reference } = await ask(['happiness', 'fear', 'happiness']);
    const finding = {
      part: 'conclusion' as const,
      sentence: 0,
      text: 'x',
      verdict: 'contradicted' as const,
      cites: [],
      detail: 'y',
    };
    server().play(answering(factualModel));
    const mended = await reasonerOf(clientOf(server()).client).doReason(
      requestFor(smilePhoto(), { samples: 3, findings: [finding], previous: { answer, reference } }),
      {},
    );
    expect(
      server()
        .requests.at(-1)
        ?.messages.map(({ role }) => role),
    ).toEqual(['system', 'user', 'assistant', 'user']);
    expect(mended.reference.parameters).toMatchObject({ samples: 3, repaired: true, agreement: { votes: 2, of: 3 } });
    expect(mended.answer.judgement.reason.match(/2 of 3 answers/g)).toHaveLength(1);
    expect(mended.answer.judgement.confidence).toBeLessThanOrEqual(answer.judgement.confidence);
  });

  it('abstains where they split', async () => {
    const { answer } = await ask(['happiness', 'fear']);
    expect(answer.judgement.abstained).toBe(true);
    expect(answer.judgement.reason).toMatch(/do not agree/);
  });
});

describe('L12: the whole explanation', () => {
  it('is priced before its first call', async () => {
    const env = { WHYFACE_LLM_PRICE_INPUT: '1', WHYFACE_LLM_PRICE_OUTPUT: '1', WHYFACE_LLM_MAX_DOLLARS: '0.01' };
    server().play(answering(factualModel));
    const reasoner = reasonerOf(clientOf(server(), env).client);
    await expect(reasoner.doReason(requestFor(smilePhoto()), {})).resolves.toBeDefined();
    const before = server().requests.length;
    expect((await errorOf(reasoner.doReason(requestFor(smilePhoto(), { samples: 8 }), {}))).code).toBe(
      'budget-exceeded',
    );
    expect(server().requests.length).toBe(before);
  });
});

describe('what is told while it works', () => {
  const play = async (...scripts: Script[]): Promise<Array<ReasonEvent['type'] | 'answer-end' | 'reasoning-error'>> => {
    server().play(...scripts);
    const events = [];
    const { client } = clientOf(server());
    for await (const event of streamAnswer(reasonerOf(client), requestFor(smilePhoto()), {})) {
      events.push(event);
    }
    return events.map(({ type }) => type);
  };
  const isLast = (type: string): boolean => type === 'answer-end' || type === 'reasoning-error';

  it('is what the answer says, each sentence once, and ends once', async () => {
    server().play(answering(factualModel, 5));
    const said: string[] = [];
    let answered: readonly string[] = [];
    for await (const event of streamAnswer(reasonerOf(clientOf(server()).client), requestFor(smilePhoto()))) {
      if (event.type === 'sentence-end' && event.stage === 'merge') {
        said.push(event.text);
      }
      if (event.type === 'answer-end') {
        const { keyObservations, interpretation, conclusion } = event.result.answer;
        answered = [...keyObservations, ...interpretation, conclusion].map(({ text }) => text);
      }
    }
    expect(said).toEqual(answered);
  });

  it.each<readonly [string, Script[]]>([
    ['an answer', [answering(factualModel)]],
    ['a cut in the middle of the answer', [answering(factualModel), [{ delta: '{"keyObs' }, { cut: true }]]],
    ['an error in the middle', [[{ delta: 'The lip' }, { chunk: 'data: {"error":{"message":"x"}}\n\n' }]]],
    ['nothing at all', [[{ status: 500 }]]],
    ['answers that cannot be used', [answering('no')]],
  ])('ends exactly once after %s', async (_name, scripts) => {
    const types = await play(...scripts);
    expect(types.filter(isLast)).toHaveLength(1);
    expect(isLast(types.at(-1) ?? '')).toBe(true);
  });

  it('keeps what was said of an answer that broke off', async () => {
    server().play([{ delta: 'The lip corners' }, { cut: true }]);
    const events = [];
    for await (const event of streamAnswer(reasonerOf(clientOf(server()).client), requestFor(smilePhoto()))) {
      events.push(event);
    }
    expect(events.at(-1)).toMatchObject({ type: 'reasoning-error', partial: 'The lip corners' });
    expect(server().requests.length).toBe(1);
  });

  it('stops the server when nobody listens any more', async () => {
    server().play([{ endless: 'The lips part [o1].\n' }]);
    const before = server().left();
    for await (const event of streamAnswer(reasonerOf(clientOf(server()).client), requestFor(smilePhoto()))) {
      if (event.type === 'text-delta') {
        break;
      }
    }
    await expect.poll(() => server().left()).toBe(before + 1);
  });
});

describe('translation', () => {
  it('is sentence by sentence; one in which a figure changed is not shown', async () => {
    const brain: Brain = (request) =>
      stageOf(request) === 'translate'
        ? factualModel(request).replace('(AU12, D, 4.0 of 5)', '(AU12, D, 5.0 of 5)')
        : factualModel(request);
    server().play(answering(brain));
    const reasoner = reasonerOf(clientOf(server()).client);
    const { answer, reference } = await reasoner.doReason(requestFor(smilePhoto()), {});
    const translation = await reasoner.doTranslate?.(
      {
        schema: 'whyface/explanation@1', analysisId: '0123456789abcdef', subject: 'P1', range: { startMs: 0, endMs: 0 },
        reasoner: reference, ...answer, grounding: { score: 1, claims: [] }, notice: '',
      }, // biome-ignore format: one line a row
      { language: 'de' },
    );
    const index = answer.keyObservations.findIndex(({ text }) => text.includes('AU12'));
    expect(translation?.keyObservations[index]).toBeNull();
    expect(translation?.keyObservations.filter((text) => text !== null)).toHaveLength(
      answer.keyObservations.length - 1,
    );
    expect(translation?.conclusion).toBe(`[de] ${answer.conclusion.text}`);
  });
});
