/**
 * The work of one job, stage by stage. Each stage leaves its result under a name of its own before the next begins, so
 * that a job which is started again after a crash goes on where it was, and tells nothing twice.
 */
import {
  type Analysis,
  analysis as analysisSchema,
  type Explanation,
  type JobStage,
  type Percepts,
  type ServiceEventDraft,
  type Still,
} from '../contracts/index.ts';
import type { Clock } from '../kit/clock.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { ProgressEvent } from '../kit/progress.ts';
import { withSpan } from '../kit/span.ts';
import { blobKeys } from './keys.ts';
import type {
  AnalysisResult,
  BlobStore,
  JobContext,
  JobHandler,
  JobPayload,
  ResultSink,
  StillReference,
} from './ports.ts';
import type { Steps } from './steps.ts';
import { storedJson } from './stored-json.ts';
import { readPercepts, writePercepts } from './stored-percepts.ts';
import { createWorkFolder } from './work-folder.ts';

export type RunAnalysisOptions = {
  blobs: BlobStore;
  results: ResultSink;
  steps: Steps;
  /** Where links to stored files may be made. */
  workFolder: string;
  clock: Clock;
  /** Told how long each stage took, for metrics. */
  onStage?: ((facts: { stage: JobStage; seconds: number }) => void) | undefined;
};

type Telling = {
  tell(entries: ReadonlyArray<{ key: string; event: ServiceEventDraft }>): Promise<void>;
  stage<Result>(stage: JobStage, work: () => Promise<Result>): Promise<Result>;
  onProgress: (stage: JobStage) => (event: ProgressEvent) => void;
};

/** Steps of the progress of one stage that are told. */
const PROGRESS_STEPS = 50;

export const createAnalysisHandler =
  ({ blobs, results, steps, workFolder, clock, onStage }: RunAnalysisOptions): JobHandler =>
  async (payload, context) => {
    const { id, options } = payload;
    const keys = blobKeys(id);
    const told = telling(context, clock, onStage);
    const known = await results.result(id);
    if (known !== null) {
      // The last start ended between keeping the result and telling of its end.
      await tellResult(told, known);
      await removeClip(blobs, id);
      return;
    }
    const folder = await createWorkFolder(workFolder);
    const releases: Array<() => Promise<void>> = [];
    try {
      const clip = await blobs.file(keys.clip, context.signal);
      const path = clip === null ? null : await folder.link(clip.path, payload.name, 'clip');
      releases.push(clip?.release ?? (async () => undefined));

      const brought = await broughtAnalysis(blobs, steps, payload);
      const percepts =
        brought === null
          ? await told.stage('perceive', async () => {
              const stored = await readPercepts(blobs, id);
              if (stored !== null) {
                return steps.allowed(stored, options);
              }
              const transcript = await transcriptPath(payload, blobs, folder.link, releases, context.signal);
              const measured = await steps.perceive(pathOf(path), options, {
                signal: context.signal,
                transcript,
                onProgress: told.onProgress('perceive'),
              });
              await writePercepts(blobs, id, measured);
              return measured;
            })
          : null;

      const analysis = await told.stage('observe', async () => {
        const observed = brought ?? (await observeAll(steps, percepts, payload));
        await told.tell(
          observed.observations.map((observation) => ({
            key: `observation:${observation.id}`,
            event: { type: 'observation-available', observation },
          })),
        );
        return observed;
      });
      assertReadable(payload.name, analysis);

      const explanations =
        options.explain && !steps.refuses(options.purpose)
          ? await told.stage('reason', async () => {
              const made = await steps.explain(analysis, options, {
                signal: context.signal,
                percepts,
                path,
                stills: [],
                onProgress: told.onProgress('reason'),
              });
              await tellExplanations(told, made);
              return made;
            })
          : [];

      const stills =
        options.stills && path !== null && percepts !== null && explanations.length > 0
          ? await told.stage('stills', () =>
              keepStills(blobs, id, () =>
                steps.stills(path, { analysis, percepts, explanations }, { signal: context.signal }),
              ),
            )
          : [];

      await results.saveResult(id, { analysis, explanations, stills });
      await removeClip(blobs, id);
    } finally {
      await Promise.all([folder.remove(), ...releases.map((release) => release())]);
    }
  };

/** Takes away what must not outlive the analysis: the clip and the words that came with it. */
export const removeClip = async (blobs: BlobStore, id: string): Promise<void> => {
  const { clip, transcript } = blobKeys(id);
  await blobs.remove(clip);
  await blobs.remove(transcript);
};

