import type { PromptSubject, PromptWriter } from '../../contracts/index.ts';
import { estimateMessages } from '../../kit/estimate-tokens.ts';
import type { LlmClient, LlmRun } from './client/client.ts';
import { DESCRIPTION_TOKENS } from './describe.ts';

type Plan = {
  about: PromptSubject;
  strategy: 'single' | 'two-stage';
  samples: number;
  repairing: boolean;
  inputTokens: number;
};

/** What the whole explanation will cost at most, if nothing has to be asked again, is known before the first call. */
export const assertPlanAffordable = (
  { about, strategy, samples, repairing, inputTokens }: Plan,
  { client, prompts, run }: { client: LlmClient; prompts: PromptWriter; run: LlmRun },
): void => {
  const answerTokens = client.config.outputTokens;
  const answer =
    strategy === 'single'
      ? estimateMessages(prompts.single(about, inputTokens).messages)
      : estimateMessages(prompts.merge(about, '', inputTokens).messages) + DESCRIPTION_TOKENS;
  const describing =
    strategy === 'single' || repairing
      ? []
      : [
          {
            promptTokens: estimateMessages(prompts.describe(about, inputTokens).messages),
            completionTokens: answerTokens,
          },
        ];
  run.assertAffordable([
    ...describing,
    ...Array.from({ length: samples }, () => ({ promptTokens: answer, completionTokens: answerTokens })),
  ]);
};
