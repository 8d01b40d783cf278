/**
 * whyface as a library.
 *
 *     import { observe, explain } from 'whyface';
 *     const { explanations } = await explain('clip.mp4');
 */

import type { ExplainOptions, ObserveOptions } from './contracts/index.ts';
import { explainOptions, observeOptions } from './contracts/index.ts';
import { createPipeline, type Explained, type Observed, type PipelineOptions, type RunContext } from './pipeline.ts';

export * from './contracts/index.ts';
export { type ErrorCode, type ErrorRecord, toErrorRecord, WhyfaceError } from './kit/error.ts';
export type { OnProgress, ProgressEvent } from './kit/progress.ts';
export type { ExplainEvent } from './pipeline/explain-event.ts';
export { explainAnalysis } from './pipeline/text-side.ts';
export {
  createPipeline,
  type Explained,
  type Observed,
  type Pipeline,
  type PipelineOptions,
  type RunContext,
} from './pipeline.ts';

type Where = RunContext & Partial<PipelineOptions>;

/** Measures one photo, clip or recording. For many files make one `createPipeline` and keep it. */
export const observe = async (path: string, options: Partial<ObserveOptions> & Where = {}): Promise<Observed> => {
  const pipeline = createPipeline({ ...options, env: options.env ?? process.env });
  try {
    return await pipeline.observe(path, observeOptions.parse(options), options);
  } finally {
    await pipeline.close();
  }
};

/** Measures and explains one photo, clip or recording. For many files make one `createPipeline` and keep it. */
export const explain = async (
  path: string,
  options: Partial<ObserveOptions> & Partial<ExplainOptions> & Where = {},
): Promise<Explained> => {
  const pipeline = createPipeline({ ...options, env: options.env ?? process.env });
  try {
    return await pipeline.explain(
      path,
      { ...observeOptions.parse(options), ...explainOptions.parse(options) },
      options,
    );
  } finally {
    await pipeline.close();
  }
};