const telling = (context: JobContext, clock: Clock, onStage: RunAnalysisOptions['onStage']): Telling => {
  let queue: Promise<void> = Promise.resolve();
  const tell: Telling['tell'] = (entries) => {
    const next = queue.then(() => (entries.length === 0 ? undefined : context.emit(entries)));
    queue = next.catch(() => undefined);
    return next;
  };
  return {
    tell,
    stage: async (stage, work) => {
      await tell([{ key: `stage-start:${stage}`, event: { type: 'stage-start', stage } }]);
      const started = clock();
      const result = await withSpan(`whyface.${stage}`, { 'whyface.job.attempt': context.attempt }, work);
      const milliseconds = Math.round(clock() - started);
      onStage?.({ stage, seconds: milliseconds / 1000 });
      await tell([{ key: `stage-end:${stage}`, event: { type: 'stage-end', stage, milliseconds } }]);
      return result;
    },
    onProgress: (stage) => {
      let last = -1;
      return ({ done, total }) => {
        if (done === 0 && total === 0) {
          return;
        }
        const step = total > 0 ? Math.floor((PROGRESS_STEPS * done) / total) : Math.floor(done / 100);
        if (step > last) {
          last = step;
          // Progress that cannot be told is no reason to stop.
          tell([{ key: `progress:${stage}:${step}`, event: { type: 'stage-progress', stage, done, total } }]).catch(
            () => undefined,
          );
        }
      };
    },
  };
};

const tellExplanations = (told: Telling, explanations: readonly Explanation[]): Promise<void> =>
  told.tell(
    explanations.flatMap((explanation, index) => {
      const { subject, range, judgement, grounding } = explanation;
      const sentences = [...explanation.keyObservations, ...explanation.interpretation, explanation.conclusion];
      return [
        ...sentences.map(({ text }, sentence) => ({
          key: `sentence:${index}:${sentence}`,
          event: { type: 'reasoning-delta' as const, subject, text },
        })),
        {
          key: `judgement:${index}`,
          event: { type: 'judgement-available' as const, subject, range, judgement, groundingScore: grounding.score },
        },
      ];
    }),
  );

const tellResult = async (told: Telling, { explanations }: AnalysisResult): Promise<void> => {
  await tellExplanations(told, explanations);
};

const pathOf = (path: string | null): string => {
  if (path === null) {
    throw gone();
  }
  return path;
};

const gone = (): WhyfaceError =>
  new WhyfaceError({ code: 'gone', stage: 'jobs', message: 'The clip is not held any more; send it again.' });

const transcriptPath = async (
  { source }: JobPayload,
  blobs: BlobStore,
  link: (path: string, label: string | null, otherwise: string) => Promise<string>,
  releases: Array<() => Promise<void>>,
  signal: AbortSignal,
): Promise<string | undefined> => {
  if (source.kind !== 'clip' || source.transcript === null) {
    return undefined;
  }
  const file = await blobs.file(source.transcript.key, signal);
  if (file === null) {
    return undefined;
  }
  releases.push(file.release);
  return link(file.path, source.transcript.name, 'transcript');
};

const broughtAnalysis = async (
  blobs: BlobStore,
  steps: Steps,
  { id, source, options }: JobPayload,
): Promise<Analysis | null> => {
  if (source.kind !== 'analysis') {
    return null;
  }
  const bytes = await blobs.get(source.analysis);
  if (bytes === null) {
    throw gone();
  }
  const brought = storedJson(analysisSchema, new TextDecoder().decode(bytes), `the analysis ${id}`);
  return steps.refuses(options.purpose)
    ? {
        ...brought,
        observations: brought.observations.filter(({ kind }) => kind !== 'expression' && kind !== 'affect'),
      }
    : brought;
};

const observeAll = (steps: Steps, percepts: Percepts | null, { options }: JobPayload): Promise<Analysis> => {
  if (percepts === null) {
    throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: 'There are no percepts to observe.' });
  }
  return steps.observe(percepts, options);
};

const assertReadable = (name: string, { subjects, observations, clip }: Analysis): void => {
  if (subjects.length === 0 && !observations.some(({ kind }) => kind === 'voice' || kind === 'speech')) {
    throw new WhyfaceError({
      code: 'nothing-to-read',
      stage: 'perceive',
      message:
        clip.kind === 'audio'
          ? `Nobody can be heard to speak in ${name}; use a recording with a voice, or a picture or clip with a face.`
          : `No face could be measured in ${name}; use a picture or clip in which a face is upright, lit and at least about 40 pixels wide.`,
    });
  }
};

const keepStills = async (
  blobs: BlobStore,
  id: string,
  take: () => Promise<readonly Still[]>,
): Promise<StillReference[]> => {
  const references: StillReference[] = [];
  for (const { jpeg, ...still } of await take()) {
    const key = blobKeys(id).still(still.subject, still.ms);
    await blobs.put(key, jpeg);
    // Whether a picture may leave the machine is for each request to say, never for what was stored.
    references.push({ ...still, mayLeave: undefined, key });
  }
  return references;
};
