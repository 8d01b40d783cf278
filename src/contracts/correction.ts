/** What a person found wrong in an analysis, as data: for reasoning again, for annotation tools, for evaluation. */
import { z } from 'zod';
import { actionUnitCode, intensityLetter, side } from './action-unit.ts';
import { observationId, subjectId } from './observation.ts';
import { milliseconds, timeRange } from './time.ts';

/** Source of an observation that a person coded. */
export const ANALYST = 'analyst';

/** Longest note, in characters: a paragraph. */
export const NOTE_CHARACTERS = 4_000;

const correctionId = z.string().regex(/^c\d+$/);

const common = {
  id: correctionId.describe('c1, c2 … in the order in which they were made'),
  subject: subjectId.nullable().describe('Whom it is about; null: the whole clip'),
  range: timeRange,
  note: z.string().max(NOTE_CHARACTERS).describe('Why, in the words of the person; may be empty. Untrusted'),
};

/** An action unit as a person codes it. */
export const unitCorrection = z.object({
  ...common,
  kind: z.literal('action-unit'),
  subject: subjectId,
  observation: observationId.describe('Id of the observation that the correction makes; follows those of the analysis'),
  replaces: observationId
    .nullable()
    .describe('The measured observation that it stands for; null: nothing was measured'),
  au: z.object({
    code: actionUnitCode,
    status: z.enum(['present', 'below-threshold']).describe('below-threshold: looked for and absent'),
    side: side.describe("The person's own; 'both' where it is absent"),
    letter: intensityLetter.nullable().describe('FACS intensity; null where it is absent'),
    apexMs: milliseconds.nullable().describe('When it is strongest; null where it is absent or nobody says'),
  }),
});
export type UnitCorrection = z.infer<typeof unitCorrection>;

/** A remark about a moment, for other people. Reasoners do not read it. */
export const noteCorrection = z.object({
  ...common,
  kind: z.literal('note'),
  note: z.string().min(1).max(NOTE_CHARACTERS).describe('The remark. Untrusted'),
});

/** What a person would call a stretch. For evaluation; no evidence, so reasoners do not read it. */
export const labelCorrection = z.object({
  ...common,
  kind: z.literal('label'),
  label: z.string().min(1).max(200).describe('One word or a few; any vocabulary. Untrusted'),
});

export const correction = z.discriminatedUnion('kind', [unitCorrection, noteCorrection, labelCorrection]);
export type Correction = z.infer<typeof correction>;

/** A correction taken back. What was said stays on record; it does not count any more. */
export const withdrawal = z.object({ id: correctionId, kind: z.literal('withdrawal'), withdraws: correctionId });

/** One entry of the record that the service keeps: it only grows. */
export const correctionEntry = z.discriminatedUnion('kind', [
  unitCorrection,
  noteCorrection,
  labelCorrection,
  withdrawal,
]);
export type CorrectionEntry = z.infer<typeof correctionEntry>;

/** All corrections of one clip. Whoever made them is not named. */
export const correctionSet = z.object({
  schema: z.literal('whyface/corrections@1'),
  analysisId: z.string().describe('Of the analysis as it was measured'),
  clipDigest: z.string().nullable().describe('sha256 of the clip, so that the file can be found again'),
  corrections: z.array(correction),
});
export type CorrectionSet = z.infer<typeof correctionSet>;
