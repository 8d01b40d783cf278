import { WhyfaceError } from '../../kit/error.ts';
import type { PromptFile } from './prompt-file.ts';
import { PROMPT_FILES } from './prompt-texts.ts';

const missing = (name: string): WhyfaceError =>
  new WhyfaceError({ code: 'internal', stage: 'textualize', message: `There is no prompt ${name}.` });

/** The newest version of a prompt. */
export const latestPrompt = (id: string): PromptFile => {
  const found = PROMPT_FILES.findLast((file) => file.id === id);
  if (found === undefined) {
    throw missing(id);
  }
  return found;
};

/** The system prompt that a prompt goes with. */
export const systemPromptOf = (prompt: PromptFile): PromptFile => {
  const found = PROMPT_FILES.find((file) => `${file.id}@${file.version}` === prompt.system);
  if (found === undefined) {
    throw missing(prompt.system ?? `before ${prompt.id}`);
  }
  return found;
};
