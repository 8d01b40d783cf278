import type {
  Analysis,
  Claim,
  Explanation,
  ExplanationPart,
  Facts,
  ReasonedAnswer,
  ReasonerReference,
  Still,
  TimeRange,
  Translation,
} from '../contracts/index.ts';

/** What a reasoner is asked: one subject, one range, and what was observed there. */
export type ReasonRequest = {
  analysis: Analysis;
  subject: string | null;
  range: TimeRange;
  /** The same observations as text, for reasoners that read. */
  facts: Facts;
  /** Pictures around the apex and the baseline, for reasoners that look. */
  stills: readonly Still[];
  /** What the verifier found wrong with the previous answer; empty on the first round. */
  findings: readonly Claim[];
  /** The answer that the findings are about; absent on the first round. */
  previous?: ReasonResult | undefined;
  /** What the viewer wants to know. Untrusted text: it may only choose what to dwell on. */
  question?: string | undefined;
  /** How many answers are asked for, to be compared (self-consistency); for reasoners that sample. Default 1. */
  samples?: number | undefined;
  /** How a language model is asked. Default `two-stage`. */
  strategy?: 'single' | 'two-stage' | undefined;
};

export type ReasonResult = { answer: ReasonedAnswer; reference: ReasonerReference };

/** The steps of a reasoner that takes several. `repair` is `merge` with the verifier's findings. */
export type ReasonStage = 'describe' | 'merge' | 'single' | 'repair' | 'sample' | 'look' | 'translate';

/**
 * What a reasoner says while it works. Nothing of it is verified: whoever shows it says so. An answer that is asked
 * for again starts its stage again, with the next `attempt`; what was shown is never said twice within one.
 */
export type ReasonEvent =
  /** `attempt` counts how often a stage was asked; of samples, which one it is. */
  | { type: 'stage-start'; stage: ReasonStage; attempt: number }
  /** Words as the model writes them; `part` where they belong to one part of the answer. */
  | { type: 'text-delta'; stage: ReasonStage; part: ExplanationPart | null; text: string }
  /** One sentence is whole. `text` is all of it, also where its words came as deltas. */
  | { type: 'sentence-end'; stage: ReasonStage; part: ExplanationPart | null; text: string; cites: readonly string[] }
  | { type: 'stage-end'; stage: ReasonStage };

export type ReasonOptions = {
  signal?: AbortSignal | undefined;
  /** Called in order, never after the promise has settled. */
  onEvent?: ((event: ReasonEvent) => void) | undefined;
};

export type ReasonerCapabilities = {
  needsStills: boolean;
  /** Whether it asks a server. A server on this machine (loopback) counts, too. */
  needsNetwork: boolean;
  /** The server outside this machine that pictures of the face would go to; nothing goes there without being allowed. */
  framesTo?: string | null | undefined;
  /** Whether it can mend an answer from the verifier's findings. Default false. */
  canRepair?: boolean | undefined;
  /** Whether the same request gives the same answer. Default false. */
  deterministic?: boolean | undefined;
};

/**
 * The one interface of everything that answers. `doReason` throws `WhyfaceError` (`service-unavailable`,
 * `answer-unusable`, `budget-exceeded`, `deadline-exceeded`, `aborted` …); it never calls the verifier: repair rounds
 * are loops of the pipeline's text side. `streamAnswer` gives the same as a stream with one terminal event.
 */
export type Reasoner = {
  readonly specificationVersion: 'v1';
  readonly id: string;
  readonly capabilities: ReasonerCapabilities;
  /** Asked before anything is measured: throws where the reasoner cannot work here (`model-missing` …). No server is asked. */
  ready?(): Promise<void>;
  doReason(request: ReasonRequest, options: ReasonOptions): Promise<ReasonResult>;
  /** The verified English sentences in another language; absent where the reasoner cannot translate. */
  doTranslate?(explanation: Explanation, options: ReasonOptions & { language: string }): Promise<Translation>;
};
