import type { Answerer } from '../../chat/answerer.ts';
import type { Conversation } from '../../chat/conversation.ts';
import type { Analysis, ChatMessage, Explanation } from '../../contracts/index.ts';

/** What a tool is given to look at; just one of them. */
export type ClipArgument = {
  analysisId?: string | undefined;
  path?: string | undefined;
  url?: string | undefined;
  data?: string | undefined;
};

export type Held = { id: string; analysis: Analysis };

export type BackendContext = {
  signal: AbortSignal;
  onProgress: (progress: { stage: string; done: number; total: number }) => void;
};

/** What stands behind the tools: the pipeline itself (stdio), or the service (HTTP). */
export type McpBackend = {
  /** Whether files of this machine may be named: only where the caller sits on it. */
  takesPaths: boolean;
  /** The analysis of a clip, made if it is not there. */
  analyse(clip: ClipArgument, context: BackendContext): Promise<Held>;
  explain(
    id: string,
    options: { subject?: string | undefined; fromMs?: number | undefined; toMs?: number | undefined },
    context: BackendContext,
  ): Promise<readonly Explanation[]>;
  converse(id: string, history: readonly ChatMessage[], answerer: Answerer): Promise<Conversation>;
  list(): Promise<readonly { id: string; name: string }[]>;
  read(id: string): Promise<{ analysis: Analysis; explanations: readonly Explanation[] }>;
};
