/** Worker side: what each kind of job does. */
import { ACTION_UNIT_CODES } from '../contracts/action-unit.ts';
import type { Still } from '../contracts/still.ts';
import { type InputFile, openInputFile } from '../kit/safe-path.ts';
import type { MediaDecoder } from '../media/decoder.ts';
import { nameMismatch, requireMedia, type SniffedStream, sniffFile } from '../media/sniff.ts';
import type { FaceEngine } from './face/face-engine.ts';
import { measureChunk, measurePhoto } from './measure-chunk.ts';
import type { Sessions } from './models/index.ts';
import type { EngineFacts, Job, JobResult, StillRequest } from './protocol.ts';
import { noFrameThere, takeStill } from './take-stills.ts';

export type Engine = { face: FaceEngine; sessions: Sessions };

export type WorkerTools = {
  engine: () => Promise<Engine>;
  sessions: () => Promise<Sessions>;
  decoder: () => Promise<MediaDecoder>;
};

/** References carry the model's id, `silero-vad` or `silero-vad/detector`. */
const isSoundModel = (id: string): boolean => id.startsWith('silero-vad');

const factsOf = ({ face, sessions }: Engine): EngineFacts => ({
  // What a worker has listened with before has no part in faces.
  models: sessions.references().filter(({ id }) => !isSoundModel(id)),
  notMeasured:
    face.actionUnits === null
      ? [{ what: 'action units', why: 'The action-unit model is not installed.' }]
      : ACTION_UNIT_CODES.filter((code) => face.actionUnits?.thresholds[code] === undefined).map((code) => ({
          what: code,
          why: 'The action-unit model does not cover it.',
        })),
  thresholds: { ...face.actionUnits?.thresholds },
  blendshapes: face.blendshapes !== null,
  expression: face.expression !== null,
});

const openFile = async (
  { path, landmarks = false }: Extract<Job, { kind: 'open' }>,
  tools: WorkerTools,
): Promise<JobResult> => {
  const file = await openInputFile(path);
  const sniffed = requireMedia(await sniffFile(file), file.name);
  const misnamed = [nameMismatch(file.name, sniffed)].flatMap((warning) => warning ?? []);
  if (sniffed.kind !== 'image') {
    const decoder = await tools.decoder();
    const probe = await decoder.probe(file, sniffed);
    if (probe.video !== null) {
      // Loaded while the parent plans; a failure is told to the job that needs it. Sound alone needs no faces.
      tools.engine().catch(() => undefined);
    }
    return { kind: 'stream', sniffed, probe: { ...probe, warnings: [...misnamed, ...probe.warnings] } };
  }
  const { readImage } = await import('../media/image.ts');
  // The models load while the picture is decoded.
  const [image, engine] = await Promise.all([readImage(file, sniffed), tools.engine()]);
  const chunk = await measurePhoto(engine.face, image, landmarks);
  const { width, height } = image;
  return {
    kind: 'image',
    clip: { kind: 'image', durationMs: 0, width, height, fps: null, hasAudio: false, hasSpeech: null },
    chunk: { ...chunk, warnings: [...misnamed, ...image.warnings] },
    engine: factsOf(engine),
  };
};

const stillsOfVideo = async (
  file: InputFile,
  sniffed: SniffedStream,
  requests: readonly StillRequest[],
  tools: WorkerTools,
): Promise<Still[]> => {
  const [decoder, { face }] = await Promise.all([tools.decoder(), tools.engine()]);
  const probe = await decoder.probe(file, sniffed);
  const stills: Still[] = [];
  for (const request of requests) {
    let still: Still | null = null;
    const reader = decoder.readFrames(file, sniffed, probe, {
      fromMs: request.ms,
      toMs: request.ms + 1,
      fps: Number.POSITIVE_INFINITY,
    });
    for await (const picture of reader) {
      still = await takeStill(
        face,
        { image: picture, scale: picture.width / (probe.video?.width ?? picture.width) },
        request,
      );
      break;
    }
    if (still === null) {
      throw noFrameThere(file, request.ms);
    }
    stills.push(still);
  }
  return stills;
};

