/**
 * The line of whyface as code, and the table of contents of the program:
 *
 *     media ──► perceive ──► observe ──► textualize ──► reason ──► verify
 *
 * `pipeline/perceive-side.ts` is the first half (files to percepts, Node only), `pipeline/text-side.ts` the second
 * (analysis to verified explanations, runs anywhere).
 */
import type {
  Analysis,
  Counterfactual,
  ExplainOptions,
  Explanation,
  ModelAttribution,
  ObserveOptions,
  Percepts,
  Still,
} from './contracts/index.ts';
import { type Clock, monotonicClock } from './kit/clock.ts';
import { WhyfaceError } from './kit/error.ts';
import type { OnProgress } from './kit/progress.ts';
import { VERSION } from './kit/version.ts';
import { observe } from './observe/index.ts';
import { createMeasurementReader } from './perceive/import/index.ts';
import { createPerception } from './perceive/index.ts';
import { counterfactualOf } from './pipeline/counterfactual.ts';
import type { ExplainEvent } from './pipeline/explain-event.ts';
import { apexOf, apexStills, perceiveClip } from './pipeline/perceive-side.ts';
import { pictureModelsOf } from './pipeline/picture-models.ts';
import { assertInferenceAllowed } from './pipeline/purpose.ts';
import { createReasoners } from './pipeline/reasoners.ts';
import { assertFramesMayLeave, stillsForReasoning } from './pipeline/stills-for-reasoning.ts';
import { explainAnalysis } from './pipeline/text-side.ts';

export type PipelineOptions = {
  /** Environment variables (`WHYFACE_MODELS`, `WHYFACE_OFFLINE` …). */
  env: Readonly<Record<string, string | undefined>>;
  /** Folder of models, before `WHYFACE_MODELS`. */
  modelsDir?: string | undefined;
  /** Perception processes; one a core unless told otherwise. */
  workers?: number | undefined;
  clock?: Clock | undefined;
  /** What asks language models; the platform's own unless told otherwise. */
  fetch?: typeof fetch | undefined;
};

export type RunContext = {
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
  /** The reasoner's draft as it is written, and what becomes of it. Nothing in it has been checked. */
  onEvent?: ((event: ExplainEvent) => void) | undefined;
  /** A file with the words of the clip; without it, one beside the clip that carries its name. */
  transcript?: string | undefined;
  /** Which input of a file of measurements, where it holds several (`Pipeline.parts`). */
  part?: string | undefined;
};
export type Observed = { analysis: Analysis; percepts: Percepts };
export type Explained = Observed & { explanations: Explanation[] };

export type Pipeline = {
  /**
   * Whether the settings of the reasoner of that name are right, before anything is measured for it.
   *
   * @throws WhyfaceError `config-invalid` with all that is wrong with them
   */
  checkReasoner(id: ExplainOptions['reasoner']): void;
  observe(path: string, options: ObserveOptions, context?: RunContext): Promise<Observed>;
  explain(path: string, options: ObserveOptions & ExplainOptions, context?: RunContext): Promise<Explained>;
  /**
   * Explains what was measured before. Reasoners that look are given pictures from the clip at `path` where it is still
   * there, else those that were kept.
   */
  explainMeasured(
    measured: { percepts: Percepts | null; analysis: Analysis },
    options: ExplainOptions,
    context?: RunContext & { path?: string | undefined; stills?: readonly Still[] | undefined },
  ): Promise<Explanation[]>;
  /** Which evidence each explanation hangs on, in their order. */
  counterfactual(
    explained: Explained,
    options: ExplainOptions & { budget?: number | undefined },
    context?: RunContext,
  ): Promise<Counterfactual[]>;
  /** The inputs that a table of measurements holds; `null` for a picture, clip or recording. */
  parts(path: string, context?: RunContext): Promise<readonly string[] | null>;
  /** The face at the apex of each explanation. */
  stills(path: string, explained: Explained, context?: RunContext): Promise<Still[]>;
  /** Which parts of a still the answer of the expression model hangs on; `null` where no model answers. */
  attribute(still: Still, context?: RunContext): Promise<ModelAttribution | null>;
  close(): Promise<void>;
};

