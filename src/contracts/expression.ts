import { z } from 'zod';

/** The eight expression labels, alphabetically. */
export const EXPRESSION_LABELS = [
  'anger',
  'contempt',
  'disgust',
  'fear',
  'happiness',
  'neutral',
  'sadness',
  'surprise',
] as const;
export const expressionLabel = z.enum(EXPRESSION_LABELS);
export type ExpressionLabel = z.infer<typeof expressionLabel>;

/** One number for each of the eight expressions. As probabilities they sum to 1. */
export const expressionScores = z.record(expressionLabel, z.number().min(0).max(1));
export type ExpressionScores = z.infer<typeof expressionScores>;

/**
 * Compound expressions by the names of Du, Tao & Martinez 2014 (PNAS 111:E1454, Table 1); the seven of C-EXPR-DB are
 * among them.
 */
export const COMPOUND_LABELS = [
  'happily-surprised',
  'happily-disgusted',
  'sadly-fearful',
  'sadly-angry',
  'sadly-surprised',
  'sadly-disgusted',
  'fearfully-angry',
  'fearfully-surprised',
  'fearfully-disgusted',
  'angrily-surprised',
  'angrily-disgusted',
  'disgustedly-surprised',
  'appalled',
  'hatred',
  'awed',
] as const;
export const compoundLabel = z.enum(COMPOUND_LABELS);
export type CompoundLabel = z.infer<typeof compoundLabel>;
