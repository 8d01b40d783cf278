import { analysePercepts } from '../pipeline/analyse.ts';
import { inferenceAllowed, withoutInference } from '../pipeline/purpose.ts';
import { createReasoners, type ReasonerContext } from '../pipeline/reasoners.ts';
import { explainAnalysis } from '../pipeline/text-side.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Steps } from './steps.ts';

/** The steps of a job, done by the pipeline of this process. */
export const createPipelineSteps = (pipeline: Pipeline, reasoning: ReasonerContext): Steps => {
  const reasoners = createReasoners(reasoning);
  return {
    perceive: async (path, options, context) => (await pipeline.observe(path, options, context)).percepts,
    observe: analysePercepts,
    allowed: (percepts, { purpose }) => (inferenceAllowed(purpose) ? percepts : withoutInference(percepts, purpose)),
    explain: async (analysis, options, { stills, signal, onProgress }) =>
      explainAnalysis(analysis, options, { reasoner: reasoners(options.reasoner), stills, signal, onProgress }),
    stills: (path, explained, context) => pipeline.stills(path, explained, context),
    refuses: (purpose) => !inferenceAllowed(purpose),
  };
};
