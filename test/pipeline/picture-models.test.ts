import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../src/perceive/models/manifest.ts';
import { IMAGE_TEXT_MODELS, pictureModelsOf, VISION_MODELS } from '../../src/pipeline/picture-models.ts';
import { namesEndpoint, readVlmConfig } from '../../src/reason/vlm/endpoint.ts';
import { siglipFiles } from '../fixtures/hub/image-text.ts';
import { writeHubModel } from '../fixtures/make-hub-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('models for pictures', () => {
  const folder = temporaryFolder('picture-models');

  it('are those of the manifest, so that they can be pulled', async () => {
    const { hub } = await loadManifest();
    const known = hub.map(({ repository }) => repository);
    expect([...IMAGE_TEXT_MODELS, ...VISION_MODELS].filter((model) => !known.includes(model))).toEqual([]);
  });

  it('are the one that is named, else the one that is here, else the first, which is then said to be missing', async () => {
    const of = (env: Record<string, string>) =>
      pictureModelsOf({ env: { WHYFACE_MODELS: folder, ...env } }).imageText();
    expect(of({}).id).toBe(IMAGE_TEXT_MODELS[0]);
    await expect(of({}).check()).rejects.toMatchObject({ code: 'model-missing' });
    await writeHubModel(folder, IMAGE_TEXT_MODELS[1], siglipFiles());
    expect(of({}).id).toBe(IMAGE_TEXT_MODELS[1]);
    await of({}).check();
    expect(of({ WHYFACE_CLIP_MODEL: 'my/clip' }).id).toBe('my/clip');
  });
});

describe('a server for pictures', () => {
  const llm = { WHYFACE_LLM_BASE_URL: 'http://localhost:1/v1', WHYFACE_LLM_MODEL: 'words', OPENAI_API_KEY: 'sk-words' };

  it('is the one that is named, else that of the language model, unless a model on this machine is', () => {
    expect(namesEndpoint({})).toBe(false);
    expect(namesEndpoint({ WHYFACE_VLM_MODEL: 'a/smolvlm', ...llm })).toBe(false);
    expect(namesEndpoint(llm)).toBe(true);
    expect(readVlmConfig(llm)).toMatchObject({ baseUrl: 'http://localhost:1/v1', model: 'words', apiKey: 'sk-words' });
  });

  it('never gets the key of another', () => {
    const own = { ...llm, WHYFACE_VLM_BASE_URL: 'https://pictures.example.com/v1', WHYFACE_VLM_MODEL: 'looks' };
    expect(readVlmConfig(own)).toMatchObject({
      host: 'pictures.example.com',
      local: false,
      model: 'looks',
      apiKey: null,
    });
    expect(readVlmConfig({ ...own, WHYFACE_VLM_API_KEY: 'sk-own' })).toMatchObject({ apiKey: 'sk-own' });
  });

  it('is told apart in what is wrong with its settings', () => {
    expect(() => readVlmConfig({ ...llm, WHYFACE_VLM_BASE_URL: 'https://pictures.example.com/v1' })).toThrow(
      /picture model is not set up: WHYFACE_VLM_MODEL is not set/,
    );
  });
});
