/** whyface's own action-unit head: 478 points and the aligned face of one face → intensities 0–5, whole, left and right. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { z } from 'zod';
import { type ActionUnitCode, actionUnitCode } from '../../contracts/action-unit.ts';
import { FACE_REGIONS, type FaceRegion } from '../../contracts/percepts.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { packageRoot } from '../../kit/package-root.ts';
import { recordOf } from '../../kit/record-of.ts';
import { APPEARANCE_SIDE } from './au-appearance.ts';
import { createHeadInputs, type HeadInputSource } from './head-inputs.ts';
import type { RgbImage } from './image.ts';
import { type FaceLandmarks, LANDMARK_COUNT } from './landmarks.ts';
import { type Networks, outputNumbers } from './session.ts';

const CROP_SIZE = APPEARANCE_SIDE * APPEARANCE_SIDE;

/** `models/au-head.json`: what belongs to the weights but is no weight. */
export const actionUnitSidecar = z.object({
  version: z.string(),
  aus: z.array(actionUnitCode).describe("The rows of the graph's output"),
  sides: z.array(actionUnitCode).describe('Units with a reading of each side'),
  thresholds: z.partialRecord(actionUnitCode, z.number()).describe('Presence, on the scale 0–5'),
  grid: z.object({
    nodes: z.int().min(2),
    landmarks: z.array(z.int().nonnegative()),
    weights: z.array(z.number()),
  }),
});
export type ActionUnitSidecar = z.infer<typeof actionUnitSidecar>;

/**
 * Reads `models/au-head.json`, which comes with the package.
 *
 * @throws WhyfaceError `model-invalid` when it is damaged
 */
export const readActionUnitSidecar = async (root: string = packageRoot()): Promise<ActionUnitSidecar> => {
  const path = join(root, 'models', 'au-head.json');
  const text = await readFile(path, 'utf8').catch(() => '');
  const parsed = z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(actionUnitSidecar)
    .safeParse(text);
  if (!parsed.success) {
    throw new WhyfaceError({
      code: 'model-invalid',
      stage: 'perceive',
      message: `The file ${path} is missing or damaged; install whyface again.`,
      cause: parsed.error,
    });
  }
  return parsed.data;
};

/** 0 absent … 5 maximum, continuous; `left` and `right` are the person's own, `null` where the unit has no sides. */
export type ActionUnitReading = { both: number; left: number | null; right: number | null };
export type ActionUnitReadings = Partial<Record<ActionUnitCode, ActionUnitReading>>;

/** What the head says of one face. */
export type FaceReading = {
  units: ActionUnitReadings;
  /** Share of each region that something covers (a hand, a mask, dark glasses, hair), 0–1, as far as the skin tells. */
  covered: Record<FaceRegion, number>;
};

export type ActionUnitReader = {
  /** Presence on the scale of the readings. */
  thresholds: Readonly<Partial<Record<ActionUnitCode, number>>>;
  /** One face: `landmarks` in pixels of `image`. */
  read: (image: RgbImage, landmarks: FaceLandmarks) => Promise<FaceReading>;
  /** Several faces of one picture in one run of the graph. */
  readAll: (image: RgbImage, faces: readonly FaceLandmarks[]) => Promise<FaceReading[]>;
};

/**
 * @param session `models/au-head.onnx`: `points` N × 478 × 3, `crop` N × 1 × 128 × 128 → `values` N × units × 3 (both, left,
 *   right) and `covered` N × regions
 * @throws WhyfaceError `model-invalid` when the graph has no such outputs
 */
export const createActionUnitReader = (
  session: InferenceSession,
  TensorClass: Networks['Tensor'],
  sidecar: ActionUnitSidecar,
  inputsOf: HeadInputSource = createHeadInputs(sidecar.grid),
): ActionUnitReader => {
  const sided = new Set<ActionUnitCode>(sidecar.sides);
  const readAll: ActionUnitReader['readAll'] = async (image, faces) => {
    if (faces.length === 0) {
      return [];
    }
    const points = new Float32Array(faces.length * LANDMARK_COUNT * 3);
    const crops = new Float32Array(faces.length * CROP_SIZE);
    for (const [index, landmarks] of faces.entries()) {
      const inputs = inputsOf(image, landmarks);
      points.set(inputs.points, index * LANDMARK_COUNT * 3);
      crops.set(inputs.crop, index * CROP_SIZE);
    }
    const answer = await session.run({
      points: new TensorClass('float32', points, [faces.length, LANDMARK_COUNT, 3]),
      crop: new TensorClass('float32', crops, [faces.length, 1, APPEARANCE_SIDE, APPEARANCE_SIDE]),
    });
    const values = outputNumbers(answer.values, 'values');
    const shares = answer.covered === undefined ? [] : outputNumbers(answer.covered, 'covered');
    return faces.map((_, face) => {
      const units: ActionUnitReadings = {};
      for (const [unit, code] of sidecar.aus.entries()) {
        const at = (face * sidecar.aus.length + unit) * 3;
        units[code] = {
          both: values[at] ?? 0,
          left: sided.has(code) ? (values[at + 1] ?? 0) : null,
          right: sided.has(code) ? (values[at + 2] ?? 0) : null,
        };
      }
      const covered = recordOf(
        FACE_REGIONS,
        (region) => shares[face * FACE_REGIONS.length + FACE_REGIONS.indexOf(region)] ?? 0,
      );
      return { units, covered };
    });
  };
  return {
    thresholds: sidecar.thresholds,
    readAll,
    read: async (image, landmarks) =>
      (await readAll(image, [landmarks]))[0] ?? { units: {}, covered: recordOf(FACE_REGIONS, () => 0) },
  };
};
