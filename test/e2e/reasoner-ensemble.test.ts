import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainRecord } from '../../src/contracts/index.ts';
import { makeHubModels } from '../fixtures/make-hub-models.ts';
import { runMain } from '../support/cli-io.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const models = temporaryFolder('ensemble-models');

const explain = async (env: Record<string, string>) => {
  const given = [
    'explain',
    join(ROOT, 'examples/astronaut.png'),
    '--reasoner',
    'ensemble',
    '--format',
    'json',
    '--quiet',
  ];
  const { status, stdout, stderr } = await runMain(given, { WHYFACE_MODELS: models, ...env });
  const [record] = z.array(explainRecord).parse(JSON.parse(stdout));
  return { status, stderr, record };
};

const parameters = z.object({
  members: z.array(z.object({ id: z.string() })),
  missing: z.array(z.object({ id: z.string() })),
});

describe('whyface explain --reasoner ensemble', () => {
  beforeAll(() => makeHubModels(models));

  it('asks who is here, and names who is not', async () => {
    const { status, record } = await explain({ WHYFACE_CLIP_MODEL: 'tiny/siglip', WHYFACE_VLM_MODEL: 'tiny/smolvlm' });
    expect(status).toBe(0);
    const [explanation] = record?.explanations ?? [];
    const { members, missing } = parameters.parse(explanation?.reasoner.parameters);
    expect(members.map(({ id }) => id)).toEqual(['facs', 'vlm', 'clip']);
    expect(missing.map(({ id }) => id)).toEqual(['llm']);
    expect(explanation?.grounding.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
  });

  it('ends with 69 and one sentence where there is nobody to combine', async () => {
    const { status, stderr, record } = await explain({});
    expect(status).toBe(69);
    expect(record?.error?.code).toBe('service-unavailable');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/llm is missing.*vlm is missing.*clip is missing/);
  });
});
