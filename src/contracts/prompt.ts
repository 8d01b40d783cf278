import type { Analysis } from './analysis.ts';
import type { Facts } from './facts.ts';
import type { TimeRange } from './time.ts';

/** Stands for a space in quoted material, so that every word of it shows that it is quoted. */
export const SPACE_MARK = 'ˆ';

/** One message to a language model. */
export type PromptMessage = { role: 'system' | 'user' | 'assistant'; content: string };

/** A versioned prompt file with its places filled. */
export type FilledPrompt = {
  /** `merge@1` */
  id: string;
  /** sha256 of the file, after that of the system prompt it goes with, as they are in the repository. */
  sha256: string;
  /** The system prompt, where it starts a conversation, and the message itself. */
  messages: readonly PromptMessage[];
  /** The random border of the untrusted text in it; never part of an answer. */
  boundary: string;
  /** Ids of the observations that the model can see, and so may cite. */
  visible: ReadonlySet<string>;
  /** Facts that did not fit. */
  leftOut: number;
};

/** What a prompt about one subject is filled with. */
export type PromptSubject = {
  analysis: Analysis;
  subject: string | null;
  range: TimeRange;
  facts: Facts;
  /** Untrusted. */
  question?: string | undefined;
};

/** One thing that is wrong with an answer: `where` is ours, `what` may quote the answer. */
export type PromptProblem = { where: string; what: string };

/**
 * Writes the prompts of a language model. Each starts a conversation or, the `…Again` ones, goes on with one whose
 * border is given. Facts are left out until a prompt is within `maximumTokens`.
 *
 * @throws WhyfaceError `budget-exceeded` where it cannot be made that short
 */
export type PromptWriter = {
  describe(subject: PromptSubject, maximumTokens: number): FilledPrompt;
  describeAgain(problems: readonly PromptProblem[], boundary: string): FilledPrompt;
  merge(subject: PromptSubject, description: string, maximumTokens: number): FilledPrompt;
  single(subject: PromptSubject, maximumTokens: number): FilledPrompt;
  askAgain(problems: readonly PromptProblem[], boundary: string): FilledPrompt;
  repair(findings: readonly PromptProblem[], boundary: string): FilledPrompt;
  translate(sentences: readonly string[], language: string): FilledPrompt;
};
