import { z } from 'zod';
import { actionUnitCode } from './action-unit.ts';
import { clipFacts, modelReference, notMeasured, sampling, warning } from './clip.ts';
import { expressionLabel } from './expression.ts';
import { speechPercepts } from './speech.ts';
import { milliseconds } from './time.ts';
import { voicePercepts } from './voice.ts';

/** A column: one entry a frame; `null` where the frame has no value (not visible, not measured). */
const column = z.array(z.number().nullable());

/** Regions whose visibility is measured apart. */
export const FACE_REGIONS = ['brows', 'eyes', 'nose', 'cheeks', 'mouth', 'chin'] as const;
export const faceRegion = z.enum(FACE_REGIONS);
export type FaceRegion = z.infer<typeof faceRegion>;

/** Intensity of one action unit over the frames, 0 (absent) to 5 (maximum), continuous also below the threshold. */
export const actionUnitColumns = z.object({
  both: column.describe('The stronger reading of the whole face, 0–5'),
  left: column.nullable().describe("The person's left, 0–5; null where the unit has no sides"),
  right: column.nullable().describe("The person's right, 0–5; null where the unit has no sides"),
  threshold: z.number().describe('Presence threshold on the same scale'),
});
export type ActionUnitColumns = z.infer<typeof actionUnitColumns>;

/**
 * The points of a person's face over time, where they were asked for: what a mesh is drawn from. Positions in the
 * picture, no features of identity; not every frame has them.
 */
export const landmarkTrack = z.object({
  t: z.array(milliseconds).describe('Milliseconds, rising'),
  perPixel: z.number().positive().describe('Units in one pixel of the upright frame'),
  points: z
    .base64()
    .describe('Little-endian int16: 478 × x, y, z for each entry of `t`; z smaller nearer to the camera'),
});
export type LandmarkTrack = z.infer<typeof landmarkTrack>;

/** What the models measured of one person: columns of equal length, one entry a frame in which the face was found. */
export const subjectPercepts = z.object({
  id: z.string().regex(/^P\d+$/),
  t: z.array(milliseconds).describe('Milliseconds, rising'),
  frame: z.array(z.int().nonnegative()).describe('Index of the frame in the stream'),
  confidence: z.array(z.number().min(0).max(1)).describe('Face presence by the landmark model'),
  box: z
    .object({
      x: z.array(z.number()).describe('Left edge, pixels of the upright frame'),
      y: z.array(z.number()).describe('Upper edge, pixels'),
      width: z.array(z.number()),
      height: z.array(z.number()),
    })
    .describe('Columns are empty where the source does not say where the face is'),
  interOcular: z
    .array(z.number())
    .describe('Distance of the outer eye corners, pixels; empty where the source does not tell'),
  head: z.object({
    yaw: column.describe("Degrees; positive: turned to the person's own left"),
    pitch: column.describe('Degrees; positive: up'),
    roll: column.describe("Degrees; positive: tilted towards the person's own left shoulder"),
  }),
  gaze: z
    .object({
      yaw: column.describe("Degrees relative to the head; positive: to the person's own left"),
      pitch: column.describe('Degrees relative to the head; positive: up'),
    })
    .nullable(),
  actionUnits: z.partialRecord(actionUnitCode, actionUnitColumns),
  visibility: z.partialRecord(faceRegion, column).describe('0 hidden to 1 in full view, by region'),
  sharpness: column.describe('Mean gradient energy of the aligned face, relative to a sharp face = 1'),
  brightness: column.describe('Mean luma of the face, 0–1'),
  expression: z.record(expressionLabel, column).nullable().describe('Probabilities of the expression head'),
  affect: z.object({ valence: column, arousal: column }).nullable().describe('-1 to 1 each'),
  blendshapes: z
    .record(z.string(), column)
    .nullable()
    .describe('The 52 ARKit-style scores, 0–1, when the bundle is pulled'),
  landmarks: landmarkTrack.optional().describe('Only where asked for (`landmarks`)'),
});
export type SubjectPercepts = z.infer<typeof subjectPercepts>;

/** What the models said, before anything is concluded from it. */
export const percepts = z.object({
  schema: z.literal('whyface/percepts@1'),
  clip: clipFacts,
  sampling,
  frames: z
    .object({
      t: z.array(milliseconds).describe('Milliseconds of every analysed frame, faces or not'),
      frame: z.array(z.int().nonnegative()),
    })
    .describe('All analysed frames'),
  subjects: z.array(subjectPercepts),
  voice: voicePercepts.nullable().optional().describe('null or left out: no sound, or it was not measured'),
  speech: speechPercepts.optional().describe('The words; left out where none are known'),
  models: z.array(modelReference),
  notMeasured: z.array(notMeasured),
  warnings: z.array(warning),
});
export type Percepts = z.infer<typeof percepts>;
