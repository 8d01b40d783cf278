import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainRecord } from '../../src/contracts/index.ts';
import { makeHubModels } from '../fixtures/make-hub-models.ts';
import { runMain } from '../support/cli-io.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const models = temporaryFolder('hub-models');
const photo = join(ROOT, 'examples/astronaut.png');
const clip = join(ROOT, 'examples/clip.mp4');

const explain = async (file: string, env: Record<string, string>, ...more: string[]) => {
  const given = ['explain', file, '--reasoner', 'clip', '--format', 'json', '--quiet', ...more];
  const { status, stdout, stderr } = await runMain(given, { WHYFACE_MODELS: models, ...env });
  const [record] = z.array(explainRecord).parse(JSON.parse(stdout));
  return { status, stderr, record, explanation: record?.explanations[0] };
};

describe('whyface explain --reasoner clip', () => {
  beforeAll(() => makeHubModels(models));

  it.each(['tiny/clip', 'tiny/siglip'])('explains a photo with the model that is named: %s', async (model) => {
    const { status, explanation } = await explain(photo, { WHYFACE_CLIP_MODEL: model });
    expect(status).toBe(0);
    expect(explanation?.reasoner).toMatchObject({
      id: 'clip',
      model,
      promptId: 'clip-descriptions@1',
      fallback: false,
    });
    expect(explanation?.grounding.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
    expect(explanation?.judgement.confidence).toBeLessThanOrEqual(0.35);
  });

  it('looks at several moments of a clip and at the face at rest', async () => {
    const { explanation } = await explain(
      clip,
      { WHYFACE_CLIP_MODEL: 'tiny/clip' },
      '--fps',
      '10',
      '--from',
      '1',
      '--to',
      '5',
    );
    const stills = z
      .array(z.object({ ms: z.number(), role: z.string() }))
      .parse(explanation?.reasoner.parameters.stills);
    expect(stills.filter(({ role }) => role === 'apex').length).toBeGreaterThan(1);
    expect(stills.every(({ ms }) => ms >= 1000 && ms < 5000)).toBe(true);
  });

  it('ends with 69 and one sentence where the model is not here, before anything is measured', async () => {
    const { status, stderr, record } = await explain(photo, { WHYFACE_CLIP_MODEL: 'tiny/nobody' });
    expect(status).toBe(69);
    expect(record).toMatchObject({ analysis: null, error: { code: 'model-missing' } });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('whyface models pull tiny/nobody');
  });
});
