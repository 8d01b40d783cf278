import { readLlmConfig } from './agent/config.ts';
import { type AgentPorts, createAgentAnswerer } from './agent/index.ts';
import type { Answerer } from './answerer.ts';
import { createOfflineAnswerer } from './offline/index.ts';

export const ANSWERERS = ['auto', 'offline', 'agent'] as const;
export type AnswererChoice = (typeof ANSWERERS)[number];

export type AnswererContext = {
  env: Readonly<Record<string, string | undefined>>;
  ports?: AgentPorts | undefined;
  fetch?: typeof fetch | undefined;
};

/** Whether a language model is named in the environment. */
export const hasLanguageModel = (env: AnswererContext['env']): boolean => (env.WHYFACE_LLM_MODEL ?? '').trim() !== '';

/**
 * Who answers: `auto` takes the language model where one is set up, and the offline answerer else.
 *
 * @throws WhyfaceError `config-invalid` with all that is wrong with the settings of the language model
 */
export const chooseAnswerer = (
  choice: AnswererChoice,
  { env, ports, fetch: fetchFunction }: AnswererContext,
): Answerer => {
  if (choice === 'offline' || (choice === 'auto' && !hasLanguageModel(env))) {
    return createOfflineAnswerer();
  }
  return createAgentAnswerer({ config: readLlmConfig(env), ports, fetch: fetchFunction });
};
