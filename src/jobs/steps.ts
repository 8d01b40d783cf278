import type {
  Analysis,
  AnalysisOptions,
  ExplainOptions,
  Explanation,
  ObserveOptions,
  Percepts,
  Still,
} from '../contracts/index.ts';
import type { OnProgress } from '../kit/progress.ts';

export type StepContext = { signal: AbortSignal; onProgress?: OnProgress | undefined };

/** What a job has done for it; the pipeline, seen from here. */
export type Steps = {
  /** Measures a file of this machine. */
  perceive(
    path: string,
    options: ObserveOptions,
    context: StepContext & { transcript?: string | undefined },
  ): Promise<Percepts>;
  /** Pure and fast: the same percepts give the same analysis. */
  observe(percepts: Percepts, options: ObserveOptions): Promise<Analysis>;
  /** Percepts that others made, without what the purpose refuses. */
  allowed(percepts: Percepts, options: ObserveOptions): Percepts;
  explain(
    analysis: Analysis,
    options: ExplainOptions,
    /** `path`: the clip, while it is there; `stills`: pictures that were kept. */
    context: StepContext & { percepts: Percepts | null; path: string | null; stills: readonly Still[] },
  ): Promise<Explanation[]>;
  /** The face at the apex of each explanation. */
  stills(
    path: string,
    explained: { analysis: Analysis; percepts: Percepts; explanations: Explanation[] },
    context: StepContext,
  ): Promise<Still[]>;
  /**
   * Whether that reasoner can be asked at all, before anything is measured for it.
   *
   * @throws WhyfaceError `config-invalid`, `service-unavailable`
   */
  check?(reasoner: AnalysisOptions['reasoner']): void;
  /** Whether readings of emotion are refused for this purpose. */
  refuses(purpose: AnalysisOptions['purpose']): boolean;
};
