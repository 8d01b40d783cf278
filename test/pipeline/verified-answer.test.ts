import { describe, expect, it } from 'vitest';
import { type Analysis, explainOptions, explanation as explanationSchema } from '../../src/contracts/index.ts';
import type { ExplainEvent } from '../../src/pipeline/explain-event.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { factualAnswer, factualModel, stageOf } from '../fakes/factual-model.ts';
import { answering, type Brain } from '../fakes/llm-server.ts';
import { clientOf, errorOf, fakeServer, reasonerOf, smileClip, smilePhoto } from '../reason/llm/support.ts';

const server = fakeServer();

const explain = async (analysis: Analysis, options: object = {}, onEvent?: (event: ExplainEvent) => void) => {
  const [explanation] = await explainAnalysis(analysis, explainOptions.parse({ reasoner: 'llm', ...options }), {
    reasoner: reasonerOf(clientOf(server()).client),
    onEvent,
  });
  return explanationSchema.parse(explanation);
};

const WRONG = { text: 'The brows are strongly lowered and drawn together (AU4, D).', cites: ['o2'] };

/** Claims something wrong; mends it when it is told, or does not. */
const wrongBrain =
  (mends: boolean): Brain =>
  (request) => {
    if (stageOf(request) !== 'answer') {
      return factualModel(request);
    }
    const answer = factualAnswer(request);
    const told = request.messages.some(({ content }) => content.includes('did not hold'));
    const observations = Array.isArray(answer.keyObservations) ? answer.keyObservations : [];
    return JSON.stringify(mends && told ? answer : { ...answer, keyObservations: [...observations, WRONG] });
  };

const failing = ({ grounding }: { grounding: { claims: Array<{ verdict: string; text: string }> } }) =>
  grounding.claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported');

describe('the repair round', () => {
  it('sends back once what does not hold, with why', async () => {
    server().play(answering(wrongBrain(true)));
    const events: ExplainEvent[] = [];
    const explanation = await explain(smilePhoto(), {}, (event) => events.push(event));
    expect(failing(explanation)).toEqual([]);
    const { requests } = server();
    expect(requests).toHaveLength(3);
    const last = requests.at(-1)?.messages.at(-1)?.content ?? '';
    expect(last).toMatch(/key-observations, sentence \d+, (?:contradicted|unsupported): "/);
    expect(explanation.reasoner.exchanges?.map(({ stage }) => stage)).toEqual(['describe', 'merge', 'repair']);
    const checked = events.filter((event) => event.type === 'verification-end');
    expect(checked.map((event) => (event.type === 'verification-end' ? event.failing > 0 : null))).toEqual([
      true,
      false,
    ]);
  });

  it('leaves marked what fails again, and asks no more', async () => {
    server().play(answering(wrongBrain(false)));
    const explanation = await explain(smilePhoto());
    expect(server().requests).toHaveLength(3);
    expect(failing(explanation).some(({ text }) => /brows/.test(text))).toBe(true);
    expect(explanation.keyObservations).toContainEqual(WRONG);
  });

  it('keeps the first answer, marked, where the second cannot be had', async () => {
    server().play(answering(wrongBrain(false)), answering(wrongBrain(false)), [{ status: 401 }]);
    const explanation = await explain(smilePhoto());
    expect(explanation.reasoner).toMatchObject({ id: 'llm', fallback: false });
    expect(explanation.reasoner.warnings?.map(({ code }) => code)).toEqual(['repair-failed']);
    expect(failing(explanation).length).toBeGreaterThan(0);
  });
});

describe('the stand-in', () => {
  it('answers where the server does not, and says so', async () => {
    server().play([{ status: 500 }]);
    const events: ExplainEvent[] = [];
    const { reasoner } = await explain(smilePhoto(), {}, (event) => events.push(event));
    expect(reasoner).toMatchObject({
      id: 'facs',
      fallback: true,
      parameters: { askedFor: 'llm', failedWith: 'service-unavailable' },
    });
    expect(reasoner.warnings?.[0]?.message).toMatch(
      /^The FACS reasoner stands in for "llm": The language model at 127/,
    );
    expect(events.map(({ type }) => type)).toContain('fallback-start');
  });

  it('answers where the model cannot be used', async () => {
    server().play(answering('I cannot.'));
    expect((await explain(smilePhoto())).reasoner).toMatchObject({
      fallback: true,
      parameters: { failedWith: 'answer-unusable' },
    });
  });

  it('does not where it was forbidden', async () => {
    server().play([{ status: 500 }]);
    expect((await errorOf(explain(smilePhoto(), { fallback: false }))).code).toBe('service-unavailable');
  });

  it('does not for an interruption', async () => {
    server().play([{ hang: true }]);
    const abort = new AbortController();
    const work = explainAnalysis(smilePhoto(), explainOptions.parse({ reasoner: 'llm' }), {
      reasoner: reasonerOf(clientOf(server()).client),
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(), 20);
    expect((await errorOf(work)).code).toBe('aborted');
  });
});

describe('L7: a conflict between face and words', () => {
  const clip = smileClip('I hate this. It is awful and I am furious.');
  const passedOver = ({
    reasoner,
  }: {
    reasoner: { warnings?: Array<{ code: string; message: string }> | undefined };
  }) => (reasoner.warnings ?? []).filter(({ code }) => code === 'conflict-passed-over').map(({ message }) => message);

  it('that the answer averages away is said beside it', async () => {
    server().play(answering(factualModel));
    expect(passedOver(await explain(clip))).toEqual([expect.stringMatching(/"I hate this".*\[o7\]/)]);
  });

  it('that the answer says is left to it', async () => {
    const conflict = { text: 'The words go against the lip corners.', cites: ['o7', 'o2'] };
    server().play(
      answering((request) =>
        stageOf(request) === 'answer'
          ? JSON.stringify({ ...factualAnswer(request), conflicts: [conflict] })
          : factualModel(request),
      ),
    );
    expect(passedOver(await explain(clip))).toEqual([]);
  });

  it('that is not there is not made up', async () => {
    server().play(answering(factualModel));
    expect(passedOver(await explain(smileClip()))).toEqual([]);
  });
});

describe('another language', () => {
  it('stands beside the English, which is what was checked', async () => {
    server().play(answering(factualModel));
    const explanation = await explain(smileClip(), { language: 'de' });
    expect(explanation.translation?.language).toBe('de');
    expect(explanation.translation?.keyObservations).toHaveLength(explanation.keyObservations.length);
    expect(explanation.translation?.conclusion).toMatch(/^\[de\]/);
    expect(failing(explanation)).toEqual([]);
  });

  it('is missing, and said to be, where the stand-in answered', async () => {
    server().play([{ status: 500 }]);
    const explanation = await explain(smilePhoto(), { language: 'de' });
    expect(explanation.translation).toBeUndefined();
    expect(explanation.reasoner.warnings?.map(({ code }) => code)).toEqual(['fallback', 'not-translated']);
  });
});
