import { createHttpRecogniser } from './http-recogniser.ts';
import type { Recogniser } from './recogniser.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the operator named a speech model. */
export const recognitionConfigured = (environment: Environment): boolean =>
  (environment.WHYFACE_ASR_BASE_URL ?? '') !== '';

/**
 * The speech model that the environment names; `null` where it names none.
 *
 * @throws WhyfaceError `config-invalid`
 */
export const openRecogniser = (environment: Environment): Recogniser | null => {
  const { WHYFACE_ASR_BASE_URL: baseUrl, WHYFACE_ASR_API_KEY: apiKey, WHYFACE_ASR_MODEL: model } = environment;
  return baseUrl === undefined || baseUrl === '' ? null : createHttpRecogniser({ baseUrl, apiKey, model });
};
