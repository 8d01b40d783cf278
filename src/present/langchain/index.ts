/**
 * whyface in a LangChain chain. Needs `@langchain/core`.
 *
 *     import { createExplainer } from 'whyface/langchain';
 *     const explainer = createExplainer({ model: new ChatOpenAI({ model: 'gpt-4o' }) });
 *     const [explanation] = await explainer.invoke({ analysis });
 */
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { type Runnable, type RunnableConfig, RunnableLambda } from '@langchain/core/runnables';
import { z } from 'zod';
import {
  type Analysis,
  type ExplainOptions,
  type Explanation,
  explainOptions,
  isTimeless,
  type PromptMessage,
} from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { type AskModel, createModelReasoner, fillExplanationPrompt } from '../../pipeline/model-reasoner.ts';
import { explainAnalysis } from '../../pipeline/text-side.ts';
import { textualize } from '../../textualize/index.ts';

/** A chat model, or a chain that ends in one. */
export type ChatModel = Runnable<BaseMessage[], BaseMessage>;

/** What an explainer is given: an analysis (`observe()`, `whyface observe`), and what `whyface explain` can be told. */
export type ExplainInput = { analysis: Analysis } & Partial<Omit<ExplainOptions, 'reasoner' | 'allowRemoteFrames'>>;

export type TokenLimits = {
  /** Tokens that a question and its answer may take together. Default 8192. */
  contextTokens?: number | undefined;
  /** Those kept free for the answer. Default 2048. */
  outputTokens?: number | undefined;
};

export type ExplainerOptions = TokenLimits & {
  model: ChatModel;
  /** What the model is called in the explanation where it does not say. Default `langchain`. */
  name?: string | undefined;
  /** 0–1, half-open; borders of untrusted text are drawn from it. For tests. */
  random?: (() => number) | undefined;
};

const CONTEXT_TOKENS = 8192;
const OUTPUT_TOKENS = 2048;

const messageOf = ({ role, content }: PromptMessage): BaseMessage => {
  switch (role) {
    case 'system':
      return new SystemMessage(content);
    case 'user':
      return new HumanMessage(content);
    case 'assistant':
      return new AIMessage(content);
  }
};

/** The words of a message; parts that are none (pictures, calls of tools) are left out. */
const textOf = ({ content }: Pick<BaseMessage, 'content'>): string =>
  typeof content === 'string'
    ? content
    : content.map((part) => ('text' in part && typeof part.text === 'string' ? part.text : '')).join('');

const failed = (thrown: unknown): WhyfaceError => {
  const error = toWhyfaceError(thrown, 'reason');
  return error.code === 'internal'
    ? new WhyfaceError({
        code: 'service-unavailable',
        stage: 'reason',
        message: `The model of the chain failed: ${thrown instanceof Error ? thrown.message.split('\n')[0] : 'unknown fault'}`,
        cause: thrown,
      })
    : error;
};

const askChain =
  (model: ChatModel, config: RunnableConfig): AskModel =>
  async (messages, { signal, onText }) => {
    const chain = { ...config, ...(signal === undefined ? {} : { signal }) };
    try {
      const given = messages.map(messageOf);
      if (onText === undefined) {
        const answer = await model.invoke(given, chain);
        return { text: textOf(answer), model: modelName(answer), usage: usageOf(answer) };
      }
      let text = '';
      let last: BaseMessage | null = null;
      for await (const chunk of await model.stream(given, chain)) {
        const words = textOf(chunk);
        text += words;
        last = chunk;
        if (words !== '') {
          onText(words);
        }
      }
      return { text, model: last === null ? null : modelName(last), usage: last === null ? null : usageOf(last) };
    } catch (thrown) {
      signal?.throwIfAborted();
      throw failed(thrown);
    }
  };

const modelName = ({ response_metadata: told }: BaseMessage): string | null => {
  const name: unknown = told?.model_name ?? told?.model;
  return typeof name === 'string' ? name : null;
};

const usage = z.object({ input_tokens: z.number(), output_tokens: z.number() });

const usageOf = (message: BaseMessage): { promptTokens: number; completionTokens: number } | null => {
  const told = usage.safeParse('usage_metadata' in message ? message.usage_metadata : undefined);
  return told.success ? { promptTokens: told.data.input_tokens, completionTokens: told.data.output_tokens } : null;
};

