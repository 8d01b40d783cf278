/** What went wrong with one try, as an error that says what to do. Nothing that a server says is repeated in a message. */
import { type ErrorCode, WhyfaceError } from '../../../kit/error.ts';
import { LIMITS } from '../../../kit/limits.ts';
import type { LlmConfig } from '../config.ts';

/** Why we ended a try ourselves. */
export type Ending = 'attempt' | 'idle' | 'too-long' | 'endless';

type Facts = {
  retryable: boolean;
  /** As the server asked, in milliseconds. */
  retryAfterMs?: number | undefined;
  status?: number | undefined;
  serverMessage?: string | undefined;
  cause?: unknown;
};

export const failure = (code: ErrorCode, message: string, facts: Facts): WhyfaceError => {
  const { retryable, cause, retryAfterMs, status, serverMessage } = facts;
  const details = Object.fromEntries(
    Object.entries({ retryAfterMs, status, serverMessage }).filter(([, value]) => value !== undefined),
  );
  return new WhyfaceError({ code, stage: 'reason', message, retryable, details, cause });
};

/** Without the key, on one line, and short: servers like to repeat what they were sent. */
export const redacted = (text: string, apiKey: string | null, maximum = 300): string => {
  const safe = apiKey === null || apiKey.length < 4 ? text : text.replaceAll(apiKey, '[key]');
  const line = safe
    .replace(/\b(?:sk|pk|key)-[A-Za-z0-9_*.-]{6,}/g, '[key]')
    .replace(/Bearer\s+\S+/gi, 'Bearer [key]')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length <= maximum ? line : `${line.slice(0, maximum)}…`;
};

const RETRYABLE = new Set([408, 409, 425, 429]);

/** What a status other than 200 means. `quota`: the server says that money, not time, is missing. */
export const statusFailure = (
  config: LlmConfig,
  answer: { status: number; serverMessage: string; retryAfterMs: number | undefined },
): WhyfaceError => {
  const { status, serverMessage, retryAfterMs } = answer;
  const { host, model } = config;
  const facts = { status, serverMessage, retryAfterMs };
  if (status === 401 || status === 403) {
    return failure('service-unavailable', `The language model at ${host} refuses the key in OPENAI_API_KEY (status ${status}).`, { ...facts, retryable: false });
  }
  if (status === 404) {
    return failure('service-unavailable', `${host} knows no model "${model}", or has its API elsewhere; check WHYFACE_LLM_MODEL, and that WHYFACE_LLM_BASE_URL ends as the server wants it (most want /v1).`, { ...facts, retryable: false });
  }
  if (/context.{0,12}(?:length|window|size)|too many tokens|maximum context/i.test(serverMessage) && status < 500) {
    return failure('budget-exceeded', `The question is too long for the language model at ${host}; set WHYFACE_LLM_CONTEXT_TOKENS to what it takes.`, { ...facts, retryable: false });
  }
  if (status === 402 || /insufficient_quota|billing/i.test(serverMessage)) {
    return failure('service-unavailable', `The account at ${host} has no credit left.`, { ...facts, retryable: false });
  }
  if (status >= 300 && status < 400) {
    return failure('service-unavailable', `${host} sends elsewhere (status ${status}); give its address as WHYFACE_LLM_BASE_URL.`, { ...facts, retryable: false });
  }
  if (RETRYABLE.has(status) || status >= 500) {
    const busy = status === 429 ? 'is asked too much' : `fails (status ${status})`;
    return failure('service-unavailable', `The language model at ${host} ${busy}; try again later.`, { ...facts, retryable: true });
  }
  return failure('service-unavailable', `The language model at ${host} refuses the question (status ${status}).`, { ...facts, retryable: false });
}; // biome-ignore format: one line a status

/** A try that we ended. */
export const endingFailure = (config: LlmConfig, ending: Ending): WhyfaceError => {
  const { host, attemptMs, idleMs } = config;
  switch (ending) {
    case 'attempt':
      return failure(
        'deadline-exceeded',
        `The language model at ${host} did not begin to answer within ${attemptMs / 1000} s (WHYFACE_LLM_ATTEMPT_SECONDS).`,
        { retryable: true },
      );
    case 'idle':
      return failure(
        'deadline-exceeded',
        `The language model at ${host} fell silent for ${idleMs / 1000} s (WHYFACE_LLM_IDLE_SECONDS).`,
        { retryable: true },
      );
    case 'too-long':
    case 'endless':
      return failure(
        'answer-unusable',
        `The language model at ${host} does not come to an end; it was cut off at ${ending === 'endless' ? `${LIMITS.llmAnswerCharacters} characters` : `${LIMITS.llmAnswerBytes} bytes`}.`,
        { retryable: false },
      );
  }
};

export const brokenFailure = (config: LlmConfig, serverMessage: string | undefined, cause?: unknown): WhyfaceError =>
  failure('service-unavailable', `The language model at ${config.host} broke off its answer; try again.`, {
    retryable: true,
    serverMessage,
    cause,
  });

export const unreachableFailure = (config: LlmConfig, cause: unknown): WhyfaceError =>
  failure(
    'service-unavailable',
    `The language model at ${config.host} cannot be reached; check that it runs, and WHYFACE_LLM_BASE_URL.`,
    { retryable: true, cause },
  );
