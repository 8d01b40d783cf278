import type { Analysis, ObserveOptions, Percepts } from '../contracts/index.ts';
import { VERSION } from '../kit/version.ts';
import { observe } from '../observe/index.ts';

/** Percepts that come from elsewhere (tables of action units) as an analysis. Runs anywhere. */
export const analysePercepts = (percepts: Percepts, options: ObserveOptions): Promise<Analysis> =>
  observe(percepts, options, { version: VERSION });
