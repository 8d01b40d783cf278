import { z } from 'zod';
import { actionUnitCode } from './action-unit.ts';
import { expressionLabel } from './expression.ts';
import { subjectId } from './observation.ts';
import { milliseconds } from './time.ts';

/** A value for each cell of a grid over a still, row by row; `null` where the cell lies outside the face. */
const cells = z.array(z.number().nullable());

/**
 * Which parts of the picture a model's answer hangs on: each cell is how far the answer falls when that part is hidden
 * (occlusion sensitivity; Zeiler & Fergus 2014). Positive: the part speaks for the answer.
 */
export const modelAttribution = z.object({
  subject: subjectId,
  ms: milliseconds.describe('The moment of the still'),
  target: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('expression'), label: expressionLabel, score: z.number().min(0).max(1) }),
      z.object({ kind: z.literal('action-unit'), code: actionUnitCode, intensity: z.number() }),
    ])
    .describe('The answer that is explained: the leading expression, or without such a model the leading action unit'),
  unit: z.enum(['log-odds', 'intensity']).describe('What the cells are differences of'),
  grid: z.object({
    x: z.number().describe('Left edge, pixels of the still'),
    y: z.number(),
    width: z.number().positive(),
    height: z.number().positive(),
    columns: z.int().positive(),
    rows: z.int().positive(),
    patch: z.int().positive().describe('Cells along each side of the part that was hidden, centred on the cell'),
  }),
  cells,
});
export type ModelAttribution = z.infer<typeof modelAttribution>;

/** What the model looks at, beside where the action units act that the observations report. */
export const modelAttention = modelAttribution.extend({
  actionUnits: cells.describe(
    'Mean intensity, 0–5, of the present action units over the part that was hidden; the strongest where regions overlap',
  ),
  overlap: z.object({
    iou: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe(
        "Intersection over union: cells with half of the units' strongest value or more, and as many that the model hangs on most",
      ),
    chance: z.number().min(0).max(1).nullable().describe('The same for cells drawn at random'),
    correlation: z.number().min(-1).max(1).nullable().describe('Pearson, over the cells of the face'),
  }),
});
export type ModelAttention = z.infer<typeof modelAttention>;
