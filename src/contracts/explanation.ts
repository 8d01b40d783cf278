import { z } from 'zod';
import { candidateObservation } from './candidate.ts';
import { warning } from './clip.ts';
import { compoundLabel, expressionLabel, expressionScores } from './expression.ts';
import { observationId, subjectId } from './observation.ts';
import { timeRange } from './time.ts';

/** A sentence and the observations it stands on. */
export const citedSentence = z.object({ text: z.string(), cites: z.array(observationId) });
export type CitedSentence = z.infer<typeof citedSentence>;

export const verdict = z.enum(['supported', 'contradicted', 'unsupported', 'untestable']);
export type Verdict = z.infer<typeof verdict>;

/** Which part of the explanation a claim stands in. */
export const explanationPart = z.enum([
  'key-observations',
  'interpretation',
  'conclusion',
  'conflicts',
  'alternatives',
]);
export type ExplanationPart = z.infer<typeof explanationPart>;

export const claim = z.object({
  part: explanationPart,
  sentence: z.int().nonnegative().describe('Index of the sentence in its part'),
  text: z.string().describe('The words that make the claim'),
  verdict,
  cites: z.array(observationId).describe('The observations it was checked against'),
  detail: z.string().describe('Why, in one sentence'),
});
export type Claim = z.infer<typeof claim>;

export const grounding = z.object({
  score: z.number().min(0).max(1).describe('Supported claims among the testable ones; 1 where nothing is testable'),
  claims: z.array(claim),
});
export type Grounding = z.infer<typeof grounding>;

export const rankedCompound = z.object({
  label: compoundLabel,
  score: z.number().min(0).max(1),
  for: z.array(observationId),
  against: z.array(observationId),
});

export const judgement = z.object({
  expression: z.object({ label: expressionLabel, scores: expressionScores }),
  compound: z.object({ label: compoundLabel.nullable(), ranked: z.array(rankedCompound) }),
  labels: z.array(z.string()).describe('Open-vocabulary words'),
  valence: z.number().min(-1).max(1),
  arousal: z.number().min(-1).max(1),
  confidence: z.number().min(0).max(1),
  abstained: z.boolean(),
  reason: z.string().describe('Why it abstained, or what the confidence rests on'),
});
export type Judgement = z.infer<typeof judgement>;

/** What a reasoner writes, before it is verified. */
export const reasonedAnswer = z.object({
  keyObservations: z.array(citedSentence),
  interpretation: z.array(citedSentence),
  conclusion: citedSentence,
  judgement,
  conflicts: z.array(citedSentence),
  alternatives: z.array(z.object({ label: z.string(), text: z.string(), cites: z.array(observationId) })),
  wouldChange: z.array(z.object({ text: z.string() })),
});
export type ReasonedAnswer = z.infer<typeof reasonedAnswer>;

/** One question to a language model and what came back, kept so that a result can be traced. */
export const exchange = z.object({
  stage: z.string().describe('describe, merge, single, repair, sample, look or translate'),
  attempt: z.int().positive().describe('1; 2 where it was asked again'),
  promptId: z.string().describe('merge@1'),
  promptSha256: z.string(),
  model: z.string().nullable().describe('As the server names it'),
  answer: z.string().describe('Raw, cut at its limit; untrusted'),
  usage: z.object({
    promptTokens: z.int().nonnegative(),
    completionTokens: z.int().nonnegative(),
    estimated: z.boolean().describe('Whether the server did not say, and the lengths were counted instead'),
  }),
});
export type Exchange = z.infer<typeof exchange>;

export const reasonerReference = z.object({
  id: z.string().describe('facs, llm, clip, vlm or ensemble'),
  model: z.string().nullable(),
  promptId: z.string().nullable(),
  promptSha256: z.string().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  fallback: z.boolean().describe('Whether it stood in for the reasoner that was asked for'),
  warnings: z
    .array(warning)
    .optional()
    .describe('What a reader must know about how the answer came: a stand-in, sentences left out, samples that differ'),
  exchanges: z
    .array(exchange)
    .optional()
    .describe('What a language model was asked with and wrote, in order; never shown as fact'),
  candidates: z
    .array(candidateObservation)
    .optional()
    .describe('What a model that looks at pictures claims to see, compared with the observations; never one of them'),
});
export type ReasonerReference = z.infer<typeof reasonerReference>;

/**
 * The explanation in another language, sentence by sentence in the order of the English ones, which are those that
 * were verified: verdicts and citations are theirs. `null` stands where a translation changed a number, a unit or an id,
 * or is missing; the English sentence is to be shown there.
 */
export const translation = z.object({
  language: z.string().describe('BCP 47: "de"'),
  keyObservations: z.array(z.string().nullable()),
  interpretation: z.array(z.string().nullable()),
  conclusion: z.string().nullable(),
  conflicts: z.array(z.string().nullable()),
  alternatives: z.array(z.string().nullable()),
  wouldChange: z.array(z.string().nullable()),
  reason: z.string().nullable(),
});
export type Translation = z.infer<typeof translation>;

export const explanation = z.object({
  schema: z.literal('whyface/explanation@1'),
  analysisId: z.string(),
  subject: subjectId.nullable(),
  range: timeRange,
  reasoner: reasonerReference,
  ...reasonedAnswer.shape,
  grounding,
  translation: translation.optional(),
  notice: z.string().describe('What the answer must not be used for'),
});
export type Explanation = z.infer<typeof explanation>;
