/**
 * The one error class of whyface, and the one table that says what each code means to a shell, an HTTP client and an
 * MCP client. Retryability is decided where the error is born.
 */

/** The pipeline stage an error was born in. */
export type Stage =
  | 'input'
  | 'media'
  | 'perceive'
  | 'observe'
  | 'textualize'
  | 'reason'
  | 'verify'
  | 'present'
  | 'models'
  | 'config'
  | 'jobs'
  | 'eval';

type Meaning = {
  /** Exit status of the command line (DESIGN §5). */
  exit: 2 | 65 | 66 | 69 | 70 | 78 | 130;
  /** HTTP status. */
  http: number;
  /** JSON-RPC error code for protocol faults; `null` where MCP answers with an `isError` result instead. */
  mcp: number | null;
};

export const ERROR_MEANINGS = {
  usage: { exit: 2, http: 400, mcp: -32602 },
  'input-not-found': { exit: 66, http: 404, mcp: null },
  'input-unreadable': { exit: 66, http: 403, mcp: null },
  'input-invalid': { exit: 65, http: 422, mcp: null },
  'media-empty': { exit: 65, http: 422, mcp: null },
  'media-unsupported': { exit: 65, http: 415, mcp: null },
  'media-damaged': { exit: 65, http: 422, mcp: null },
  'media-too-large': { exit: 65, http: 413, mcp: null },
  'media-too-long': { exit: 65, http: 413, mcp: null },
  'media-hung': { exit: 65, http: 422, mcp: null },
  'nothing-to-read': { exit: 65, http: 422, mcp: null },
  'model-missing': { exit: 69, http: 503, mcp: null },
  'model-invalid': { exit: 69, http: 503, mcp: null },
  'service-unavailable': { exit: 69, http: 503, mcp: null },
  'answer-unusable': { exit: 69, http: 502, mcp: null },
  'budget-exceeded': { exit: 69, http: 402, mcp: null },
  'deadline-exceeded': { exit: 69, http: 504, mcp: null },
  'storage-full': { exit: 70, http: 507, mcp: null },
  'worker-crashed': { exit: 70, http: 500, mcp: null },
  'output-unwritable': { exit: 70, http: 500, mcp: null },
  internal: { exit: 70, http: 500, mcp: -32603 },
  'config-invalid': { exit: 78, http: 500, mcp: -32603 },
  'purpose-refused': { exit: 78, http: 403, mcp: null },
  aborted: { exit: 130, http: 499, mcp: null },
  unauthenticated: { exit: 78, http: 401, mcp: null },
  forbidden: { exit: 78, http: 403, mcp: null },
  'not-found': { exit: 66, http: 404, mcp: null },
  'method-not-allowed': { exit: 2, http: 405, mcp: -32601 },
  'not-ready': { exit: 69, http: 409, mcp: null },
  gone: { exit: 66, http: 410, mcp: null },
  'url-refused': { exit: 65, http: 403, mcp: null },
  'fetch-failed': { exit: 69, http: 502, mcp: null },
  'upload-incomplete': { exit: 65, http: 400, mcp: null },
  'upload-too-slow': { exit: 65, http: 408, mcp: null },
  'queue-full': { exit: 69, http: 429, mcp: null },
  'rate-limited': { exit: 69, http: 429, mcp: null },
  'store-damaged': { exit: 70, http: 500, mcp: null },
} as const satisfies Record<string, Meaning>;

export type ErrorCode = keyof typeof ERROR_MEANINGS;

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_MEANINGS, code);

export type WhyfaceErrorOptions = {
  code: ErrorCode;
  stage: Stage;
  /** One sentence for the person: what is wrong, with which file, and what to do. */
  message: string;
  /** Whether the same call may succeed later without a change. Default false. */
  retryable?: boolean;
  /** Facts needed to act on the error; never secrets, never content of the clip. */
  details?: Record<string, unknown>;
  cause?: unknown;
};

const MARKER = Symbol.for('whyface.error');

export class WhyfaceError extends Error {
  readonly code: ErrorCode;
  readonly stage: Stage;
  readonly retryable: boolean;
  readonly details: Record<string, unknown>;
  // A marker rather than instanceof: two copies of the package in one process must recognise each other's errors.
  readonly [MARKER] = true;

  constructor(options: WhyfaceErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WhyfaceError';
    this.code = options.code;
    this.stage = options.stage;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }

  static isInstance(value: unknown): value is WhyfaceError {
    return typeof value === 'object' && value !== null && MARKER in value;
  }
}

/** Anything thrown, as a `WhyfaceError`: our own as they are, aborts as `aborted`, the rest as `internal`. */
export const toWhyfaceError = (thrown: unknown, stage: Stage): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new WhyfaceError({ code: 'aborted', stage, message: 'Interrupted.', cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WhyfaceError({ code: 'internal', stage, message: `Unexpected fault: ${message}`, cause: thrown });
};

/** The plain-data form of an error, as it stands in records and crosses process borders. */
export type ErrorRecord = {
  code: ErrorCode;
  stage: Stage;
  message: string;
  retryable: boolean;
  details: Record<string, unknown>;
};

export const toErrorRecord = (error: WhyfaceError): ErrorRecord => ({
  code: error.code,
  stage: error.stage,
  message: error.message,
  retryable: error.retryable,
  details: error.details,
});