const listen = async (
  { path, sniffed, probe, models: folder }: Extract<Job, { kind: 'sound' }>,
  tools: WorkerTools,
  onBlocks: () => void,
): Promise<JobResult> => {
  const file = await openInputFile(path);
  const [decoder, sessions, { measureVoice }, { openSilero }] = await Promise.all([
    tools.decoder(),
    tools.sessions(),
    import('./voice/measure-voice.ts'),
    import('./voice/silero.ts'),
  ]);
  const silero = await openSilero(sessions);
  const request = { file, sniffed, probe };
  const { voice, warnings } = await measureVoice(decoder, request, silero, onBlocks);
  const models = silero === null ? [] : sessions.references().filter(({ id }) => isSoundModel(id));
  const model = process.env.WHYFACE_VOICE_MODEL ?? '';
  if (model === '' || voice.utterances.length === 0) {
    return { kind: 'sound', voice, models, warnings };
  }
  const { judgeVoice } = await import('./voice/judge-voice.ts');
  const judged = await judgeVoice(decoder, { ...request, model, folder }, voice.utterances, onBlocks);
  return {
    kind: 'sound',
    voice: judged.affect === null ? voice : { ...voice, affect: judged.affect },
    models,
    warnings: [...warnings, ...judged.warnings],
  };
};

const NO_WORDS = { speech: null, soundLanguage: null, warnings: [] };

const wordsOf = async (
  { path, heard, models }: Extract<Job, { kind: 'words' }>,
  tools: WorkerTools,
  onProgress: () => void,
): Promise<JobResult> => {
  const file = await openInputFile(path);
  const sniffed = requireMedia(await sniffFile(file), file.name);
  if (sniffed.kind === 'image') {
    return { kind: 'words', words: NO_WORDS };
  }
  const [decoder, { readTrackWords, recogniseWords }, { openRecogniser }, { chooseSpeechModel }] = await Promise.all([
    tools.decoder(),
    import('./speech/words-job.ts'),
    import('./speech/open-recogniser.ts'),
    import('./speech/choose-speech-model.ts'),
  ]);
  if (heard === null) {
    return { kind: 'words', words: await readTrackWords(decoder, file, sniffed) };
  }
  const recogniser = openRecogniser(await chooseSpeechModel(process.env, models), models);
  return {
    kind: 'words',
    words:
      recogniser === null
        ? NO_WORDS
        : await recogniseWords(decoder, recogniser, { file, sniffed, segments: heard }, onProgress),
  };
};

const takeStills = async (path: string, requests: readonly StillRequest[], tools: WorkerTools): Promise<JobResult> => {
  const file = await openInputFile(path);
  const sniffed = requireMedia(await sniffFile(file), file.name);
  if (sniffed.kind !== 'image') {
    return { kind: 'stills', stills: await stillsOfVideo(file, sniffed, requests, tools) };
  }
  const { readImage } = await import('../media/image.ts');
  const [image, { face }] = await Promise.all([readImage(file, sniffed), tools.engine()]);
  const stills: Still[] = [];
  for (const request of requests) {
    stills.push(await takeStill(face, { image, scale: 1 }, request));
  }
  return { kind: 'stills', stills };
};

/** @param onFrames called now and then with the frames measured so far; its calls are the sign of life */
export const doJob = async (job: Job, tools: WorkerTools, onFrames: (frames: number) => void): Promise<JobResult> => {
  switch (job.kind) {
    case 'open':
      return openFile(job, tools);
    case 'stills':
      return takeStills(job.path, job.requests, tools);
    case 'attribution': {
      const [{ attributeStill }, { face }] = await Promise.all([import('./attribute-still.ts'), tools.engine()]);
      return { kind: 'attribution', attribution: await attributeStill(face, job.still, () => onFrames(0)) };
    }
    case 'words':
      return wordsOf(job, tools, () => onFrames(0));
    case 'sound':
      return listen(job, tools, () => onFrames(0));
    case 'chunk': {
      const file = await openInputFile(job.path);
      const [decoder, engine] = await Promise.all([tools.decoder(), tools.engine()]);
      const chunk = await measureChunk(decoder, engine.face, { ...job, file }, onFrames);
      return { kind: 'chunk', chunk, engine: factsOf(engine) };
    }
  }
};
