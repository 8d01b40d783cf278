/** Asks for an answer, once more where it cannot be used, and then gives up with what came kept. */
import { z } from 'zod';
import type { Analysis, Exchange, FilledPrompt, PromptWriter } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import type { ReasonStage } from '../reasoner.ts';
import { modelAnswerForm } from './answer/model-answer.ts';
import { type ReadAnswer, readAnswer } from './answer/read-answer.ts';
import type { ClientMessage, Completion, CompletionRequest, LlmRun } from './client/client.ts';
import { redacted } from './client/failure.ts';
import { followAnswer } from './follow-text.ts';
import { exchangeOf } from './record-exchange.ts';
import { type Saying, sayStage } from './say.ts';
import { withReply } from './with-reply.ts';

const { $schema: _draft, ...schema } = z.toJSONSchema(modelAnswerForm);
/** As servers with structured output want it: every property required, none besides. */
const FORM: NonNullable<CompletionRequest['form']> = { name: 'explanation', schema };

export type AskOptions = {
  run: LlmRun;
  prompts: PromptWriter;
  analysis: Analysis;
  /** Of the answer. */
  maximumTokens: number;
  /** Of the question, with all that was said before. */
  inputTokens: number;
  temperature: number;
  seed?: number | undefined;
  apiKey: string | null;
  host: string;
  say: Saying;
  /** Every exchange is put here, those of a failed question, too. */
  exchanges: Exchange[];
};

export type Asked = Extract<ReadAnswer, { claimedConfidence: number }> & { model: string | null; promptCut: boolean };

/**
 * @param prompt What it goes by in the record; `messages` may hold more than its own.
 * @param shown The prompt that showed the observations.
 * @throws WhyfaceError `answer-unusable` with the problems and the raw text in its details
 */
export const askAnswer = async (
  stage: ReasonStage,
  { prompt, shown, messages }: { prompt: FilledPrompt; shown: FilledPrompt; messages: readonly ClientMessage[] },
  options: AskOptions,
): Promise<Asked> => {
  const { run, prompts, analysis, maximumTokens, temperature, seed, apiKey, host, say, exchanges } = options;
  const ask = async (asked: FilledPrompt, all: readonly ClientMessage[], attempt: number) => {
    const listener = sayStage(say, stage, attempt, followAnswer);
    const request = { messages: all, form: FORM, maximumTokens, temperature, seed };
    const completion = await run.complete(request, listener?.onText);
    listener?.end();
    exchanges.push(exchangeOf(stage, attempt, asked, completion, apiKey));
    const read = readAnswer(completion.text, {
      analysis,
      visible: shown.visible,
      boundary: shown.boundary,
      last: attempt > 1,
    });
    return { completion, read: completion.cut ? cutAnswer(read) : read };
  };
  const first = await ask(prompt, messages, 1);
  if (first.read.answer !== null) {
    return { ...first.read, ...told(first.completion, messages) };
  }
  const again = prompts.askAgain(first.read.problems, shown.boundary);
  const second = await ask(again, withReply(messages, first.completion.text, again.messages, options.inputTokens), 2);
  if (second.read.answer !== null) {
    return { ...second.read, ...told(second.completion, messages) };
  }
  const { problems } = second.read;
  const [worst] = problems;
  throw new WhyfaceError({
    code: 'answer-unusable',
    stage: 'reason',
    message: `The language model at ${host} answered twice in a way that cannot be used (${redacted(`${worst?.where}: ${worst?.what}`, apiKey, 120)}); try another model, or --reasoner facs.`,
    details: { problems, raw: exchanges.slice(-2).map(({ answer }) => answer) },
  });
};

/** An answer that was cut off is not what the model meant to say, even where it can be read. */
const cutAnswer = (read: ReadAnswer): ReadAnswer =>
  read.answer === null
    ? {
        answer: null,
        problems: [
          { where: 'The answer', what: 'it was cut off at its longest length; be briefer.' },
          ...read.problems,
        ],
      }
    : read;

/** A server that saw less than half of what was sent has cut the question, and does not say so. */
const told = (
  { model, usage }: Completion,
  messages: readonly ClientMessage[],
): { model: string | null; promptCut: boolean } => {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  return { model, promptCut: !usage.estimated && usage.promptTokens > 0 && usage.promptTokens < characters / 10 };
};
