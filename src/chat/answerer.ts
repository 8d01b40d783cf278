import type { AnswererReference, ChatMessage, Observation } from '../contracts/index.ts';
import type { Draft } from './draft.ts';
import type { Memory } from './offline/asked.ts';
import type { Scene } from './scene.ts';

export type AnswerRequest = {
  question: string;
  scene: Scene;
  /** The conversation before the question, oldest first. */
  history: readonly ChatMessage[];
  /** What the conversation is about, as the offline answerer keeps it; `null` at its start. */
  memory: Memory | null;
};

export type AnswererOptions = {
  signal?: AbortSignal | undefined;
  /** Called when something is looked up or measured. */
  onStep?: ((text: string) => void) | undefined;
};

export type Answered = {
  draft: Draft;
  reference: AnswererReference;
  /** Absent where the answerer keeps none: the offline answerer then reads the question for it. */
  memory?: Memory | undefined;
  /** What was measured for the question; it may be cited. */
  added?: readonly Observation[] | undefined;
};

/**
 * Whoever answers. `answer` throws `WhyfaceError` (`service-unavailable`, `answer-unusable`, `budget-exceeded`,
 * `deadline-exceeded`, `aborted`); it never calls the verifier: a conversation checks what it is given.
 */
export type Answerer = {
  readonly id: AnswererReference['id'];
  answer(request: AnswerRequest, options: AnswererOptions): Promise<Answered>;
};
