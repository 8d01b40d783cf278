/**
 * What the service stands on, as interfaces without node: SQLite and a folder on one machine; Redis and a shared folder
 * or S3 on many; D1 at the edge. Times are milliseconds since 1970.
 */
import type {
  Analysis,
  AnalysisOptions,
  ApiKeyFacts,
  Explanation,
  Job,
  JobPriority,
  JobStatus,
  ServiceEvent,
  ServiceEventDraft,
  Still,
} from '../contracts/index.ts';
import type { ErrorRecord } from '../kit/error.ts';

/** A picture that is kept with an analysis; its bytes are a blob. */
export type StillReference = Omit<Still, 'jpeg'> & { key: string };

/** What an analysis has come to. */
export type AnalysisResult = {
  analysis: Analysis;
  explanations: readonly Explanation[];
  stills: readonly StillReference[];
};

/** What is known of an analysis when it is asked for. */
export type AnalysisDraft = {
  id: string;
  /** `Client.id`. */
  owner: string;
  /** A label for people, never a path. */
  input: string | null;
  /** sha256 of the clip; of the canonical JSON where measurements were brought. */
  clipDigest: string;
  clipBytes: number;
  options: AnalysisOptions;
  createdAt: number;
  /** Kept until it is deleted: idle time does not end it. */
  keep: boolean;
};

export type AnalysisRecord = AnalysisDraft & {
  analysis: Analysis | null;
  explanations: Explanation[];
  stills: StillReference[];
  /** When it was last asked for; idle time counts from here. */
  touchedAt: number;
};

/** Whoever runs a job hands in what came of it; handing it in twice is the same as once. */
export type ResultSink = {
  saveResult(id: string, result: AnalysisResult): Promise<void>;
  /** What has been handed in; `null` before. */
  result(id: string): Promise<AnalysisResult | null>;
};

/** Which step an entry of the audit log tells of; never content. */
export type AuditEntry = {
  at: number;
  client: string;
  action: 'analyse' | 'explain' | 'chat' | 'read' | 'export' | 'delete' | 'expire' | 'refuse' | 'correct';
  /** Id of the analysis; `null` where there is none. */
  subject: string | null;
  /** Reasoner and purpose, codes of errors: words of whyface's own vocabulary. */
  detail: Record<string, string | number | boolean | null>;
};

export type Correction = { id: number; at: number; client: string; value: unknown };

/** The records: metadata, analyses, explanations, corrections, audit log. */
export type AnalysisStore = ResultSink & {
  /** Makes the record unless it is there; never overwrites. */
  create(draft: AnalysisDraft): Promise<{ record: AnalysisRecord; created: boolean }>;
  /** By its own id or by `analysis.id` (of this owner; any owner where `owner` is `null`). */
  find(id: string, owner: string | null): Promise<AnalysisRecord | null>;
  list(owner: string | null, page: { limit: number; after: string | null }): Promise<AnalysisRecord[]>;
  touch(id: string, at: number): Promise<void>;
  /** Explanations that were asked for later, by the digest of what was asked; the first answer stays. */
  addExplanations(id: string, request: string, explanations: readonly Explanation[]): Promise<void>;
  findExplanations(id: string, request: string): Promise<Explanation[] | null>;
  addCorrection(id: string, correction: Omit<Correction, 'id'>): Promise<Correction>;
  corrections(id: string): Promise<Correction[]>;
  /** Removes every row about it, so that no byte of it stays in the database; how many rows there were. */
  remove(id: string): Promise<number>;
  /** Ids that nobody asked for since `before`, kept ones apart. */
  idle(before: number): Promise<string[]>;
  audit(entry: AuditEntry): Promise<void>;
  auditOf(subject: string): Promise<AuditEntry[]>;
};

/** API keys, hashed. */
export type KeyStore = {
  add(key: ApiKeyFacts & { hash: string }): Promise<void>;
  find(id: string): Promise<(ApiKeyFacts & { hash: string }) | null>;
  list(): Promise<ApiKeyFacts[]>;
  revoke(id: string): Promise<boolean>;
};

