import { z } from 'zod';
import { WhyfaceError } from '../../src/kit/error.ts';

/** Somebody who answers a prompt: a language model, or a file of its earlier answers. */
export type Judge = {
  /** Name of the model, as it goes into the report. */
  model: string;
  temperature: number;
  ask(prompt: string, options: { repeat: number; signal?: AbortSignal | undefined }): Promise<string>;
};

export type HttpJudgeOptions = {
  /** Base of an OpenAI-compatible API: `http://localhost:11434/v1`. */
  url: string;
  model: string;
  temperature: number;
  apiKey?: string | undefined;
  fetch?: typeof fetch | undefined;
  /** Longest wait for one answer. */
  timeoutMs?: number | undefined;
};

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

const TRIES = 3;
const PAUSE_MS = 1000;
const TIMEOUT_MS = 60_000;

/** A judge behind an OpenAI-compatible `chat/completions`. Overload and faults of the server are tried again. */
export const httpJudge = (options: HttpJudgeOptions): Judge => {
  const { url, model, temperature, apiKey, timeoutMs = TIMEOUT_MS } = options;
  const send = options.fetch ?? fetch;
  const once = async (prompt: string, repeat: number, signal: AbortSignal | undefined): Promise<string | number> => {
    const limits = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
    const response = await send(`${url.replace(/\/$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ model, temperature, seed: repeat, messages: [{ role: 'user', content: prompt }] }),
      signal: AbortSignal.any(limits),
    });
    if (!response.ok) {
      return response.status;
    }
    const answer = completion.safeParse(await response.json());
    if (!answer.success) {
      throw unavailable(`${model} answered in a form that is not understood.`);
    }
    return answer.data.choices[0]?.message.content ?? '';
  };
  return {
    model,
    temperature,
    ask: async (prompt, { repeat, signal }) => {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await once(prompt, repeat, signal).catch((thrown: unknown) => {
          signal?.throwIfAborted();
          if (WhyfaceError.isInstance(thrown) || attempt >= TRIES) {
            throw WhyfaceError.isInstance(thrown)
              ? thrown
              : unavailable(`${model} cannot be reached at ${url}.`, thrown);
          }
          return 503;
        });
        if (typeof answer === 'string') {
          return answer;
        }
        if (attempt >= TRIES || (answer < 500 && answer !== 429)) {
          throw unavailable(`${model} refused the question (HTTP ${answer}).`);
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
      }
    },
  };
};

const unavailable = (message: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({ code: 'service-unavailable', stage: 'eval', message, retryable: true, cause });
