import { z } from 'zod';
import { compoundLabel, expressionLabel } from './expression.ts';
import { observationId, subjectId } from './observation.ts';
import { timeRange } from './time.ts';

/** What a reasoner concluded from some of the evidence. */
export const counterfactualOutcome = z.object({
  expression: expressionLabel,
  compound: compoundLabel.nullable(),
  abstained: z.boolean(),
  share: z.number().min(0).max(1).describe('Score of the expression that the whole evidence led to'),
  confidence: z.number().min(0).max(1),
});
export type CounterfactualOutcome = z.infer<typeof counterfactualOutcome>;

export const COUNTERFACTUAL_EFFECTS = ['flips', 'abstains', 'weaker', 'stronger', 'none'] as const;

/** One thing taken away, and what became of the conclusion. */
export const removal = z.object({
  kind: z
    .enum(['observation', 'unit', 'modality', 'set', 'cited', 'uncited'])
    .describe(
      'One observation; all observations of one action unit; the face, the voice or the words; the smallest set found that overturns the conclusion; everything that is cited, or everything that is not',
    ),
  name: z.string().describe('What was taken away, in plain words: "the lip-corner pull"'),
  removed: z.array(observationId),
  along: z
    .array(observationId)
    .describe(
      'Model outputs that saw the same face: gone on both sides of the comparison, so that they do not repeat it',
    ),
  cited: z.boolean().describe('Whether the explanation cites any of what was removed'),
  before: counterfactualOutcome.describe('The conclusion with it, `along` gone'),
  without: counterfactualOutcome.describe('The conclusion without it, `along` gone'),
  change: z.number().min(-1).max(1).describe('Of the share: what is due to it alone'),
  effect: z
    .enum(COUNTERFACTUAL_EFFECTS)
    .describe('flips: another reading; abstains: none any more; weaker, stronger: the share moves by 0.05 or more'),
  text: z.string().describe('The result in one sentence'),
});
export type Removal = z.infer<typeof removal>;

/** Which evidence a conclusion hangs on, found by taking it away and reasoning again. */
export const counterfactual = z.object({
  schema: z.literal('whyface/counterfactual@1'),
  analysisId: z.string(),
  subject: subjectId.nullable(),
  range: timeRange,
  reasoner: z.string().describe('Who reasoned again'),
  exact: z.boolean().describe('Whether the reasoner always answers the same; else a change may also be chance'),
  calls: z.object({
    made: z.int().nonnegative().describe('Times the reasoner was asked'),
    budget: z.int().positive().nullable().describe('Most times it may be asked; null: no bound'),
    leftOut: z.array(observationId).describe('Cited observations that the budget did not reach'),
  }),
  chance: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('How far the share moved when the same evidence was given again; null for an exact reasoner'),
  whole: counterfactualOutcome.describe('The conclusion from everything'),
  removals: z.array(removal).describe('What the conclusion hangs on most first'),
  summary: z.string().describe('What the decision hangs on, in one or two sentences'),
});
export type Counterfactual = z.infer<typeof counterfactual>;
