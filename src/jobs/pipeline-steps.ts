import { analysePercepts } from '../pipeline/analyse.ts';
import { inferenceAllowed, withoutInference } from '../pipeline/purpose.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Steps } from './steps.ts';

/** The steps of a job, done by the pipeline of this process. */
export const createPipelineSteps = (pipeline: Pipeline): Steps => {
  return {
    perceive: async (path, options, context) => (await pipeline.observe(path, options, context)).percepts,
    observe: analysePercepts,
    allowed: (percepts, { purpose }) => (inferenceAllowed(purpose) ? percepts : withoutInference(percepts, purpose)),
    explain: (analysis, options, { percepts, path, stills, signal, onProgress }) =>
      pipeline.explainMeasured({ percepts, analysis }, options, {
        signal,
        onProgress,
        stills,
        ...(path === null ? {} : { path }),
      }),
    stills: (path, explained, context) => pipeline.stills(path, explained, context),
    check: (id) => pipeline.checkReasoner(id),
    refuses: (purpose) => !inferenceAllowed(purpose),
  };
};
