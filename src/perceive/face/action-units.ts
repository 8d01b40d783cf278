/** whyface's own action-unit head: 478 points and the aligned face of one face → intensities 0–5, whole, left and right. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ActionUnitCode, actionUnitCode } from '../../contracts/action-unit.ts';
import { FACE_REGIONS, type FaceRegion } from '../../contracts/percepts.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { packageRoot } from '../../kit/package-root.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { HeadRun } from './head-run.ts';
import type { RgbImage } from './image.ts';
import type { FaceLandmarks } from './landmarks.ts';

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
};

/** @param run of `models/au-head.onnx`, which {@link readActionUnitSidecar} belongs to */
export const createActionUnitReader = (run: HeadRun, sidecar: ActionUnitSidecar): ActionUnitReader => {
  const sided = new Set<ActionUnitCode>(sidecar.sides);
  return {
    thresholds: sidecar.thresholds,
    read: async (image, landmarks) => {
      const { values, covered } = await run(image, landmarks);
      const units: ActionUnitReadings = {};
      for (const [unit, code] of sidecar.aus.entries()) {
        const at = unit * 3;
        units[code] = {
          both: values[at] ?? 0,
          left: sided.has(code) ? (values[at + 1] ?? 0) : null,
          right: sided.has(code) ? (values[at + 2] ?? 0) : null,
        };
      }
      return { units, covered: recordOf(FACE_REGIONS, (region) => covered[FACE_REGIONS.indexOf(region)] ?? 0) };
    },
  };
};
