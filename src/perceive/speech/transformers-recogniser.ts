/** Speech recognition on this machine: Whisper or Moonshine through transformers.js, an optional peer that is loaded when it is needed. */
import { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';
import type { RecognisedCue, Recogniser } from './recogniser.ts';

/** What of `@huggingface/transformers` 4 is used. */
export type TransformersModule = {
  env: { allowRemoteModels: boolean; cacheDir: string | null; localModelPath: string };
  pipeline: (
    task: 'automatic-speech-recognition',
    model: string,
    options: Record<string, unknown>,
  ) => Promise<(samples: Float32Array, options: Record<string, unknown>) => Promise<unknown>>;
};

export type TransformersOptions = {
  /** `WHYFACE_ASR_MODEL`: a repository (`onnx-community/whisper-base`) or its folder below `folder`. */
  model: string;
  /** Where the models lie and are kept. */
  folder: string;
  /** `WHYFACE_OFFLINE`. */
  offline: boolean;
  /** For tests. */
  load?: (() => Promise<unknown>) | undefined;
};

const answer = z.object({
  text: z.string(),
  chunks: z
    .array(z.object({ text: z.string(), timestamp: z.tuple([z.number().nullable(), z.number().nullable()]) }))
    .optional(),
});

/** Not written as a literal: the compiler must not look for a package that need not be there. */
const PACKAGE = '@huggingface/transformers';

const missing = (cause: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'model-missing',
    stage: 'models',
    message: `Speech recognition on this machine needs the package ${PACKAGE}: run "npm install ${PACKAGE}", or unset WHYFACE_ASR_MODEL.`,
    cause,
  });

const isTransformers = (loaded: unknown): loaded is TransformersModule =>
  typeof loaded === 'object' && loaded !== null && 'pipeline' in loaded && 'env' in loaded;

/** A recogniser that loads nothing before it is asked. */
export const createTransformersRecogniser = ({ model, folder, offline, load }: TransformersOptions): Recogniser => {
  const open = async () => {
    const loaded = await (load ?? (() => import(PACKAGE)))().catch((cause: unknown) => {
      throw missing(cause);
    });
    if (!isTransformers(loaded)) {
      throw missing(undefined);
    }
    // Its own default would be a folder inside node_modules.
    loaded.env.cacheDir = folder;
    loaded.env.localModelPath = folder;
    loaded.env.allowRemoteModels = !offline;
    return loaded
      .pipeline('automatic-speech-recognition', model, { dtype: 'q8', device: 'cpu' })
      .catch((cause: unknown) => {
        throw new WhyfaceError({
          code: 'model-missing',
          stage: 'models',
          message: `The speech model ${model} is not in ${folder}${offline ? ', and WHYFACE_OFFLINE forbids to fetch it' : ' and could not be fetched'}; copy it there, or unset WHYFACE_ASR_MODEL.`,
          cause,
        });
      });
  };
  let opening: ReturnType<typeof open> | null = null;
  // Moonshine gives no times; asked for them, its pipeline throws.
  const withTimes = !/moonshine/i.test(model);
  return {
    id: model,
    host: null,
    recognise: async (samples, { signal }) => {
      opening ??= open();
      const recognise = await opening;
      signal?.throwIfAborted();
      const heard = answer.safeParse(await recognise(samples, withTimes ? { return_timestamps: 'word' } : {}));
      if (!heard.success) {
        throw new WhyfaceError({
          code: 'answer-unusable',
          stage: 'perceive',
          message: `The speech model ${model} gave something that is no transcript; choose a Whisper or Moonshine model.`,
        });
      }
      const durationMs = (samples.length * 1000) / 16_000;
      return { cues: sentencesOf(heard.data, durationMs), language: null };
    },
  };
};

/** Words joined to sentences; the text alone spans the stretch. */
const sentencesOf = ({ text, chunks }: z.infer<typeof answer>, durationMs: number): RecognisedCue[] => {
  const words = (chunks ?? []).flatMap(({ text: word, timestamp: [start, end] }) =>
    start === null ? [] : [{ text: word, startMs: start * 1000, endMs: (end ?? start) * 1000, confidence: null }],
  );
  if (words.length === 0) {
    return text.trim() === '' ? [] : [{ startMs: 0, endMs: durationMs, text, speaker: null, words: [] }];
  }
  const sentences: (typeof words)[] = [[]];
  for (const word of words) {
    sentences.at(-1)?.push(word);
    if (/[.!?…。！？]["'”’)]*\s*$/u.test(word.text)) {
      sentences.push([]);
    }
  }
  return sentences.flatMap((sentence): RecognisedCue[] => {
    const [first, last] = [sentence[0], sentence.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [
          {
            startMs: first.startMs,
            endMs: Math.max(first.startMs, last.endMs),
            text: sentence.map((word) => word.text).join(''),
            speaker: null,
            words: sentence,
          },
        ];
  });
};
