/** A language model behind an OpenAI-compatible server: budgets, tries, and what is learnt of the server. */
import { type Clock, monotonicClock } from '../../../kit/clock.ts';
import { toWhyfaceError, WhyfaceError } from '../../../kit/error.ts';
import { estimateMessages } from '../../../kit/estimate-tokens.ts';
import { LIMITS } from '../../../kit/limits.ts';
import type { LlmConfig } from '../config.ts';
import { type Abilities, firstGuess, withoutRefused } from './abilities.ts';
import { createBreaker } from './breaker.ts';
import { failure, statusFailure } from './failure.ts';
import { type ClientMessage, countable } from './messages.ts';
import { assertAffordable, createSpending, dollarsOf, type TokenCount } from './spending.ts';

export type { ClientMessage } from './messages.ts';

export type CompletionRequest = {
  messages: readonly ClientMessage[];
  /** The form of the answer, where it is to be JSON: asked for by schema where the server knows how. */
  form: { name: string; schema: Record<string, unknown> } | null;
  maximumTokens: number;
  temperature: number;
  seed?: number | undefined;
};

export type Completion = {
  text: string;
  /** As the server names it. */
  model: string | null;
  /** Whether it was cut off at `maximumTokens`. */
  cut: boolean;
  usage: TokenCount & { estimated: boolean };
};

export type Usage = TokenCount & { calls: number; estimated: boolean; dollars: number | null };

/** The calls of one explanation: they share a deadline and a budget. */
export type LlmRun = {
  /**
   * Asks once, and again where that may help. With `onText` nothing is asked again after the first words were told.
   *
   * @throws WhyfaceError `service-unavailable`, `deadline-exceeded`, `answer-unusable`, `budget-exceeded`, `aborted`
   */
  complete(request: CompletionRequest, onText?: (text: string) => void): Promise<Completion>;
  /** @throws WhyfaceError `budget-exceeded` where calls of these sizes cost more than is left */
  assertAffordable(calls: readonly TokenCount[]): void;
  usage(): Usage;
  /** Ends the deadline; call it when done. */
  end(): void;
};

export type LlmClient = {
  readonly config: LlmConfig;
  abilities(): Abilities;
  begin(options: { signal?: AbortSignal | undefined }): LlmRun;
};

export type LlmClientOptions = {
  config: LlmConfig;
  fetch?: typeof fetch | undefined;
  clock?: Clock | undefined;
  /** Wall-clock milliseconds, for `Retry-After` dates and the day's budget. */
  now?: (() => number) | undefined;
  /** 0–1, half-open; spreads the waits of many clients. */
  random?: (() => number) | undefined;
  pause?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
};

const BACK_OFF_MS = 500;
/** A server may refuse one parameter after another. */
const MOST_REFUSALS = 6;

