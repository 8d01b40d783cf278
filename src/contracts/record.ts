import { z } from 'zod';
import { analysis } from './analysis.ts';
import { modelAttention } from './attention.ts';
import { counterfactual } from './counterfactual.ts';
import { explanation } from './explanation.ts';

/** Why an input has no result. */
export const recordError = z.object({ code: z.string(), stage: z.string(), message: z.string() });

/** One input of `whyface observe`. */
export const observeRecord = z.object({
  input: z.string().describe('As it was given'),
  analysis: analysis.nullable(),
  error: recordError.nullable(),
});
export type ObserveRecord = z.infer<typeof observeRecord>;

/** One input of `whyface explain`. */
export const explainRecord = z.object({
  input: z.string().describe('As it was given'),
  analysis: analysis.nullable(),
  explanations: z.array(explanation).describe('One a subject or range'),
  attention: z
    .array(modelAttention)
    .optional()
    .describe('Only with --explain-model: what the model looks at beside where the action units act, one a still'),
  counterfactual: z
    .array(counterfactual)
    .optional()
    .describe('Only with --counterfactual: which evidence each explanation hangs on, in their order'),
  error: recordError.nullable(),
});
export type ExplainRecord = z.infer<typeof explainRecord>;
