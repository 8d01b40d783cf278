/** The first stage: what is seen and heard, from the observations alone and without a word for an emotion. */
import type { CitedSentence, Exchange, PromptSubject, PromptWriter, Warning } from '../../contracts/index.ts';
import { readDescription } from './answer/read-description.ts';
import type { ClientMessage, LlmRun } from './client/client.ts';
import { followLines } from './follow-text.ts';
import { exchangeOf } from './record-exchange.ts';
import { type Saying, sayStage } from './say.ts';
import { withReply } from './with-reply.ts';

/** What a description takes of the next question: twelve sentences of at most forty words. */
export const DESCRIPTION_TOKENS = 900;

export type Described = { sentences: CitedSentence[]; warnings: Warning[]; exchanges: Exchange[] };

type DescribeOptions = {
  run: LlmRun;
  prompts: PromptWriter;
  maximumTokens: number;
  /** Room for the answer: models that think before they write need more than the sentences do. */
  answerTokens: number;
  temperature: number;
  apiKey: string | null;
  say: Saying;
};

/**
 * Asks for the description; once more where sentences name an emotion or cite nothing; then those sentences are left
 * out, and that is said.
 */
export const describe = async (subject: PromptSubject, options: DescribeOptions): Promise<Described> => {
  const { run, prompts, maximumTokens, answerTokens, temperature, apiKey, say } = options;
  const first = prompts.describe(subject, maximumTokens);
  const exchanges: Exchange[] = [];
  const ask = async (prompt: typeof first, messages: readonly ClientMessage[], attempt: number) => {
    const listener = sayStage(say, 'describe', attempt, followLines);
    const request = { messages, form: null, maximumTokens: answerTokens, temperature };
    const completion = await run.complete(request, listener?.onText);
    listener?.end();
    exchanges.push(exchangeOf('describe', attempt, prompt, completion, apiKey));
    return { completion, read: readDescription(completion.text, first) };
  };
  const { completion, read } = await ask(first, first.messages, 1);
  if (read.problems.length === 0) {
    return { sentences: read.sentences, warnings: read.warnings, exchanges };
  }
  const again = prompts.describeAgain(read.problems, first.boundary);
  const conversation = withReply(first.messages, completion.text, again.messages, maximumTokens);
  const second = (await ask(again, conversation, 2)).read;
  // The second may be worse: what is usable counts.
  const best = second.sentences.length >= read.sentences.length ? second : read;
  const missing: Warning[] =
    best.sentences.length > 0
      ? []
      : [
          {
            code: 'no-description',
            message: 'The model gave no description that could be used; it went on from the observations alone.',
          },
        ];
  return { sentences: best.sentences, warnings: [...best.warnings, ...missing], exchanges };
};