/**
 * Bytes under keys such as `an_…/percepts`. The first part is the analysis they belong to, so that they go with it.
 * What is read is compared with the digest it was written with.
 */
export type BlobStore = {
  /**
   * Whole or not at all. @throws WhyfaceError `storage-full`
   */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws WhyfaceError `store-damaged` */
  get(key: string): Promise<Uint8Array | null>;
  /** Takes over a file of this machine (moved or uploaded) that has been hashed. */
  adopt(key: string, file: { path: string; digest: string }): Promise<void>;
  /** A file of this machine with the bytes, for the decoder; `null` where there are none. */
  file(key: string, signal?: AbortSignal): Promise<{ path: string; release: () => Promise<void> } | null>;
  size(key: string): Promise<number | null>;
  /** Removes one blob, or all under `prefix/`. */
  remove(keyOrPrefix: string): Promise<{ files: number; bytes: number }>;
  /** First parts of all keys: the analyses that hold something. */
  owners(): Promise<string[]>;
};

/** Where a job finds what it works on. */
export type JobSource =
  | { kind: 'clip'; clip: string; transcript: { key: string; name: string } | null }
  | { kind: 'percepts'; percepts: string }
  | { kind: 'analysis'; analysis: string };

/** All that whoever runs a job needs to know. Plain JSON. */
export type JobPayload = {
  /** That of the analysis. */
  id: string;
  owner: string;
  /** A label for messages. */
  name: string;
  source: JobSource;
  options: AnalysisOptions;
};

export type JobDraft = {
  payload: JobPayload;
  priority: JobPriority;
  /** Given up when it has not ended so long after it was started. */
  deadlineMs: number;
  /** Most jobs of this owner at once; `undefined`: the queue's own default. */
  concurrency?: number | undefined;
};

export type JobOutcome =
  | { status: Extract<JobStatus, 'succeeded' | 'cancelled'>; error: null }
  | { status: Extract<JobStatus, 'failed'>; error: ErrorRecord };

export type JobContext = {
  attempt: number;
  /** Fires on cancellation, at the deadline, when the lease is lost, and when the worker is closed. */
  signal: AbortSignal;
  /**
   * Events are told once: `key` names what happened (`stage-start:perceive`, `observation:o12`), and the same key again
   * is nothing new, also after a restart.
   */
  emit(entries: ReadonlyArray<{ key: string; event: ServiceEventDraft }>): Promise<void>;
};

/** Does the work of one job. What it throws is the job's error; a retryable one is tried again, at most three times. */
export type JobHandler = (payload: JobPayload, context: JobContext) => Promise<void>;

export type JobWorker = {
  /** No new jobs; running ones may end within `graceMs`, then they are let go and start again elsewhere. */
  close(graceMs: number): Promise<void>;
};

/** Jobs: leased, at least once, each told to its end exactly once. */
export type JobQueue = {
  /**
   * Idempotent by id: a job that is queued or running stays as it is, one that failed or was cancelled starts again.
   *
   * @throws WhyfaceError `queue-full` (`details.retryAfterSeconds`)
   */
  enqueue(draft: JobDraft): Promise<Job>;
  get(id: string): Promise<Job | null>;
  /** Whether there was something to cancel. The job ends within two seconds. */
  cancel(id: string): Promise<boolean>;
  /** Those after `after`, then new ones as they come, up to `job-end`. */
  events(id: string, options: { after: number; signal: AbortSignal }): AsyncIterable<ServiceEvent>;
  /** Waits for the end; `null` when `timeoutMs` has passed first. */
  ended(id: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<Job | null>;
  /** Takes jobs until it is closed. */
  work(handler: JobHandler, options: { concurrency: number }): JobWorker;
  depth(): Promise<{ queued: number; running: number }>;
  /** Forgets a job and its events; rows removed. */
  purge(id: string): Promise<number>;
  /** Whether jobs can be taken and given, for readiness. */
  check(): Promise<void>;
  close(): Promise<void>;
};
