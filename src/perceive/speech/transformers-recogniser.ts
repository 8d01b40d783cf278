/** Speech recognition on this machine: Whisper or Moonshine through transformers.js, an optional peer that is loaded when it is needed. */
import { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';
import { type HubModelName, hubModelInvalid, lookIntoHubFolder } from '../models/hub/hub-folder.ts';
import { hasExports, loadTransformers } from '../models/hub/transformers.ts';
import type { Recognised, Recogniser } from './recogniser.ts';
import { sentencesOf } from './sentences.ts';
import { createTokenScores, type LogitsProcessor } from './token-scores.ts';

/** What of a pipeline of `@huggingface/transformers` 4 is used. */
type Pipeline = {
  (samples: Float32Array, options: Record<string, unknown>): Promise<unknown>;
  processor: (samples: Float32Array) => Promise<Record<string, unknown>>;
  model: {
    generate: (options: Record<string, unknown>) => Promise<unknown>;
    generation_config: unknown;
    sessions: Record<string, { outputNames: readonly string[] }>;
  };
};
type SpeechModule = {
  LogitsProcessorList: new () => { push: (processor: LogitsProcessor) => void };
  pipeline: (
    task: 'automatic-speech-recognition',
    model: string,
    options: Record<string, unknown>,
  ) => Promise<Pipeline>;
};

const isSpeechModule = (loaded: unknown): loaded is SpeechModule =>
  hasExports(loaded, ['pipeline', 'LogitsProcessorList']);

export type TransformersOptions = {
  /** `WHYFACE_ASR_MODEL`: a repository (`onnx-community/whisper-base_timestamped`), which lies in `folder`. */
  model: string;
  folder: string;
  /** For tests. */
  load?: (() => Promise<unknown>) | undefined;
};

/** Files of such a model below onnx/, without kind and extension. */
export const SPEECH_GRAPHS = ['encoder_model', 'decoder_model_merged'] as const;

const SAMPLE_RATE = 16_000;
/** Tokens a second of speech that Moonshine may give (Jeffries et al. 2024, §3), and never fewer than a word has. */
const MOONSHINE_TOKENS = { aSecond: 6.5, least: 8 } as const;

const answer = z.object({
  text: z.string(),
  chunks: z
    .array(z.object({ text: z.string(), timestamp: z.tuple([z.number().nullable(), z.number().nullable()]) }))
    .optional(),
});

/** Of `generation_config.json`, what tells a Whisper of many languages from one of English. */
const whisperGeneration = z.object({
  decoder_start_token_id: z.int(),
  no_timestamps_token_id: z.int(),
  is_multilingual: z.boolean().nullish(),
  lang_to_id: z.record(z.string(), z.int()).nullish(),
});

type Opened = { library: SpeechModule; pipe: Pipeline; modelType: string };

/** A recogniser that opens nothing before it is asked. Weights that are not there are never fetched in passing. */
export const createTransformersRecogniser = ({ model, folder, load }: TransformersOptions): Recogniser => {
  const name: HubModelName = { model, folder, variable: 'WHYFACE_ASR_MODEL' };
  const invalid = (cause: unknown): never => {
    const why = cause instanceof Error ? cause.message.split('\n')[0]?.replace(/\.$/, '').slice(0, 200) : undefined;
    throw WhyfaceError.isInstance(cause) ? cause : hubModelInvalid(name, why ?? 'its files do not fit together', cause);
  };

  const open = async (): Promise<Opened> => {
    const { modelType, dtype } = await lookIntoHubFolder(name, SPEECH_GRAPHS);
    if (modelType !== 'whisper' && modelType !== 'lite-whisper' && modelType !== 'moonshine') {
      throw hubModelInvalid(name, `it is a ${modelType}, not Whisper or Moonshine`);
    }
    const library = await loadTransformers(
      {
        folder,
        remote: false,
        need: { what: 'Speech recognition on this machine', otherwise: 'unset WHYFACE_ASR_MODEL' },
        load,
      },
      isSpeechModule,
    );
    const options = { local_files_only: true, dtype, device: 'cpu' };
    const pipe = await library.pipeline('automatic-speech-recognition', model, options).catch(invalid);
    return { library, pipe, modelType };
  };

  const listen = async (opened: Opened, samples: Float32Array): Promise<Recognised> => {
    const durationMs = (samples.length * 1000) / SAMPLE_RATE;
    if (opened.modelType === 'moonshine') {
      // Its pipeline counts whole seconds: of nine tenths of a second nothing would be heard.
      const most = Math.ceil((durationMs / 1000) * MOONSHINE_TOKENS.aSecond);
      const heard = await opened.pipe(samples, { max_new_tokens: Math.max(MOONSHINE_TOKENS.least, most) });
      return { cues: sentencesOf(parsed(heard), durationMs), language: null };
    }
    return listenWithWhisper(opened, samples, durationMs);
  };

  const listenWithWhisper = async (
    { library, pipe }: Opened,
    samples: Float32Array,
    durationMs: number,
  ): Promise<Recognised> => {
    const generation = whisperGeneration.parse(pipe.model.generation_config);
    const { noSpeech, language } = await firstToken(library, pipe, generation, samples);
    const scores = createTokenScores();
    const list = new library.LogitsProcessorList();
    list.push(scores.processor);
    // Only exports with cross attentions can tell the time of a word; others tell that of a sentence.
    const outputs = Object.values(pipe.model.sessions).flatMap(({ outputNames }) => outputNames);
    const times = outputs.some((output) => output.startsWith('cross_attentions')) ? 'word' : true;
    const heard = await pipe(samples, {
      return_timestamps: times,
      logits_processor: list,
      ...(language === null ? {} : { language, task: 'transcribe' }),
    });
    const logProbability = scores.mean() ?? undefined;
    return {
      cues: sentencesOf(parsed(heard), durationMs, times === 'word').map((cue) => ({
        ...cue,
        noSpeech,
        logProbability,
      })),
      // A Whisper of one language is one of English.
      language: language ?? 'en',
    };
  };

  const parsed = (heard: unknown): z.infer<typeof answer> => {
    const result = answer.safeParse(heard);
    if (!result.success) {
      throw new WhyfaceError({
        code: 'answer-unusable',
        stage: 'perceive',
        message: `The speech model ${model} gave something that is no transcript; choose a Whisper or Moonshine model.`,
      });
    }
    return result.data;
  };

  let opening: Promise<Opened> | null = null;
  return {
    id: model,
    host: null,
    recognise: async (samples, { signal }) => {
      opening ??= open();
      // A model that was pulled meanwhile may be opened at the next try.
      opening.catch(() => {
        opening = null;
      });
      const opened = await opening;
      signal?.throwIfAborted();
      return listen(opened, samples).catch(invalid);
    },
  };
};

/**
 * What Whisper thinks after the start token alone: the language, and whether anybody speaks (Radford et al. 2022, §2.3). The
 * library's own pipeline asks for neither and takes all speech for English.
 */
const firstToken = async (
  library: SpeechModule,
  pipe: Pipeline,
  generation: z.infer<typeof whisperGeneration>,
  samples: Float32Array,
): Promise<{ noSpeech: number; language: string | null }> => {
  const scores = createTokenScores();
  const list = new library.LogitsProcessorList();
  list.push(scores.processor);
  const { input_features: inputs } = await pipe.processor(samples);
  await pipe.model.generate({
    inputs,
    decoder_input_ids: [generation.decoder_start_token_id],
    max_new_tokens: 1,
    logits_processor: list,
  });
  const languages = Object.entries(generation.is_multilingual === true ? (generation.lang_to_id ?? {}) : {});
  const best = languages
    .map(([token, id]) => ({ token, logProbability: scores.first(id) }))
    .sort((a, b) => b.logProbability - a.logProbability)[0];
  return {
    // In every vocabulary of Whisper the token of no speech stands before that of no timestamps.
    noSpeech: Math.exp(scores.first(generation.no_timestamps_token_id - 1)),
    language: best === undefined ? null : best.token.replace(/^<\||\|>$/g, ''),
  };
};
