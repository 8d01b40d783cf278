import { z } from 'zod';
import { actionUnitCode, actionUnitStatus, intensityLetter, side } from './action-unit.ts';
import { expressionScores } from './expression.ts';
import { milliseconds, timeRange } from './time.ts';

export const observationId = z.string().regex(/^o\d+$/);
export const subjectId = z.string().regex(/^P\d+$/);

const common = {
  id: observationId.describe('o1, o2 … in the order of the sorted observations'),
  subject: subjectId.nullable().describe('Whom it is about; null: the whole clip'),
  range: timeRange,
  confidence: z.number().min(0).max(1),
  source: z.string().describe('Id of the model, or of the rule, that measured it'),
  text: z.string().describe('One sentence free of emotion words'),
};

export const actionUnitFact = z.object({
  code: actionUnitCode,
  name: z.string().describe('FACS name: "lip corner puller"'),
  status: actionUnitStatus,
  side: side.describe("The person's own; 'both' where the sides do not differ or are not told apart"),
  intensity: z.number().min(0).max(5).nullable().describe('At the apex, 0–5; null where not measured or not visible'),
  letter: intensityLetter.nullable().describe('null below the threshold'),
  onsetMs: milliseconds.nullable().describe('null in an image, and where the unit was already there at the start'),
  apexMs: milliseconds.nullable(),
  offsetMs: milliseconds.nullable().describe('null in an image, and where the unit was still there at the end'),
  micro: z.boolean().describe('Total ≤ 500 ms with onset ≤ 260 ms, claimed at ≥ 25 analysed frames a second only'),
  overBaseline: z
    .number()
    .nullable()
    .describe("Intensity at the apex above the person's own baseline; null in an image"),
});
export type ActionUnitFact = z.infer<typeof actionUnitFact>;

export const QUALITY_ISSUES = [
  'small', 'blurred', 'turned', 'occluded', 'cropped', 'dark', 'bright', 'brief', 'clipped', 'noisy', 'truncated', 'damaged',
  // Of the sound (region "sound"); 'clipped' and 'noisy' are, too.
  'silent', 'no-speech', 'narrow-band', 'whispered', 'dead-channel', 'overlapping', 'sung',
] as const; // biome-ignore format: one table

const kinds = {
  actionUnit: z.object({ ...common, kind: z.literal('action-unit'), au: actionUnitFact }),
  expression: z.object({
    ...common,
    kind: z.literal('expression'),
    expression: z.object({ scores: expressionScores }),
  }),
  affect: z.object({
    ...common,
    kind: z.literal('affect'),
    affect: z.object({
      valence: z.number().min(-1).max(1),
      arousal: z.number().min(-1).max(1),
      dominance: z.number().min(-1).max(1).nullable().optional().describe('Of a voice, where a model gives it'),
    }),
  }),
  head: z.object({
    ...common,
    kind: z.literal('head'),
    head: z.object({
      yaw: z.number(),
      pitch: z.number(),
      roll: z.number(),
      movement: z.enum(['nod', 'shake', 'tilt', 'turn', 'still']).nullable(),
    }),
  }),
  gaze: z.object({
    ...common,
    kind: z.literal('gaze'),
    gaze: z.object({
      yaw: z.number(),
      pitch: z.number(),
      direction: z.enum(['camera', 'left', 'right', 'up', 'down']).describe("The person's own left and right"),
    }),
  }),
  blink: z.object({
    ...common,
    kind: z.literal('blink'),
    blink: z.object({
      count: z.int().nonnegative(),
      perMinute: z.number().nonnegative(),
      closureMs: z.number().nullable(),
    }),
  }),
  voice: z.object({
    ...common,
    kind: z.literal('voice'),
    voice: z.object({
      feature: z.string(),
      value: z.number(),
      unit: z.string(),
      relative: z.number().nullable().describe("Standard deviations from the speaker's own baseline"),
      word: z.string().describe('The tone word: "raised", "slow"'),
    }),
  }),
  speech: z.object({
    ...common,
    kind: z.literal('speech'),
    speech: z.object({
      quote: z.string().describe('Verbatim'),
      words: z.array(z.object({ text: z.string(), startMs: milliseconds, endMs: milliseconds })),
      language: z.string().nullable(),
      speaker: z.union([subjectId, z.literal('off-screen')]).nullable(),
    }),
  }),
  dynamics: z.object({
    ...common,
    kind: z.literal('dynamics'),
    dynamics: z
      .object({
        score: z.number().min(0).max(1).describe('Mean of the parts that could be measured; 0 regular'),
        parts: z.object({
          jerk: z
            .number()
            .min(0)
            .max(1)
            .nullable()
            .describe('Share of the way of movements that is taken back within an episode'),
          asymmetry: z.number().min(0).max(1).nullable().describe('Mean difference of the sides over the stronger one'),
          coActivation: z
            .number()
            .min(0)
            .max(1)
            .nullable()
            .describe('Share of joint activity in pairs that no tabled expression has'),
        }),
        unit: z.literal('share'),
      })
      .describe('How irregular the movements are: a measurement without a norm, never a diagnosis'),
  }),
  sceneText: z.object({ ...common, kind: z.literal('scene-text'), sceneText: z.object({ quote: z.string() }) }),
  quality: z.object({
    ...common,
    kind: z.literal('quality'),
    quality: z.object({
      issue: z.enum(QUALITY_ISSUES),
      region: z.string().nullable().describe('Face region, "sound", or null for the whole'),
      severity: z.number().min(0).max(1),
    }),
  }),
};

export const observation = z.discriminatedUnion('kind', [
  kinds.actionUnit,
  kinds.expression,
  kinds.affect,
  kinds.head,
  kinds.gaze,
  kinds.blink,
  kinds.voice,
  kinds.speech,
  kinds.sceneText,
  kinds.quality,
  kinds.dynamics,
]);
export type Observation = z.infer<typeof observation>;
export type ObservationKind = Observation['kind'];
/** The observation of one kind: `ObservationOf<'action-unit'>` has `au`. */
export type ObservationOf<Kind extends ObservationKind> = Extract<Observation, { kind: Kind }>;