/** A pipeline with its perception processes, which start when they are first needed. Close it when done. */
export const createPipeline = (options: PipelineOptions): Pipeline => {
  const clock = options.clock ?? monotonicClock;
  const perception = createPerception({ env: options.env, modelsDir: options.modelsDir, workers: options.workers });
  const measurements = createMeasurementReader();
  const reasonerOf = createReasoners({ ...options, pictureModels: pictureModelsOf(options) });

  const observeClip: Pipeline['observe'] = async (path, observeOptions, context = {}) => {
    const started = clock();
    const percepts = await perceiveClip({ perception, measurements }, path, observeOptions, context);
    const perceived = clock();
    const analysis = await observe(percepts, observeOptions, { version: VERSION });
    context.onProgress?.({ stage: 'observe', done: 1, total: 1 });
    const timings = { perceive: perceived - started, observe: clock() - perceived };
    return { percepts, analysis: { ...analysis, timings } };
  };

  const explainMeasured: Pipeline['explainMeasured'] = async ({ percepts, analysis }, explainOptions, context = {}) => {
    assertInferenceAllowed(explainOptions.purpose);
    const reasoner = reasonerOf(explainOptions.reasoner);
    assertFramesMayLeave(reasoner, explainOptions);
    const { signal, onProgress, onEvent, path, stills: kept = [] } = context;
    const { subject, fromMs: startMs = 0, toMs: endMs = Number.POSITIVE_INFINITY, allowRemoteFrames } = explainOptions;
    const taken =
      reasoner.capabilities.needsStills && path !== undefined && percepts !== null
        ? await stillsForReasoning(
            { perception, path, percepts, subject, range: { startMs, endMs }, mayLeave: allowRemoteFrames },
            context,
          )
        : kept.map((still) => ({ ...still, mayLeave: allowRemoteFrames }));
    return explainAnalysis(analysis, explainOptions, { reasoner, stills: taken, signal, onProgress, onEvent });
  };

  return {
    checkReasoner: (id) => {
      reasonerOf(id);
    },
    observe: observeClip,
    explainMeasured,
    explain: async (path, explainOptions, context = {}) => {
      assertInferenceAllowed(explainOptions.purpose);
      const reasoner = reasonerOf(explainOptions.reasoner);
      await reasoner.ready?.();
      assertFramesMayLeave(reasoner, explainOptions);
      const { percepts, analysis } = await observeClip(path, explainOptions, context);
      const started = clock();
      const explanations = await explainMeasured({ percepts, analysis }, explainOptions, { ...context, path });
      const timings = { ...analysis.timings, reason: clock() - started };
      return { percepts, analysis: { ...analysis, timings }, explanations };
    },
    counterfactual: async ({ analysis, explanations }, { reasoner, budget }, { signal } = {}) => {
      const found: Counterfactual[] = [];
      for (const explanation of explanations) {
        // Who answered is who is asked again: the stand-in where the reasoner asked for had failed.
        const again = reasonerOf(explanation.reasoner.fallback ? 'facs' : reasoner);
        if (again.capabilities.needsStills) {
          throw new WhyfaceError({
            code: 'usage',
            stage: 'reason',
            message: `The reasoner ${again.id} decides by pictures, too, so that taking observations away tells little; use facs or llm.`,
          });
        }
        found.push(await counterfactualOf(analysis, explanation, { reasoner: again, budget, signal }));
      }
      return found;
    },
    parts: (path, context = {}) => measurements.parts(path, context.signal),
    stills: async (path, explained, context = {}) => {
      if (explained.percepts.clip.kind === 'percepts') {
        return [];
      }
      return apexStills(
        perception,
        path,
        explained.percepts,
        explained.explanations.flatMap((explanation) => {
          const ms = apexOf(explained.percepts, explanation, citedUnits(explained.analysis, explanation));
          return ms === null || explanation.subject === null ? [] : [{ subject: explanation.subject, ms }];
        }),
        context,
      );
    },
    attribute: (still, context = {}) => perception.attribute(still, { signal: context.signal }),
    close: () => perception.close(),
  };
};

/** The action units that the key observations of an explanation stand on. */
const citedUnits = (analysis: Analysis, explanation: Explanation): Set<string> => {
  const ids = new Set(explanation.keyObservations.flatMap((sentence) => sentence.cites));
  return new Set(
    analysis.observations.flatMap((observation) =>
      observation.kind === 'action-unit' && observation.au.status === 'present' && ids.has(observation.id)
        ? [observation.au.code]
        : [],
    ),
  );
};
