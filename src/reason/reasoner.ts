import type {
  Analysis,
  Claim,
  Facts,
  ReasonedAnswer,
  ReasonerReference,
  Still,
  TimeRange,
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
};

export type ReasonResult = { answer: ReasonedAnswer; reference: ReasonerReference };

/**
 * The one interface of everything that answers. `doReason` throws `WhyfaceError` (`service-unavailable`,
 * `answer-unusable`, `aborted` …); it never calls the verifier: repair rounds are loops of the pipeline's text side.
 */
export type Reasoner = {
  readonly specificationVersion: 'v1';
  readonly id: string;
  readonly capabilities: { needsStills: boolean; needsNetwork: boolean };
  doReason(request: ReasonRequest, options: { signal?: AbortSignal | undefined }): Promise<ReasonResult>;
};
