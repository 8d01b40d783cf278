/** The language-model reasoner over a model that somebody else talks to (LangChain). */
import type { FilledPrompt, PromptSubject } from '../contracts/index.ts';
import { estimateMessages, estimateTokens } from '../kit/estimate-tokens.ts';
import { createLlmReasoner } from '../reason/llm/index.ts';
import type { Reasoner } from '../reason/reasoner.ts';
import { createPromptWriter } from '../textualize/index.ts';

export type ModelMessage = { role: 'system' | 'user' | 'assistant'; content: string };
export type ModelAnswer = {
  text: string;
  model: string | null;
  usage: { promptTokens: number; completionTokens: number } | null;
};

/** Answers a conversation. Throws `WhyfaceError`. */
export type AskModel = (
  messages: readonly ModelMessage[],
  options: { signal?: AbortSignal | undefined; onText?: ((text: string) => void) | undefined },
) => Promise<ModelAnswer>;

export type ModelReasonerOptions = {
  ask: AskModel;
  /** What the model is called where it does not say. */
  name: string;
  /** Tokens that a question and its answer may take together, and those kept free for the answer. */
  contextTokens: number;
  outputTokens: number;
  /** Whether it is asked to mend what does not hold. Default true. */
  canRepair?: boolean | undefined;
  /** A prompt that was filled before, in the place of a new one. */
  filled?: FilledPrompt | undefined;
  /** 0–1, half-open; borders of untrusted text are drawn from it. */
  random?: (() => number) | undefined;
};

/** Tries, deadlines and costs are the caller's. */
export const createModelReasoner = (options: ModelReasonerOptions): Reasoner => {
  const { ask, name, contextTokens, outputTokens, canRepair = true, filled, random } = options;
  const prompts = createPromptWriter({ random });
  const reasoner = createLlmReasoner({
    prompts: filled === undefined ? prompts : { ...prompts, single: () => filled },
    client: {
      config: {
        baseUrl: '',
        host: 'the chain',
        local: true,
        offline: false,
        model: name,
        apiKey: null,
        contextTokens,
        outputTokens,
        prices: null,
        mostDollars: { request: Number.POSITIVE_INFINITY, day: Number.POSITIVE_INFINITY },
        attemptMs: 0,
        idleMs: 0,
        totalMs: 0,
      },
      abilities: () => ({
        form: 'none',
        lengthParameter: 'max_tokens',
        temperature: false,
        seed: false,
        streamUsage: false,
      }),
      begin: ({ signal }) => {
        const total = { promptTokens: 0, completionTokens: 0, calls: 0, estimated: false, dollars: null };
        return {
          complete: async ({ messages }, onText) => {
            const asked = messages.map(({ role, content }) => ({
              role,
              content:
                typeof content === 'string'
                  ? content
                  : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
            }));
            const { text, model, usage } = await ask(asked, { signal, onText });
            const counted = usage ?? { promptTokens: estimateMessages(asked), completionTokens: estimateTokens(text) };
            total.calls += 1;
            total.promptTokens += counted.promptTokens;
            total.completionTokens += counted.completionTokens;
            total.estimated ||= usage === null;
            return { text, model, cut: false, usage: { ...counted, estimated: usage === null } };
          },
          assertAffordable: () => undefined,
          usage: () => ({ ...total }),
          end: () => undefined,
        };
      },
    },
  });
  return { ...reasoner, capabilities: { ...reasoner.capabilities, canRepair } };
};

/** The one-step prompt about one person, filled. */
export const fillExplanationPrompt = (
  subject: PromptSubject,
  { inputTokens, random }: { inputTokens: number; random?: (() => number) | undefined },
): FilledPrompt => createPromptWriter({ random }).single(subject, inputTokens);
