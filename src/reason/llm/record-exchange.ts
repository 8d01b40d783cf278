import type { Exchange, FilledPrompt } from '../../contracts/index.ts';
import type { ReasonStage } from '../reasoner.ts';
import type { Completion } from './client/client.ts';
import { redacted } from './client/failure.ts';

/** Most characters of a raw answer that are kept. */
const KEPT_CHARACTERS = 16_384;

/** What was asked and answered, without the key and without the border. */
export const exchangeOf = (
  stage: ReasonStage,
  attempt: number,
  prompt: FilledPrompt,
  { text, model, usage }: Completion,
  apiKey: string | null,
): Exchange => ({
  stage,
  attempt,
  promptId: prompt.id,
  promptSha256: prompt.sha256,
  model,
  answer: text
    .slice(0, KEPT_CHARACTERS)
    .split('\n')
    .map((line) => redacted(line, apiKey, KEPT_CHARACTERS))
    .join('\n')
    .replaceAll(prompt.boundary, ''),
  usage,
});
