/** One try of one call: streamed, watched for silence and length, read to its end. */
import OpenAI, { APIConnectionError, APIError } from 'openai';
import { z } from 'zod';
import { estimateMessages, estimateTokens } from '../../../kit/estimate-tokens.ts';
import { LIMITS } from '../../../kit/limits.ts';
import type { LlmConfig } from '../config.ts';
import type { Abilities } from './abilities.ts';
import type { Completion, CompletionRequest } from './client.ts';
import {
  brokenFailure,
  type Ending,
  endingFailure,
  failure,
  redacted,
  statusFailure,
  unreachableFailure,
} from './failure.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { countable, sent } from './messages.ts';

export type AttemptOptions = {
  config: LlmConfig;
  abilities: Abilities;
  fetch: typeof fetch;
  signal: AbortSignal;
  onText: ((text: string) => void) | undefined;
  /** Wall-clock milliseconds, for `Retry-After` dates. */
  now: () => number;
};

/** What a server may say of a refused parameter: thrown inside, never shown. */
export type Refusal = { refused: string; status: number; serverMessage: string };

// Read leniently: servers differ in what they leave out, and `delta` or `message` is all that matters.
const words = z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish();
const event = z.object({
  object: z.string().nullish(),
  model: z.string().nullish(),
  message: z.unknown().optional(),
  choices: z.array(z.object({ delta: words, message: words, finish_reason: z.string().nullish() })).nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

/** @throws WhyfaceError, with `retryable` as it is for this try alone; the signal's reason where it has fired */
export const attemptCompletion = async (
  request: CompletionRequest,
  options: AttemptOptions,
): Promise<Completion | Refusal> => {
  const { config, abilities, signal } = options;
  const ending = new AbortController();
  let why: Ending | null = null;
  const end = (reason: Ending): void => {
    why ??= reason;
    ending.abort();
  };
  let timer = setTimeout(() => end('attempt'), config.attemptMs);
  let begun = false;
  const heard = (): void => {
    // Until it says its first word a server may send comments to keep the line open: that is not yet an answer.
    if (begun) {
      clearTimeout(timer);
      timer = setTimeout(() => end('idle'), config.idleMs);
    }
  };
  const client = clientFor(options, heard, () => end('too-long'));
  const state: Heard = { text: '', refusal: '', model: null, finish: null, usage: null };
  try {
    const stream = await client.chat.completions.create(
      { ...bodyOf(request, config, abilities), stream: true },
      { signal: AbortSignal.any([signal, ending.signal]) },
    );
    for await (const raw of stream) {
      const said = event.safeParse(raw);
      if (!said.success) {
        continue;
      }
      const { object, model, choices, usage, message } = said.data;
      if (object === 'error') {
        // vLLM says errors in the middle of a stream in a form of its own.
        throw brokenFailure(config, redacted(String(message ?? ''), config.apiKey));
      }
      state.model = model ?? state.model;
      state.usage = usage ?? state.usage;
      const choice = choices?.[0];
      const text = choice?.delta?.content ?? choice?.message?.content ?? '';
      state.refusal += choice?.delta?.refusal ?? choice?.message?.refusal ?? '';
      state.finish = choice?.finish_reason ?? state.finish;
      if (choice !== undefined) {
        begun = true;
        heard();
      }
      if (text !== '') {
        state.text += text;
        if (state.text.length > LIMITS.llmAnswerCharacters) {
          end('endless');
          break;
        }
        options.onText?.(text);
      }
    }
  } catch (thrown) {
    if (signal.aborted || why !== null) {
      throw why === null || signal.aborted ? signal.reason : endingFailure(config, why);
    }
    return refusalOf(thrown, options);
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
  // The SDK ends its loop quietly when it is aborted.
  signal.throwIfAborted();
  if (why !== null) {
    throw endingFailure(config, why);
  }
  return completionOf(state, request, config);
};

type Heard = {
  text: string;
  refusal: string;
  model: string | null;
  finish: string | null;
  usage: { prompt_tokens: number; completion_tokens: number } | null;
};

const completionOf = (
  { text, refusal, model, finish, usage }: Heard,
  request: CompletionRequest,
  config: LlmConfig,
): Completion => {
  if (finish === null) {
    throw brokenFailure(config, undefined);
  }
  if (finish === 'content_filter' || (text === '' && refusal !== '')) {
    throw failure('answer-unusable', `The language model at ${config.host} declines to answer.`, {
      retryable: false,
      serverMessage: redacted(refusal, config.apiKey),
    });
  }
  return {
    text,
    model: model === null ? null : redacted(model, config.apiKey, 100),
    cut: finish === 'length',
    usage:
      usage === null
        ? {
            promptTokens: estimateMessages(request.messages.map(countable)),
            completionTokens: estimateTokens(text),
            estimated: true,
          }
        : { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens, estimated: false },
  };
};

const clientFor = ({ config, fetch: send }: AttemptOptions, onBytes: () => void, onTooLong: () => void): OpenAI =>
  new OpenAI({
    baseURL: config.baseUrl,
    apiKey: config.apiKey ?? 'none',
    organization: null,
    project: null,
    // Retries are ours: they know what was shown already, and what a whole explanation may take.
    maxRetries: 0,
    timeout: config.totalMs + 1_000,
    logLevel: 'off',
    fetch: guardedFetch({ fetch: send, mostBytes: LIMITS.llmAnswerBytes, onBytes, onTooLong }),
  });

const bodyOf = (
  { messages, form, maximumTokens, temperature, seed }: CompletionRequest,
  config: LlmConfig,
  abilities: Abilities,
): OpenAI.ChatCompletionCreateParamsNonStreaming => ({
  model: config.model,
  messages: messages.map(sent),
  ...(abilities.lengthParameter === 'max_tokens'
    ? { max_tokens: maximumTokens }
    : { max_completion_tokens: maximumTokens }),
  ...(abilities.temperature ? { temperature } : {}),
  ...(abilities.seed && seed !== undefined ? { seed } : {}),
  ...(abilities.streamUsage ? { stream_options: { include_usage: true } } : {}),
  ...(form === null || abilities.form === 'none'
    ? {}
    : {
        response_format:
          abilities.form === 'json_object'
            ? { type: 'json_object' }
            : { type: 'json_schema', json_schema: { name: form.name, strict: true, schema: form.schema } },
      }),
});

const REFUSED_PARAMETER = new Set([400, 404, 415, 422, 501]);

/** A refusal that leaving something out may mend, or the error as it is to be thrown. */
const refusalOf = (thrown: unknown, { config, now }: AttemptOptions): Refusal => {
  if (thrown instanceof APIConnectionError) {
    throw unreachableFailure(config, undefined);
  }
  if (thrown instanceof APIError) {
    const { status, headers, message } = thrown;
    const serverMessage = redacted(String(message), config.apiKey);
    if (typeof status !== 'number') {
      throw brokenFailure(config, serverMessage);
    }
    const parameter = typeof thrown.param === 'string' ? `${thrown.param} ` : '';
    if (REFUSED_PARAMETER.has(status)) {
      return { refused: `${parameter}${serverMessage}`, status, serverMessage };
    }
    throw statusFailure(config, {
      status,
      serverMessage: `${typeof thrown.code === 'string' ? `${thrown.code} ` : ''}${serverMessage}`,
      retryAfterMs: retryAfter(headers, now),
    });
  }
  if (thrown instanceof SyntaxError || thrown instanceof TypeError) {
    throw brokenFailure(config, undefined);
  }
  throw thrown;
};

/** `Retry-After` in seconds or as a date, or the `retry-after-ms` of some servers. */
const retryAfter = (headers: Headers | undefined, now: () => number): number | undefined => {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) {
    return Math.max(0, exact);
  }
  const said = headers?.get('retry-after') ?? '';
  if (said === '') {
    return undefined;
  }
  const seconds = Number(said);
  const until = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(said) - now();
  return Number.isFinite(until) ? Math.max(0, until) : undefined;
};
