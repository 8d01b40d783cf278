/** What a language model writes: the form it is asked for, and how leniently it is read. */
import { z } from 'zod';
import { COMPOUND_LABELS, EXPRESSION_LABELS, expressionLabel } from '../../../contracts/index.ts';

const strictSentence = z.object({ text: z.string(), cites: z.array(z.string()) });

/** The form that is asked for. In the order in which it should be thought: evidence, argument, reading. */
export const modelAnswerForm = z.object({
  keyObservations: z.array(strictSentence),
  interpretation: z.array(strictSentence),
  conflicts: z.array(strictSentence),
  alternatives: z.array(z.object({ label: z.string(), text: z.string(), cites: z.array(z.string()) })),
  wouldChange: z.array(z.string()),
  conclusion: strictSentence,
  expression: expressionLabel,
  scores: z.object(Object.fromEntries(EXPRESSION_LABELS.map((label) => [label, z.number()]))),
  compound: z
    .object({
      label: z.enum(COMPOUND_LABELS),
      parts: z.array(z.object({ expression: expressionLabel, cites: z.array(z.string()) })),
    })
    .nullable(),
  labels: z.array(z.string()),
  valence: z.number(),
  arousal: z.number(),
  confidence: z.number(),
  abstained: z.boolean(),
  reason: z.string(),
});

/** Longest sentence and most sentences of a part that are read; prompts ask for a tenth of it. */
const SENTENCE_CHARACTERS = 1_200;
const MOST_SENTENCES = 24;

/** Numbers, also where they were written as words: "0.8", "80%". Not NaN, not infinity. */
const number = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[+−-]?\d+(?:\.\d+)?\s*%?$/)
    .transform((text) => {
      const value = Number.parseFloat(text.replace('−', '-'));
      return text.endsWith('%') ? value / 100 : value;
    }),
]);

/** `["o1", "[o2]"]`, `"o1, o2"`; whatever in it is no id is left out. */
const cites = z
  .union([z.array(z.union([z.string(), z.number()])), z.string(), z.null()])
  .transform((value) => [
    ...new Set((Array.isArray(value) ? value.join(' ') : (value ?? '')).match(/\bo\d{1,6}\b/g) ?? []),
  ]);

const words = z.string().trim().min(1).max(SENTENCE_CHARACTERS);
const sentence = z.union([
  z.object({ text: words, cites: cites.default([]) }),
  words.transform((text) => ({ text, cites: [] })),
]);
const sentences = z.array(sentence).max(MOST_SENTENCES);

/** How an answer is read: what is only written otherwise is understood, what is missing or has another meaning is not. */
export const looseModelAnswer = z.object({
  keyObservations: sentences,
  interpretation: sentences,
  conflicts: sentences.nullish().transform((value) => value ?? []),
  alternatives: z
    .array(z.object({ label: z.string().trim().min(1).max(60), text: words, cites: cites.default([]) }))
    .max(MOST_SENTENCES)
    .nullish()
    .transform((value) => value ?? []),
  wouldChange: z
    .array(z.union([words, z.object({ text: words }).transform(({ text }) => text)]))
    .max(MOST_SENTENCES)
    .nullish()
    .transform((value) => value ?? []),
  conclusion: sentence,
  expression: z.string(),
  scores: z.record(z.string(), number),
  compound: z
    .union([
      z.object({
        label: z.string(),
        parts: z.array(z.object({ expression: z.string(), cites: cites.default([]) })).max(8),
      }),
      z.string(),
      z.null(),
    ])
    .optional()
    .transform((value) => value ?? null),
  labels: z
    .array(z.string())
    .max(MOST_SENTENCES)
    .nullish()
    .transform((value) => value ?? []),
  valence: number.pipe(z.number().min(-1).max(1)),
  arousal: number.pipe(z.number().min(-1).max(1)),
  confidence: number.pipe(z.number().min(0).max(100)).transform((value) => (value > 1 ? value / 100 : value)),
  abstained: z.boolean().default(false),
  reason: z.string().max(SENTENCE_CHARACTERS).default(''),
});
export type LooseModelAnswer = z.output<typeof looseModelAnswer>;
