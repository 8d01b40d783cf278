import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainRecord } from '../../src/contracts/index.ts';
import { type FakeLlmServer, startFakeLlm } from '../fakes/llm-server.ts';
import { makeHubModels } from '../fixtures/make-hub-models.ts';
import { runMain } from '../support/cli-io.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const models = temporaryFolder('vlm-models');
const photo = join(ROOT, 'examples/astronaut.png');

const explain = async (env: Record<string, string>, ...more: string[]) => {
  const given = ['explain', photo, '--reasoner', 'vlm', '--format', 'json', '--quiet', ...more];
  const { status, stdout, stderr } = await runMain(given, { WHYFACE_MODELS: models, ...env });
  const [record] = z.array(explainRecord).parse(JSON.parse(stdout));
  return { status, stderr, record, explanation: record?.explanations[0] };
};

const message = z.object({
  content: z.array(z.looseObject({ type: z.string(), image_url: z.object({ url: z.string() }).optional() })),
});

describe('whyface explain --reasoner vlm', () => {
  let server: FakeLlmServer;
  beforeAll(async () => {
    await makeHubModels(models);
    server = await startFakeLlm({
      brain: ({ body }) =>
        JSON.stringify(body).includes('one plain sentence a line')
          ? 'The lip corners are pulled up and back.\nThe brows are lowered and drawn together.\nTEXT: NASA'
          : '{"expression": "happiness", "confidence": 0.7, "reasons": [{"text": "The lip corners are pulled up and back.", "cites": []}]}',
    });
  });
  afterAll(() => server.close());

  it('asks SmolVLM on this machine', async () => {
    const { status, explanation } = await explain({ WHYFACE_VLM_MODEL: 'tiny/smolvlm' });
    expect(status).toBe(0);
    expect(explanation?.reasoner).toMatchObject({ id: 'vlm', model: 'tiny/smolvlm', fallback: false });
    expect(explanation?.reasoner.candidates?.[0]).toMatchObject({
      source: 'tiny/smolvlm',
      text: 'The lip corners are pulled up.',
      comparison: 'agrees',
    });
    expect(explanation?.grounding.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([]);
  });

  it('shows the face as JPEG to a server on this machine, without being allowed to send it elsewhere', async () => {
    const env = {
      WHYFACE_VLM_BASE_URL: server.baseUrl,
      WHYFACE_VLM_MODEL: 'any',
      OPENAI_API_KEY: 'sk-of-another-server',
    };
    const { status, explanation, record } = await explain(env);
    expect(status).toBe(0);
    expect(explanation?.judgement.expression.label).toBe('happiness');
    expect(explanation?.reasoner.candidates?.map(({ kind, comparison }) => [kind, comparison])).toEqual([
      ['face', 'agrees'],
      ['face', 'differs'],
      ['scene-text', 'untestable'],
    ]);
    expect(record?.analysis?.observations.some(({ source }) => source === 'any')).toBe(false);
    const [first] = server.requests;
    const parts = z
      .array(z.unknown())
      .parse(first?.body.messages)
      .flatMap((each) => message.safeParse(each).data?.content ?? []);
    expect(parts.map(({ type }) => type)).toEqual(['image_url', 'text']);
    expect(parts[0]?.image_url?.url).toMatch(/^data:image\/jpeg;base64,\/9j\//);
    expect(first?.headers.authorization ?? '').not.toContain('sk-of-another-server');
  });

  it('refuses to send pictures of the face to another machine, before anything is measured', async () => {
    const env = { WHYFACE_VLM_BASE_URL: 'https://vision.example.com/v1', WHYFACE_VLM_MODEL: 'any' };
    const { status, stderr, record } = await explain(env);
    expect(status).toBe(78);
    expect(record).toMatchObject({ analysis: null, error: { code: 'config-invalid' } });
    expect(stderr).toContain('vision.example.com');
    expect(stderr).toContain('--allow-remote-frames');
  });

  it('ends with 69 and one sentence where no model is here', async () => {
    const { status, stderr, record } = await explain({});
    expect(status).toBe(69);
    expect(record?.error?.code).toBe('model-missing');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('HuggingFaceTB/SmolVLM-256M-Instruct');
  });
});