/** A client for one server; keep it, it learns. Nothing is asked before the first `complete`. */
export const createLlmClient = (options: LlmClientOptions): LlmClient => {
  const { config, clock = monotonicClock, now = Date.now, random = Math.random, pause = sleep } = options;
  // Looked up late, so that a test or a Worker may have put another in its place.
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const breaker = createBreaker({ failures: LIMITS.llmBreakerFailures, openMs: LIMITS.llmBreakerMs, clock });
  const spending = createSpending(now);
  let abilities = firstGuess(config.host);

  /** One call with the parameters the server knows; each refusal is remembered. */
  const negotiated = async (
    request: CompletionRequest,
    signal: AbortSignal,
    onText: ((text: string) => void) | undefined,
  ): Promise<Completion> => {
    // The SDK is a fifth of a second of start-up; who asks nothing must not wait for it.
    const { attemptCompletion } = await import('./attempt.ts');
    for (let refusals = 0; ; refusals += 1) {
      const outcome = await attemptCompletion(request, { config, abilities, fetch: send, signal, onText, now });
      if (!('refused' in outcome)) {
        return outcome;
      }
      const { status, serverMessage } = outcome;
      const error = statusFailure(config, { status, serverMessage, retryAfterMs: undefined });
      const fewer =
        error.code === 'budget-exceeded' ? null : withoutRefused(abilities, outcome.refused, request.form !== null);
      // An unknown model is no refused parameter, however the server words it.
      if (
        fewer === null ||
        refusals >= MOST_REFUSALS ||
        (status === 404 && !/response_format/i.test(outcome.refused))
      ) {
        throw error;
      }
      abilities = fewer;
    }
  };

  const begin: LlmClient['begin'] = ({ signal: callers }) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), config.totalMs);
    const started = clock();
    const signal = callers === undefined ? deadline.signal : AbortSignal.any([callers, deadline.signal]);
    const total: Usage = {
      calls: 0,
      promptTokens: 0,
      completionTokens: 0,
      estimated: false,
      dollars: dollarsOf({ promptTokens: 0, completionTokens: 0 }, config.prices),
    };

    const late = (): WhyfaceError =>
      failure(
        'deadline-exceeded',
        `The language model at ${config.host} did not finish within ${config.totalMs / 1000} s (WHYFACE_LLM_TOTAL_SECONDS).`,
        { retryable: true },
      );
    const endedBy = (thrown: unknown): WhyfaceError => {
      if (callers?.aborted === true) {
        return new WhyfaceError({ code: 'aborted', stage: 'reason', message: 'Interrupted.', cause: callers.reason });
      }
      return deadline.signal.aborted ? late() : toWhyfaceError(thrown, 'reason');
    };
    const affordable = (calls: readonly TokenCount[]): void => {
      const estimates = calls.map((call) => dollarsOf(call, config.prices));
      const estimate = estimates.some((each) => each === null)
        ? null
        : estimates.reduce<number>((sum, each) => sum + (each ?? 0), 0);
      assertAffordable(estimate, { request: total.dollars ?? 0, day: spending.today() }, config.mostDollars);
    };
    const count = ({ usage }: Completion): void => {
      total.calls += 1;
      total.promptTokens += usage.promptTokens;
      total.completionTokens += usage.completionTokens;
      total.estimated ||= usage.estimated;
      const dollars = dollarsOf(usage, config.prices);
      if (dollars !== null && total.dollars !== null) {
        total.dollars += dollars;
        spending.add(dollars);
      }
    };

    const complete: LlmRun['complete'] = async (request, onText) => {
      assertReachable(config);
      affordable([
        { promptTokens: estimateMessages(request.messages.map(countable)), completionTokens: request.maximumTokens },
      ]);
      let shown = '';
      const tell =
        onText === undefined
          ? undefined
          : (text: string): void => {
              shown += text;
              onText(text);
            };
      for (let attempt = 1; ; attempt += 1) {
        if (signal.aborted) {
          throw endedBy(signal.reason);
        }
        const closedMs = breaker.waitMs();
        if (closedMs > 0) {
          throw failure(
            'service-unavailable',
            `The language model at ${config.host} has failed ${LIMITS.llmBreakerFailures} times in a row and is left alone for ${Math.ceil(closedMs / 1000)} s.`,
            { retryable: true, retryAfterMs: closedMs },
          );
        }
        try {
          const completion = await negotiated(request, signal, tell);
          breaker.succeeded();
          count(completion);
          return completion;
        } catch (thrown) {
          const error = endedBy(thrown);
          if (signal.aborted) {
            throw error;
          }
          if (error.retryable) {
            breaker.failed();
          }
          const asked = error.details.retryAfterMs;
          const waitMs = typeof asked === 'number' ? asked : BACK_OFF_MS * 2 ** (attempt - 1) * (0.5 + random());
          const leftMs = config.totalMs - (clock() - started);
          if (shown !== '') {
            // What was shown cannot be taken back, and saying it again would show it twice.
            throw asShown(error, shown);
          }
          if (!error.retryable || attempt >= LIMITS.llmAttempts || waitMs > LIMITS.llmRetryAfterMs || waitMs > leftMs) {
            throw error;
          }
          await pause(waitMs, signal).catch((interrupted: unknown) => {
            throw endedBy(interrupted);
          });
        }
      }
    };
    return {
      complete,
      assertAffordable: affordable,
      usage: () => ({ ...total }),
      end: () => clearTimeout(timer),
    };
  };
  return { config, abilities: () => ({ ...abilities }), begin };
};

/** Offline means that nothing leaves this machine. @throws WhyfaceError `service-unavailable` */
const assertReachable = ({ offline, local, host }: LlmConfig): void => {
  if (offline && !local) {
    throw failure(
      'service-unavailable',
      `WHYFACE_OFFLINE forbids the network, and ${host} is not on this machine; unset it, or name a local server in WHYFACE_LLM_BASE_URL.`,
      { retryable: false },
    );
  }
};

const asShown = (error: WhyfaceError, partial: string): WhyfaceError =>
  new WhyfaceError({
    code: error.code,
    stage: error.stage,
    message: error.message,
    retryable: false,
    details: { ...error.details, partial },
    cause: error.cause,
  });

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
