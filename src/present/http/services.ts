/** What the HTTP app is given. No node imports: the edge gives its own. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Client, Readiness } from '../../contracts/index.ts';
import type { AnalysisService, Received } from '../../jobs/analysis-service.ts';

/** Who asks, and how much of it they may. */
export type Access = {
  /**
   * From the `Authorization` header (`Bearer …`).
   *
   * @throws WhyfaceError `unauthenticated`
   */
  authenticate(authorization: string | null): Promise<Client>;
  /**
   * Counts a request of this client against its rate.
   *
   * @throws WhyfaceError `rate-limited` with `details.retryAfterSeconds`
   */
  admit(client: Client): Promise<void>;
};

/** What a body brought: a clip, and with multipart also the words and fields. */
export type Upload = { clip: Received; transcript: Received | null; fields: Readonly<Record<string, string>> };

/** Receives bodies to disk while hashing them. */
export type Uploads = {
  /**
   * The body as it is, or `multipart/form-data` with a `file`, perhaps a `transcript`, and fields before them.
   *
   * @throws WhyfaceError `media-too-large`, `media-empty`, `upload-incomplete`, `upload-too-slow`, `storage-full`
   */
  receive(request: {
    body: ReadableStream<Uint8Array> | null;
    contentType: string;
    contentLength: number | null;
    name: string | null;
    signal: AbortSignal;
  }): Promise<Upload>;
};

/** One line of the service's log: facts, never content, names or keys. */
export type ServiceLog = {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
};

/** What is counted of each request. */
export type RequestMeter = (request: { method: string; route: string; status: number; seconds: number }) => void;

export type Services = {
  version: string;
  analyses: AnalysisService;
  access: Access;
  /** `null` where there is no decoder: measurements are taken, media is refused. */
  uploads: Uploads | null;
  ready(): Promise<Readiness>;
  log: ServiceLog;
  meter: RequestMeter;
  /** Host names (without port) that the `Host` header may carry; `null`: any. Guards a server without keys from rebinding. */
  hosts: ReadonlySet<string> | null;
  /** Origins whose pages may call it; none by default. */
  corsOrigins: readonly string[];
};

export type AppEnv = { Variables: { client: Client; requestId: string } };
export type App = OpenAPIHono<AppEnv>;

/** A group of routes to mount beside the core: chat, the OpenAI wire format, MCP, files, the page. */
export type RouteGroup = (app: App, services: Services) => void;
