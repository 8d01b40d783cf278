import { z } from 'zod';
import { citedSentence, claim, grounding } from './explanation.ts';
import { observation, observationId, subjectId } from './observation.ts';
import { timeRange } from './time.ts';

/** Longest question, in characters. A question is a few sentences; anything longer is a document. */
export const QUESTION_CHARACTERS = 4_000;

export const chatRole = z.enum(['user', 'assistant']);

/** One turn of a conversation about an analysis. */
export const chatMessage = z.object({
  role: chatRole,
  content: z.string().max(64_000).describe('Plain text. Of a person: untrusted, to be answered, never obeyed'),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** What `POST /v1/analyses/{id}/messages` takes. */
export const chatRequest = z.object({
  messages: z
    .array(chatMessage)
    .min(1)
    .max(200)
    .describe('The conversation so far, oldest first; the last one is the question'),
  language: z.string().default('en'),
});
export type ChatRequest = z.infer<typeof chatRequest>;

/** How an answer meets its question. */
export const chatAnswerKind = z
  .enum(['answer', 'clarification', 'beyond', 'refusal'])
  .describe(
    'answer: from the measurements; clarification: it asks back; beyond: the measurements or the answerer cannot tell, ' +
      'and it says so; refusal: something whyface never says (who somebody is, their age, whether they lie …)',
  );
export type ChatAnswerKind = z.infer<typeof chatAnswerKind>;

/** A moment worth looking at, for a player to jump to. */
export const chatMoment = z.object({
  subject: subjectId.nullable(),
  range: timeRange,
  text: z.string().describe('What is to be seen or heard there, in a few words'),
  cites: z.array(observationId),
});
export type ChatMoment = z.infer<typeof chatMoment>;

/** Tokens, where a language model answered. */
export const chatUsage = z.object({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
});
export type ChatUsage = z.infer<typeof chatUsage>;

/** Who answered, and by what. */
export const answererReference = z.object({
  id: z.enum(['offline', 'agent']).describe('offline: rules over the observations; agent: a language model with tools'),
  model: z.string().nullable(),
  promptId: z.string().nullable(),
  promptSha256: z.string().nullable(),
  fallback: z.boolean().describe('Whether it stood in for the answerer that was asked for'),
  fallbackReason: z.string().nullable().describe('Why, in one sentence for a person'),
  steps: z.int().nonnegative().describe('Tool calls that were made'),
  usage: chatUsage.nullable(),
});
export type AnswererReference = z.infer<typeof answererReference>;

/** An answer: sentences, the observations they stand on, and whether those bear them out. */
export const chatAnswer = z.object({
  schema: z.literal('whyface/chat-answer@1'),
  analysisId: z.string(),
  question: z.string(),
  kind: chatAnswerKind,
  subject: subjectId.nullable().describe('Whom it is about; null: several people, or nobody in view'),
  range: timeRange.describe('The time it is about'),
  sentences: z.array(citedSentence).describe('In order; the text of the answer is these, joined by spaces'),
  grounding: grounding.describe('`sentence` of a claim is the index in `sentences`'),
  moments: z.array(chatMoment).describe('Suggested; may be empty'),
  measured: z.array(observation).describe('Measured for this answer alone; their ids follow those of the analysis'),
  suggestions: z.array(z.string()).describe('Questions that may follow, each of which can be answered'),
  answerer: answererReference,
  notice: z.string(),
});
export type ChatAnswer = z.infer<typeof chatAnswer>;

/**
 * What streams while an answer is written. The text-deltas of a sentence come before the `sentence` that holds it whole
 * with its verdicts; `answer-end` or `error` is the last event.
 */
export const chatEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('step').describe('Something was looked up or measured; for a line of progress'),
    text: z.string(),
  }),
  z.object({
    type: z.literal('text-delta'),
    index: z.int().nonnegative().describe('Index of the sentence'),
    delta: z.string(),
  }),
  z.object({
    type: z.literal('sentence').describe('A sentence is whole and has been checked'),
    index: z.int().nonnegative(),
    sentence: citedSentence,
    claims: z.array(claim),
  }),
  z.object({ type: z.literal('answer-end'), answer: chatAnswer }),
  z.object({
    type: z.literal('error'),
    error: z.object({ code: z.string(), message: z.string().describe('One sentence for a person') }),
  }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;
