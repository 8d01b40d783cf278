import { createHttpRecogniser } from './http-recogniser.ts';
import type { Recogniser } from './recogniser.ts';
import { createTransformersRecogniser } from './transformers-recogniser.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The speech model that the environment names: with `WHYFACE_ASR_BASE_URL` a service (and `WHYFACE_ASR_MODEL` its model), with
 * `WHYFACE_ASR_MODEL` alone a model on this machine; `null` where neither is there.
 *
 * @param folder of the models
 * @throws WhyfaceError `config-invalid`
 */
export const openRecogniser = (environment: Environment, folder: string): Recogniser | null => {
  const { WHYFACE_ASR_BASE_URL: baseUrl, WHYFACE_ASR_API_KEY: apiKey, WHYFACE_ASR_MODEL: named } = environment;
  const model = named === '' ? undefined : named;
  if (baseUrl !== undefined && baseUrl !== '') {
    return createHttpRecogniser({ baseUrl, apiKey: apiKey === '' ? undefined : apiKey, model });
  }
  return model === undefined ? null : createTransformersRecogniser({ model, folder });
};
