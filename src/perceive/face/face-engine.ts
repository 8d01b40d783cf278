/** The networks of the face side, opened once a worker and only as far as they are needed. */
import type { Sessions } from '../models/index.ts';
import { type ActionUnitReader, createActionUnitReader, readActionUnitSidecar } from './action-units.ts';
import { type BlendshapeRunner, createBlendshapeRunner } from './blendshapes.ts';
import { FULL_RANGE, SHORT_RANGE } from './decode-detections.ts';
import { createDetectorRunner, type DetectorRunner } from './detector.ts';
import { createExpressionReader, type ExpressionReader } from './expression.ts';
import { createHsemotionReader } from './expression-hsemotion.ts';
import { createHeadInputs } from './head-inputs.ts';
import { createHeadRun, type HeadRun } from './head-run.ts';
import { createMeshRunner, type MeshRunner } from './mesh.ts';
import { createPixelKernel } from './pixel-kernel.ts';

export type FaceEngine = {
  shortRange: DetectorRunner;
  /** The full-range detector; opened at the first call. */
  fullRange: () => Promise<DetectorRunner>;
  mesh: MeshRunner;
  /** `null` unless the Face Landmarker bundle is installed. */
  blendshapes: BlendshapeRunner | null;
  actionUnits: ActionUnitReader | null;
  expression: ExpressionReader | null;
};

/**
 * The bundle's mesh V2 and blendshapes when they are installed, otherwise the attention mesh from npm. Each mesh is fed
 * as Google feeds it: the JavaScript solution samples at pixel centres, the Tasks on a CPU at the region's corners.
 *
 * @throws WhyfaceError `model-missing`, `model-invalid`
 */
export const openFaceEngine = async (sessions: Sessions): Promise<FaceEngine> => {
  const bundleOpening = sessions.openIfPresent('face-landmarker/mesh');
  const meshOpening = bundleOpening.then((found) => found ?? sessions.open('face-mesh/attention'));
  const [kernel, detector, bundle, mesh, blend, units, sidecar] = await Promise.all([
    createPixelKernel(),
    sessions.open('face-detection/short-range'),
    bundleOpening,
    meshOpening,
    sessions.openIfPresent('face-landmarker/blendshapes'),
    sessions.open('au-head/head'),
    readActionUnitSidecar(),
  ]);
  const run = createHeadRun(units.session, sessions.Tensor, createHeadInputs(sidecar.grid, kernel));
  const expression = await openExpressionReader(sessions, run);
  const sampling = bundle === null ? 'centres' : 'corners';
  let fullRange: Promise<DetectorRunner> | null = null;
  const openFullRange = async (): Promise<DetectorRunner> => {
    const { session } = await sessions.open('face-detection/full-range-sparse');
    return createDetectorRunner(session, sessions.Tensor, FULL_RANGE, { kernel, sampling, smooth: true });
  };
  return {
    shortRange: createDetectorRunner(detector.session, sessions.Tensor, SHORT_RANGE, {
      kernel,
      sampling,
      smooth: false,
    }),
    fullRange: () => {
      fullRange ??= openFullRange();
      return fullRange;
    },
    mesh: createMeshRunner(mesh.session, sessions.Tensor, { kernel, sampling }),
    blendshapes: bundle === null || blend === null ? null : createBlendshapeRunner(blend.session, sessions.Tensor),
    actionUnits: createActionUnitReader(run, sidecar),
    expression,
  };
};

/** HSEmotion where it is installed, otherwise our own head, which goes on from what the action units' graph saw. */
const openExpressionReader = async (sessions: Sessions, run: HeadRun): Promise<ExpressionReader> => {
  const pulled = await sessions.openIfPresent('hsemotion/expression');
  return pulled === null
    ? createExpressionReader((await sessions.open('expression-head/head')).session, sessions.Tensor, run)
    : createHsemotionReader(pulled.session, sessions.Tensor);
};
