import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainOptions, explainRecord } from '../../../src/contracts/index.ts';
import { explainAnalysis } from '../../../src/pipeline/text-side.ts';
import { createAnswerer } from '../../../src/present/web/worker/answer.ts';
import { createWorkerClient } from '../../../src/present/web/worker/client.ts';
import type { WorkerReply, WorkerRequest } from '../../../src/present/web/worker/protocol.ts';
import { createFacsReasoner } from '../../../src/reason/facs/index.ts';
import { ROOT } from '../../support/shared.ts';

const [record] = explainRecord
  .array()
  .or(explainRecord.transform((one) => [one]))
  .parse(JSON.parse(readFileSync(join(ROOT, 'examples', 'expected', 'clip.json'), 'utf8')));

/** The worker without a worker: the same messages, copied as a browser copies them. */
const client = () => {
  const answer = createAnswerer();
  const listeners: Array<(event: MessageEvent<WorkerReply>) => void> = [];
  return createWorkerClient(() => ({
    postMessage: (message) => {
      const request: WorkerRequest = structuredClone(message) as WorkerRequest;
      const tell = (data: WorkerReply): void => {
        for (const listener of listeners) {
          listener(new MessageEvent('message', { data: structuredClone(data) }));
        }
      };
      answer(request).then(
        (result) => tell({ id: request.id, ok: true, answer: result }),
        (thrown: { code: 'usage'; message: string }) =>
          tell({ id: request.id, ok: false, code: thrown.code, message: thrown.message }),
      );
    },
    addEventListener: (type: string, listener: (event: MessageEvent<WorkerReply>) => void) => {
      if (type === 'message') {
        listeners.push(listener);
      }
    },
  }));
};

describe('reasoning in the browser', () => {
  it('gives the answer that the service gave, and moves it when the evidence is switched off', async () => {
    const worker = client();
    const analysis = record?.analysis ?? expect.fail('the example has no analysis');
    const options = explainOptions.parse({ subject: 'P1' });
    const [given = expect.fail('the service gives no answer')] = await explainAnalysis(analysis, options, {
      reasoner: createFacsReasoner(),
    });
    await worker.call('open-analysis', { analysis });
    const whole = await worker.call('explain', { subject: 'P1', range: null, without: [] });
    expect(whole.judgement).toEqual(given.judgement);
    expect(whole.keyObservations).toEqual(given.keyObservations);
    const smiles = analysis.observations.flatMap((each) =>
      each.kind === 'action-unit' && each.au.code === 'AU12' ? [each.id] : [],
    );
    const without = await worker.call('explain', { subject: 'P1', range: null, without: smiles });
    const { happiness } = without.judgement.expression.scores;
    expect(happiness).toBeLessThan(given.judgement.expression.scores.happiness - 0.1);
    expect(without.keyObservations.flatMap(({ cites }) => cites)).not.toEqual(expect.arrayContaining(smiles));
  });

  it('says in words what cannot be asked', async () => {
    const worker = client();
    await expect(worker.call('explain', { subject: null, range: null, without: [] })).rejects.toMatchObject({
      code: 'usage',
      message: 'No clip is open.',
    });
  });
});
