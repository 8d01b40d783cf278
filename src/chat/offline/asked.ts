import type { ChatAnswerKind, ChatMoment, TimeRange } from '../../contracts/index.ts';
import type { DraftSentence } from '../draft.ts';
import type { Intent } from './understand/intents.ts';
import type { Question } from './understand/question.ts';
import type { AskedTime } from './understand/times.ts';
import type { Topic } from './understand/topics.ts';

/** A question with everything that it left to the conversation filled in. */
export type Asked = {
  question: Question;
  intent: Intent;
  topics: readonly Topic[];
  /** Whom the answer is about; `null`: nobody in view. */
  subject: string | null;
  /** Everybody in view is meant: nobody was named, and the question is about all of them. */
  everybody: boolean;
  /** Persons that were named, when several were. */
  named: readonly string[];
  range: TimeRange;
  /** Whether a time was asked for (in this question, or carried over). */
  timed: boolean;
  times: readonly AskedTime[];
  /** Said first where the question left open whom it means. */
  assumption: string | null;
  memory: Memory | null;
};

/** What the conversation is about after an answer. */
export type Memory = {
  intent: Intent;
  topics: readonly Topic[];
  subject: string | null;
  everybody: boolean;
  /** The time that was asked about. */
  range: TimeRange;
  timed: boolean;
  /** The time that the answer spoke of: what "before that" is before. */
  focus: TimeRange;
  /** Everything cited so far, so that "what else?" can go on. */
  cited: ReadonlySet<string>;
};

/** What an answering rule gives; the rest of the draft follows from the question. */
export type Reply = {
  sentences: readonly DraftSentence[];
  kind?: ChatAnswerKind;
  moments?: readonly ChatMoment[] | undefined;
  suggestions?: readonly string[];
  /** The time that the answer speaks of, where it is not that of its moments. */
  focus?: TimeRange;
};
