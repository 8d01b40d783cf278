import type { Analysis, Correction, CorrectionEntry, Explanation, TimeRange } from '../../../contracts/index.ts';
import type { AnalysisResource } from '../../../contracts/service.ts';
import type { ErrorCode } from '../../../kit/error.ts';
import type { Merge } from '../../../pipeline/merged-subjects.ts';
import type { Tracks } from './tracks.ts';

/** What the page asks of its worker: whatever takes more than a frame, and the schemas, which are large. */
export type WorkerCalls = {
  /** An answer of the service, parsed. */
  'parse-resource': { ask: { json: string }; answer: AnalysisResource };
  'parse-explanations': { ask: { json: string }; answer: readonly Explanation[] };
  /** Percepts, parsed and as columns. */
  'parse-percepts': { ask: { bytes: ArrayBuffer }; answer: Tracks };
  /** The analysis that the next questions are about. */
  'open-analysis': { ask: { analysis: Analysis }; answer: null };
  /** The analysis as a person changed it: the next questions are about that. */
  revise: { ask: { merges: readonly Merge[]; corrections: readonly Correction[] }; answer: Analysis };
  'parse-corrections': { ask: { json: string }; answer: readonly CorrectionEntry[] };
  /** The FACS reasoner and the verifier, on what remains without the observations named. */
  explain: {
    ask: {
      subject: string | null;
      range: TimeRange | null;
      without: readonly string[];
      /** Of the analysis before a person changed it. */
      asMeasured?: boolean;
    };
    answer: Explanation;
  };
};

export type WorkerCall = keyof WorkerCalls;
export type WorkerRequest = {
  [Call in WorkerCall]: { id: number; call: Call; ask: WorkerCalls[Call]['ask'] };
}[WorkerCall];
export type WorkerReply =
  | { id: number; ok: true; answer: unknown }
  | { id: number; ok: false; code: ErrorCode; message: string };
