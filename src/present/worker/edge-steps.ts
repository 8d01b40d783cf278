import type { Steps } from '../../jobs/steps.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { analysePercepts } from '../../pipeline/analyse.ts';
import { inferenceAllowed, withoutInference } from '../../pipeline/purpose.ts';
import { createReasoners, type ReasonerContext } from '../../pipeline/reasoners.ts';
import { explainAnalysis } from '../../pipeline/text-side.ts';

/** The text side of the pipeline: measurements in, explanations out. There is no decoder at the edge. */
export const createEdgeSteps = (reasoning: ReasonerContext): Steps => {
  const reasoners = createReasoners(reasoning);
  return {
    perceive: async () => {
      throw new WhyfaceError({
        code: 'media-unsupported',
        stage: 'input',
        message:
          'There is no decoder here; send the percepts or the analysis that "whyface observe --format json" makes.',
      });
    },
    observe: analysePercepts,
    allowed: (percepts, { purpose }) => (inferenceAllowed(purpose) ? percepts : withoutInference(percepts, purpose)),
    explain: (analysis, options, { stills, signal, onProgress }) =>
      explainAnalysis(analysis, options, {
        reasoner: reasoners(options.reasoner),
        stills,
        signal,
        onProgress,
      }),
    stills: async () => [],
    refuses: (purpose) => !inferenceAllowed(purpose),
  };
};