/**
 * A Runnable from an analysis to verified explanations, one a subject: it describes first, merges the words second, reads
 * every sentence back against the observations and lets the model mend what does not hold, once. Callbacks, tags and the
 * signal of the chain reach the model.
 *
 * @throws WhyfaceError (on invoke) as `explainAnalysis`
 */
export const createExplainer = (options: ExplainerOptions): RunnableLambda<ExplainInput, Explanation[]> => {
  const { model, name = 'langchain', contextTokens = CONTEXT_TOKENS, outputTokens = OUTPUT_TOKENS, random } = options;
  const explainer = RunnableLambda.from<ExplainInput, Explanation[]>(async ({ analysis, ...chosen }, config) => {
    const reasoner = createModelReasoner({ ask: askChain(model, config), name, contextTokens, outputTokens, random });
    // An error of the chain is the chain's to handle: nothing stands in unless it is asked for.
    const settings = explainOptions.parse({ fallback: false, ...chosen, reasoner: 'llm' });
    return explainAnalysis(analysis, settings, { reasoner, signal: config?.signal });
  });
  explainer.name = 'whyface';
  return explainer;
};

export type ExplanationParts = {
  /** The messages that ask for an explanation in one step; its input is not looked at. */
  prompt: RunnableLambda<unknown, BaseMessage[]>;
  /** Reads what a model answered to exactly that prompt, and checks every sentence of it. */
  verified: RunnableLambda<BaseMessage | string, Explanation>;
};

/**
 * The two ends of a chain about one person, to put what you like between them:
 *
 *     const { prompt, verified } = explanationParts({ analysis });
 *     const explanation = await prompt.pipe(model).pipe(verified).invoke(null);
 *
 * @throws WhyfaceError `usage` where nobody is in the analysis
 */
export const explanationParts = (
  { analysis, ...chosen }: ExplainInput,
  {
    contextTokens = CONTEXT_TOKENS,
    outputTokens = OUTPUT_TOKENS,
    random,
  }: TokenLimits & Pick<ExplainerOptions, 'random'> = {},
): ExplanationParts => {
  const settings = explainOptions.parse({ ...chosen, fallback: false, reasoner: 'llm', strategy: 'single' });
  const subject = settings.subject === 'all' ? analysis.subjects[0]?.id : settings.subject;
  if (subject === undefined || !analysis.subjects.some(({ id }) => id === subject)) {
    throw new WhyfaceError({
      code: 'usage',
      stage: 'input',
      message: 'There is nobody in this analysis to be explained.',
    });
  }
  const range = {
    startMs: settings.fromMs ?? 0,
    endMs: settings.toMs ?? (isTimeless(analysis.clip) ? 0 : analysis.clip.durationMs),
  };
  const facts = textualize(analysis, { subject, range });
  const filled = fillExplanationPrompt(
    { analysis, subject, range, facts, question: settings.question },
    { inputTokens: contextTokens - outputTokens, random },
  );
  return {
    prompt: RunnableLambda.from<unknown, BaseMessage[]>(() => filled.messages.map(messageOf)),
    verified: RunnableLambda.from<BaseMessage | string, Explanation>(async (answer, config) => {
      let given = false;
      const reasoner = createModelReasoner({
        name: 'langchain',
        contextTokens,
        outputTokens,
        canRepair: false,
        filled,
        ask: () => {
          if (given) {
            throw new WhyfaceError({
              code: 'answer-unusable',
              stage: 'reason',
              message: 'The answer of the chain is not in the form that the prompt asks for.',
            });
          }
          given = true;
          const [text, model] = typeof answer === 'string' ? [answer, null] : [textOf(answer), modelName(answer)];
          return Promise.resolve({ text, model, usage: null });
        },
      });
      const [explanation] = await explainAnalysis(
        analysis,
        { ...settings, subject },
        { reasoner, signal: config?.signal },
      );
      if (explanation === undefined) {
        throw new WhyfaceError({
          code: 'nothing-to-read',
          stage: 'reason',
          message: 'Nobody is to be seen in the range asked for.',
        });
      }
      return explanation;
    }),
  };
};
