import { afterAll, afterEach } from 'vitest';
import type { Analysis } from '../../../src/contracts/index.ts';
import { WhyfaceError } from '../../../src/kit/error.ts';
import {
  createLlmClient,
  createLlmReasoner,
  type LlmClient,
  type LlmClientOptions,
  readLlmConfig,
} from '../../../src/reason/llm/index.ts';
import type { Reasoner, ReasonRequest } from '../../../src/reason/reasoner.ts';
import { createPromptWriter, textualize } from '../../../src/textualize/index.ts';
import { type FakeLlmServer, startFakeLlm } from '../../fakes/llm-server.ts';
import { absent, analysisOf, expression, present, unit } from '../../support/analysis.ts';

export const KEY = 'sk-test-0123456789abcdefSECRET';

/** One server for a test file; its script is set by each test. */
export const fakeServer = (): (() => FakeLlmServer) => {
  const started = startFakeLlm();
  let server: FakeLlmServer | null = null;
  const ready = started.then((running) => {
    server = running;
  });
  afterEach(() => {
    server?.play();
    server?.requests.splice(0);
  });
  afterAll(async () => {
    await ready;
    await server?.close();
  });
  return () => {
    if (server === null) {
      throw new WhyfaceError({ code: 'internal', stage: 'reason', message: 'Await the server first.' });
    }
    return server;
  };
};

export type TestClient = { client: LlmClient; waits: number[] };

/** A client of the server that waits for nothing; what it would have waited is kept. */
export const clientOf = (
  server: FakeLlmServer,
  env: Record<string, string> = {},
  options: Partial<LlmClientOptions> = {},
): TestClient => {
  const waits: number[] = [];
  const config = readLlmConfig({
    WHYFACE_LLM_BASE_URL: server.baseUrl,
    WHYFACE_LLM_MODEL: 'fake-model',
    OPENAI_API_KEY: KEY,
    ...env,
  });
  const pause = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  return { client: createLlmClient({ config, random: () => 0.5, pause, ...options }), waits };
};

export const reasonerOf = (client: LlmClient): Reasoner =>
  createLlmReasoner({ client, prompts: createPromptWriter({}) });

/** Sentences as whyface writes them, with unit, letter and number. */
const worded = (analysis: Analysis): Analysis => ({
  ...analysis,
  observations: analysis.observations.map((observation) => {
    if (observation.kind !== 'action-unit') {
      return observation;
    }
    const { code, letter, intensity, status } = observation.au;
    const clause = observation.text.replace(/\.$/, '');
    const text =
      status === 'present'
        ? `${clause.charAt(0).toUpperCase()}${clause.slice(1)} (${code}, ${letter}, ${(intensity ?? 0).toFixed(1)} of 5).`
        : `It is not so that ${clause} (${code}, below threshold).`;
    return { ...observation, text };
  }),
});

/** A clip of a person whose lip corners rise, then whose brows do; words are heard. */
export const smileClip = (quote = 'That is very kind of you.'): Analysis =>
  worded(
    analysisOf(
      [
        unit({ code: 'AU6', intensity: 2.4, startMs: 800, apexMs: 1600, endMs: 3000 }),
        unit({ code: 'AU12', intensity: 3.6, startMs: 700, apexMs: 1500, endMs: 3200 }),
        unit({ code: 'AU2', side: 'left', intensity: 1.6, startMs: 3400, apexMs: 3700, endMs: 4000 }),
        ...absent('AU4', 'AU15'),
        expression({ happiness: 0.86, surprise: 0.06 }, { startMs: 0, endMs: 5000 }),
        {
          kind: 'speech',
          subject: 'P1',
          range: { startMs: 1000, endMs: 2400 },
          confidence: 0.9,
          source: 'sidecar/vtt',
          // As whyface writes it: the quotation's own double marks become single ones.
          text: `P1 says "${quote.replaceAll('"', "'")}".`,
          speech: { quote, words: [], language: 'en', speaker: 'P1' },
        },
      ],
      { durationMs: 5000 },
    ),
  );

export const smilePhoto = (): Analysis =>
  worded(analysisOf([...present('AU6', ['AU12', 4]), ...absent('AU4', 'AU15'), expression({ happiness: 0.9 })]));

export const requestFor = (analysis: Analysis, more: Partial<ReasonRequest> = {}): ReasonRequest => {
  const range = { startMs: 0, endMs: analysis.clip.durationMs };
  const subject = analysis.subjects[0]?.id ?? null;
  const facts = textualize(analysis, { subject, range });
  return { analysis, subject, range, facts, stills: [], findings: [], ...more };
};

/** What was thrown, which must be one of our errors. */
export const errorOf = async (work: Promise<unknown>): Promise<WhyfaceError> => {
  const thrown: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  if (!WhyfaceError.isInstance(thrown)) {
    throw new WhyfaceError({
      code: 'internal',
      stage: 'reason',
      message: 'It should have failed with an error of whyface.',
      cause: thrown,
    });
  }
  return thrown;
};
