/** The settings of a language model's server, from the environment; all problems at once. */
import { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';

export type LlmConfig = {
  /** Base of an OpenAI-compatible API, without a slash at its end: `http://localhost:11434/v1`. */
  baseUrl: string;
  /** Of the base address, with the port where it has one: what may be told. */
  host: string;
  /** Whether the server runs on this machine. */
  local: boolean;
  /** Whether the network is forbidden (`WHYFACE_OFFLINE`). */
  offline: boolean;
  model: string;
  apiKey: string | null;
  /** Tokens that a question and its answer may take together. */
  contextTokens: number;
  /** Tokens kept free for the answer. */
  outputTokens: number;
  /** US dollars a million tokens; `null` where nothing is known. */
  prices: { input: number; output: number } | null;
  /** Most US dollars of one explanation, and of one day in this process. */
  mostDollars: { request: number; day: number };
  attemptMs: number;
  idleMs: number;
  totalMs: number;
};

const OPENAI = 'https://api.openai.com/v1';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

const count = (least: number) =>
  optional(z.string().regex(/^\d+$/, 'is not a whole number').transform(Number).pipe(z.number().min(least)));
const amount = optional(
  z
    .string()
    .regex(/^\d*\.?\d+$/, 'is not a number')
    .transform(Number),
);

const address = z.string().superRefine((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    context.addIssue({ code: 'custom', message: 'is not an http or https address, like http://localhost:11434/v1' });
  } else if (url.username !== '' || url.password !== '') {
    context.addIssue({ code: 'custom', message: 'has a user name or password in it; give the key as OPENAI_API_KEY' });
  } else if (url.search !== '' || url.hash !== '') {
    context.addIssue({ code: 'custom', message: 'has a "?" or "#" in it; give the base of the API alone' });
  }
});

const environment = z.object({
  WHYFACE_LLM_BASE_URL: optional(address),
  WHYFACE_LLM_MODEL: optional(z.string().trim().max(200, 'is longer than a name of a model')),
  OPENAI_API_KEY: optional(
    z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]+$/, 'has spaces or characters in it that no key has'),
  ),
  WHYFACE_LLM_CONTEXT_TOKENS: count(2048),
  WHYFACE_LLM_OUTPUT_TOKENS: count(256),
  WHYFACE_LLM_PRICE_INPUT: amount,
  WHYFACE_LLM_PRICE_OUTPUT: amount,
  WHYFACE_LLM_MAX_DOLLARS: amount,
  WHYFACE_LLM_MAX_DOLLARS_A_DAY: amount,
  WHYFACE_LLM_ATTEMPT_SECONDS: amount,
  WHYFACE_LLM_IDLE_SECONDS: amount,
  WHYFACE_LLM_TOTAL_SECONDS: amount,
  WHYFACE_OFFLINE: optional(z.string()),
});

/** Room for a question of about forty facts with its transcript, and small enough for what most local servers give. */
const CONTEXT_TOKENS = 8192;
const OUTPUT_TOKENS = 2048;

/** Whether an address is of this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);

/**
 * Reads `WHYFACE_LLM_*` and `OPENAI_API_KEY`. With a key and no address the server is OpenAI's.
 *
 * @throws WhyfaceError `config-invalid` that names every problem; values are never repeated in it
 */
export const readLlmConfig = (env: Readonly<Record<string, string | undefined>>): LlmConfig => {
  const read = environment.safeParse(env);
  const problems = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  const given = (name: string): boolean => (env[name] ?? '').trim() !== '';
  if (!given('WHYFACE_LLM_BASE_URL') && !given('OPENAI_API_KEY')) {
    problems.push(
      'WHYFACE_LLM_BASE_URL is not set (http://localhost:11434/v1 for Ollama; OPENAI_API_KEY alone means OpenAI)',
    );
  }
  if (!given('WHYFACE_LLM_MODEL')) {
    problems.push('WHYFACE_LLM_MODEL is not set (the name by which the server knows the model)');
  }
  if (given('WHYFACE_LLM_PRICE_INPUT') !== given('WHYFACE_LLM_PRICE_OUTPUT')) {
    problems.push('WHYFACE_LLM_PRICE_INPUT and WHYFACE_LLM_PRICE_OUTPUT go together');
  }
  if (
    (given('WHYFACE_LLM_MAX_DOLLARS') || given('WHYFACE_LLM_MAX_DOLLARS_A_DAY')) &&
    !given('WHYFACE_LLM_PRICE_INPUT')
  ) {
    problems.push('WHYFACE_LLM_MAX_DOLLARS needs the prices, WHYFACE_LLM_PRICE_INPUT and WHYFACE_LLM_PRICE_OUTPUT');
  }
  const values = read.data;
  const contextTokens = values?.WHYFACE_LLM_CONTEXT_TOKENS ?? CONTEXT_TOKENS;
  const outputTokens = values?.WHYFACE_LLM_OUTPUT_TOKENS ?? OUTPUT_TOKENS;
  if (outputTokens > contextTokens / 2) {
    problems.push('WHYFACE_LLM_OUTPUT_TOKENS is more than half of WHYFACE_LLM_CONTEXT_TOKENS');
  }
  if (problems.length > 0 || values === undefined || values.WHYFACE_LLM_MODEL === undefined) {
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'config',
      message: `The language model is not set up: ${problems.join('; ')}. See docs/reasoners.md.`,
      details: { problems },
    });
  }
  const baseUrl = (values.WHYFACE_LLM_BASE_URL ?? OPENAI).replace(/\/+$/, '');
  const url = new URL(baseUrl);
  const [input, output] = [values.WHYFACE_LLM_PRICE_INPUT, values.WHYFACE_LLM_PRICE_OUTPUT];
  return {
    baseUrl,
    host: url.host,
    local: isLoopback(url.hostname),
    offline: values.WHYFACE_OFFLINE !== undefined && values.WHYFACE_OFFLINE !== '0',
    model: values.WHYFACE_LLM_MODEL,
    apiKey: values.OPENAI_API_KEY ?? null,
    contextTokens,
    outputTokens,
    prices: input === undefined || output === undefined ? null : { input, output },
    mostDollars: {
      request: values.WHYFACE_LLM_MAX_DOLLARS ?? Number.POSITIVE_INFINITY,
      day: values.WHYFACE_LLM_MAX_DOLLARS_A_DAY ?? Number.POSITIVE_INFINITY,
    },
    attemptMs: millisecondsOr(values.WHYFACE_LLM_ATTEMPT_SECONDS, LIMITS.llmAttemptMs),
    idleMs: millisecondsOr(values.WHYFACE_LLM_IDLE_SECONDS, LIMITS.llmIdleMs),
    totalMs: millisecondsOr(values.WHYFACE_LLM_TOTAL_SECONDS, LIMITS.llmTotalMs),
  };
};

const millisecondsOr = (seconds: number | undefined, otherwise: number): number =>
  seconds === undefined ? otherwise : Math.max(1, Math.round(seconds * 1000));
