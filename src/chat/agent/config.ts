import { redacted } from '../../reason/llm/client/failure.ts';

export { type LlmConfig, readLlmConfig } from '../../reason/llm/index.ts';

/** A message of a server or a library without the key in it. */
export const redactedKey = (text: string, apiKey: string | null): string => redacted(text, apiKey, 300);
