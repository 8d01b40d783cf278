/** Speech recognition by a service that speaks OpenAI's `POST /v1/audio/transcriptions` (whisper.cpp, faster-whisper, vLLM …). */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { readJson } from '../../media/subtitles/read-json.ts';
import { languageTag } from '../../media/subtitles/read-subtitles.ts';
import type { Recognised, RecognisedCue, Recogniser } from './recogniser.ts';
import { wavOf } from './wav.ts';

const SERVICE = {
  sampleRate: 16_000,
  /** For one stretch of half a minute, on a slow machine. */
  deadlineMs: 120_000,
  attempts: 3,
  backOffMs: 500,
  /** A server that asks for a longer pause is taken to be down. */
  longestPauseMs: 10_000,
  answerBytes: 1_048_576,
} as const;

export type HttpRecogniserOptions = {
  /** `WHYFACE_ASR_BASE_URL`: `http://localhost:8000/v1`, or with the whole path. */
  baseUrl: string;
  /** `WHYFACE_ASR_API_KEY`. */
  apiKey?: string | undefined;
  /** `WHYFACE_ASR_MODEL`. */
  model?: string | undefined;
  /** For tests. */
  fetch?: typeof fetch | undefined;
  pause?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
};

/** The address of the method. @throws WhyfaceError `config-invalid` */
const endpointOf = (baseUrl: string): URL => {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'config',
      message:
        'WHYFACE_ASR_BASE_URL is not an http or https address without a password, like http://localhost:8000/v1.',
    });
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/audio/transcriptions')) {
    url.pathname = `${path === '' ? '/v1' : path}/audio/transcriptions`;
  }
  return url;
};

const doubts = z.object({
  segments: z.array(z.object({ no_speech_prob: z.number().nullish(), avg_logprob: z.number().nullish() })),
});

/** @throws WhyfaceError `config-invalid` for an address that is none */
export const createHttpRecogniser = (options: HttpRecogniserOptions): Recogniser => {
  const url = endpointOf(options.baseUrl);
  const model = options.model ?? 'whisper-1';
  const request = options.fetch ?? fetch;
  const pause = options.pause ?? ((ms: number, signal: AbortSignal | undefined) => sleep(ms, undefined, { signal }));

  const unavailable = (what: string, retryable: boolean, cause?: unknown): WhyfaceError =>
    new WhyfaceError({
      code: 'service-unavailable',
      stage: 'perceive',
      message: `The speech recognition service at ${url.host} ${what}; check WHYFACE_ASR_BASE_URL, or give the words with --transcript.`,
      retryable,
      cause,
    });

  const send = async (samples: Float32Array, signal: AbortSignal | undefined): Promise<Response> => {
    const form = new FormData();
    form.set('file', new Blob([wavOf(samples, SERVICE.sampleRate)], { type: 'audio/wav' }), 'speech.wav');
    form.set('model', model);
    form.set('response_format', 'verbose_json');
    form.set('temperature', '0');
    form.append('timestamp_granularities[]', 'segment');
    form.append('timestamp_granularities[]', 'word');
    const deadline = AbortSignal.timeout(SERVICE.deadlineMs);
    try {
      return await request(url, {
        method: 'POST',
        body: form,
        headers: options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` },
        // The sound goes to the host that was named and to no other.
        redirect: 'error',
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
    } catch (thrown) {
      signal?.throwIfAborted();
      throw unavailable(deadline.aborted ? 'did not answer in time' : 'cannot be reached', true, thrown);
    }
  };

  const answer = async (response: Response, durationMs: number): Promise<Recognised> => {
    const text = await limitedText(response, unavailable);
    const draft = readJson(text);
    if (draft === null) {
      throw new WhyfaceError({
        code: 'answer-unusable',
        stage: 'perceive',
        message: `The speech recognition service at ${url.host} answered with something that is no transcript; check WHYFACE_ASR_BASE_URL.`,
      });
    }
    const told = doubts.safeParse(JSON.parse(text)).data?.segments ?? [];
    const cues = draft.cues.map((cue, index): RecognisedCue => {
      const times = draft.timed ? {} : { startMs: 0, endMs: durationMs };
      const doubt = told.length === draft.cues.length ? told[index] : undefined;
      return {
        ...cue,
        ...times,
        noSpeech: doubt?.no_speech_prob ?? undefined,
        logProbability: doubt?.avg_logprob ?? undefined,
      };
    });
    return { cues, language: draft.language === null ? null : languageTag(draft.language) };
  };

  return {
    id: model,
    host: url.host,
    recognise: async (samples, { signal }) => {
      const durationMs = (samples.length * 1000) / SERVICE.sampleRate;
      for (let attempt = 1; ; attempt += 1) {
        const last = attempt >= SERVICE.attempts;
        try {
          const response = await send(samples, signal);
          if (response.ok) {
            return await answer(response, durationMs);
          }
          await response.body?.cancel();
          throw refusal(response, unavailable);
        } catch (thrown) {
          const error = toWhyfaceError(thrown, 'perceive');
          const wait =
            typeof error.details.waitMs === 'number' ? error.details.waitMs : SERVICE.backOffMs * 2 ** (attempt - 1);
          if (last || !error.retryable || wait > SERVICE.longestPauseMs) {
            throw error;
          }
          await pause(wait, signal);
        }
      }
    },
  };
};

type Unavailable = (what: string, retryable: boolean, cause?: unknown) => WhyfaceError;

const refusal = ({ status, headers }: Response, unavailable: Unavailable): WhyfaceError => {
  if (status === 401 || status === 403) {
    return unavailable('refuses the key in WHYFACE_ASR_API_KEY', false);
  }
  const retryable = status === 408 || status === 429 || status >= 500;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const error = unavailable(`answered with status ${status}`, retryable);
  return Number.isFinite(seconds)
    ? new WhyfaceError({
        code: error.code,
        stage: error.stage,
        message: error.message,
        retryable,
        details: { waitMs: seconds * 1000 },
      })
    : error;
};

/** The body, up to the limit, whatever its length says. */
const limitedText = async (response: Response, unavailable: Unavailable): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > SERVICE.answerBytes) {
        break;
      }
      chunks.push(chunk);
    }
  } catch (thrown) {
    throw unavailable('broke off its answer', true, thrown);
  }
  if (bytes > SERVICE.answerBytes) {
    throw unavailable('sent an answer that is too long', false);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
};
