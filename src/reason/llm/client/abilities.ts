/** What a server can do, learnt from what it refuses, and kept for as long as its client lives. */

/** How an answer's form is asked for; what a server cannot is asked for in words alone. */
export type FormAbility = 'json_schema' | 'json_object' | 'none';

export type Abilities = {
  form: FormAbility;
  /** Newer models of OpenAI know only the second. */
  lengthParameter: 'max_tokens' | 'max_completion_tokens';
  temperature: boolean;
  seed: boolean;
  streamUsage: boolean;
};

export const firstGuess = (host: string): Abilities => ({
  form: 'json_schema',
  lengthParameter: host === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens',
  temperature: true,
  seed: true,
  streamUsage: true,
});

const LOWER_FORM = { json_schema: 'json_object', json_object: 'none', none: 'none' } as const;

/**
 * What is left after a refusal (status 400, 404, 415, 422 or 501): without the parameter it names, else with a simpler form.
 * `null` where there is nothing to leave out.
 */
export const withoutRefused = (abilities: Abilities, refusal: string, askedForm: boolean): Abilities | null => {
  const names = (pattern: RegExp): boolean => pattern.test(refusal);
  if (
    askedForm &&
    abilities.form !== 'none' &&
    names(/response_format|json_schema|json_object|schema|grammar|guided/i)
  ) {
    return { ...abilities, form: LOWER_FORM[abilities.form] };
  }
  if (abilities.lengthParameter === 'max_tokens' && names(/max_tokens/i)) {
    return { ...abilities, lengthParameter: 'max_completion_tokens' };
  }
  if (abilities.lengthParameter === 'max_completion_tokens' && names(/max_completion_tokens/i)) {
    return { ...abilities, lengthParameter: 'max_tokens' };
  }
  if (abilities.temperature && names(/temperature/i)) {
    return { ...abilities, temperature: false };
  }
  if (abilities.seed && names(/seed/i)) {
    return { ...abilities, seed: false };
  }
  if (abilities.streamUsage && names(/stream_options|include_usage/i)) {
    return { ...abilities, streamUsage: false };
  }
  return askedForm && abilities.form !== 'none' ? { ...abilities, form: LOWER_FORM[abilities.form] } : null;
};
