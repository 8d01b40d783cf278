/** A picture model behind an OpenAI-compatible server. */
import type { VisionChat } from '../../contracts/vision-models.ts';
import type { Clock } from '../../kit/clock.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { createLlmClient } from '../llm/client/client.ts';
import { type LlmConfig, readLlmConfig } from '../llm/config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const given = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === '' ? undefined : value.trim();

/** Whether the environment names a server for pictures: one of its own, or that of the language model. */
export const namesEndpoint = (env: Environment): boolean =>
  given(env.WHYFACE_VLM_BASE_URL) !== undefined ||
  // Without an address, a name alone is a model on this machine.
  (given(env.WHYFACE_VLM_MODEL) === undefined && given(env.WHYFACE_LLM_BASE_URL) !== undefined);

/**
 * `WHYFACE_VLM_BASE_URL`, `WHYFACE_VLM_MODEL` and `WHYFACE_VLM_API_KEY`, each defaulting to what the language model has;
 * its key is not sent to another server.
 *
 * @throws WhyfaceError `config-invalid`
 */
export const readVlmConfig = (env: Environment): LlmConfig => {
  const own = given(env.WHYFACE_VLM_BASE_URL);
  const same =
    own === undefined || own === given(env.WHYFACE_LLM_BASE_URL) || /^https:\/\/api\.openai\.com\//.test(own);
  try {
    return readLlmConfig({
      ...env,
      WHYFACE_LLM_BASE_URL: own ?? env.WHYFACE_LLM_BASE_URL,
      WHYFACE_LLM_MODEL: given(env.WHYFACE_VLM_MODEL) ?? (same ? env.WHYFACE_LLM_MODEL : undefined),
      OPENAI_API_KEY: given(env.WHYFACE_VLM_API_KEY) ?? (same ? env.OPENAI_API_KEY : undefined),
    });
  } catch (thrown) {
    if (!WhyfaceError.isInstance(thrown)) {
      throw thrown;
    }
    const message = thrown.message
      .replace('The language model is not set up', 'The picture model is not set up')
      .replaceAll(/WHYFACE_LLM_(BASE_URL|MODEL)/g, 'WHYFACE_VLM_$1')
      .replaceAll('OPENAI_API_KEY', 'WHYFACE_VLM_API_KEY');
    throw new WhyfaceError({ code: thrown.code, stage: thrown.stage, message, details: thrown.details });
  }
};

export type EndpointOptions = {
  config: LlmConfig;
  fetch?: typeof fetch | undefined;
  clock?: Clock | undefined;
  random?: (() => number) | undefined;
};

const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  // In pieces: a picture is more arguments than a call takes.
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
};

/** Shows pictures to a server as `data:` addresses. */
export const createEndpointChat = ({ config, ...options }: EndpointOptions): VisionChat => {
  const client = createLlmClient({ config, ...options });
  return {
    id: config.model,
    host: config.local ? null : config.host,
    isServer: true,
    check: () => Promise.resolve(),
    answer: async ({ system, question, pictures, maximumTokens }, { signal }) => {
      const run = client.begin({ signal });
      try {
        const completion = await run.complete({
          messages: [
            { role: 'system', content: system },
            {
              role: 'user',
              content: [
                ...pictures.map((jpeg) => ({
                  type: 'image_url' as const,
                  image_url: { url: `data:image/jpeg;base64,${base64Of(jpeg)}` },
                })),
                { type: 'text', text: question },
              ],
            },
          ],
          form: null,
          maximumTokens,
          temperature: 0,
        });
        return completion.text;
      } finally {
        run.end();
      }
    },
  };
};
