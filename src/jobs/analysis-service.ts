/**
 * The service as the ways in see it (HTTP, OpenAI wire format, MCP, chat): whatever they do with analyses, they do here,
 * so that ownership, purpose, limits and the audit log hold on all of them. No node imports.
 */
import type {
  Analysis,
  AnalysisResource,
  Client,
  ClipExport,
  DeletionReceipt,
  Explanation,
  ExplanationRequest,
  GivenAnalysisOptions,
  Job,
  JobPriority,
  Percepts,
  ServiceEvent,
  Still,
} from '../contracts/index.ts';
import type { AuditEntry, Correction } from './ports.ts';

/** What is to be analysed. */
export type SubmitSource =
  /** An upload that has been received (`Uploads`); it is taken over. */
  | { kind: 'upload'; upload: Received; transcript: Received | null }
  /** A web address; goes through the guarded fetch. */
  | { kind: 'url'; url: string; transcript: string | null }
  /** Bytes in memory: data URLs, `input_audio`. */
  | { kind: 'bytes'; bytes: Uint8Array; name: string | null }
  | { kind: 'percepts'; percepts: Percepts }
  | { kind: 'analysis'; analysis: Analysis };

/** A file that has been written and hashed. */
export type Received = {
  path: string;
  /** sha256, hex. */
  digest: string;
  bytes: number;
  /** As the sender called it, without folders: a label. */
  name: string | null;
  /** Removes it, if nobody took it over. */
  discard(): Promise<void>;
};

export type Submission = {
  resource: AnalysisResource;
  /** Whether it was not there before. */
  created: boolean;
};

export type AnalysisService = {
  /**
   * Has a clip analysed, once for each owner, clip and options; the job runs on when the caller goes, unless `signal`
   * fires while nobody else waits for it.
   *
   * @throws WhyfaceError the error that the job ended with; `queue-full`, `rate-limited`, `forbidden`, `url-refused`,
   *   `storage-full` …
   */
  submit(
    client: Client,
    source: SubmitSource,
    options: {
      options: GivenAnalysisOptions;
      waitMs: number;
      priority?: JobPriority | undefined;
      signal?: AbortSignal | undefined;
    },
  ): Promise<Submission>;
  /** @throws WhyfaceError `not-found` also for what belongs to others */
  get(client: Client, id: string): Promise<AnalysisResource>;
  list(client: Client, page: { limit: number; after: string | null }): Promise<AnalysisResource[]>;
  /** Up to its end, or as it is after `timeoutMs`. */
  wait(client: Client, id: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<AnalysisResource>;
  /** The finished analysis. @throws WhyfaceError `not-ready`, or the error it ended with */
  analysis(client: Client, id: string): Promise<Analysis>;
  percepts(client: Client, id: string): Promise<Percepts>;
  events(
    client: Client,
    id: string,
    options: { after: number; signal: AbortSignal },
  ): Promise<AsyncIterable<ServiceEvent>>;
  /** Explanations of a finished analysis; the same question has the same answer. */
  explain(
    client: Client,
    id: string,
    request: ExplanationRequest,
    context: { signal: AbortSignal },
  ): Promise<Explanation[]>;
  /** The pictures that were kept with it; empty unless it was asked for with `stills`. */
  stills(client: Client, id: string): Promise<Still[]>;
  still(client: Client, id: string, subject: string, ms: number): Promise<Uint8Array>;
  job(client: Client, id: string): Promise<Job>;
  cancel(client: Client, id: string): Promise<Job>;
  remove(client: Client, id: string): Promise<DeletionReceipt>;
  export(client: Client, id: string): Promise<ClipExport>;
  correct(client: Client, id: string, value: unknown): Promise<Correction>;
  corrections(client: Client, id: string): Promise<Correction[]>;
  /** A line in the audit log: who asked for which judgement, without content. */
  audit(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** Housekeeping: removes what nobody asked for in time, and what a crash left behind. */
  expire(signal: AbortSignal): Promise<void>;
};
