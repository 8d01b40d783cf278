/** Imported graphs against ONNX conversions made by others. */
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHalf } from '../../../../src/perceive/models/import/half.ts';
import { importGraph } from '../../../../src/perceive/models/import-graph.ts';
import { type ModelStore, openModelStore } from '../../../../src/perceive/models/index.ts';
import { SHARED } from '../../../support/shared.ts';
import { largestDifference, numbers, runOnnx, toPlanes } from './run-onnx.ts';

const folder = join(tmpdir(), 'whyface-test-models');

describe.skipIf(SHARED === null)('imported graphs and their references', () => {
  const reference = (name: string): string => join(SHARED ?? '', 'models', 'reference', name);
  let store: ModelStore;

  beforeAll(async () => {
    store = await openModelStore({
      environment: {
        WHYFACE_MODELS: folder,
        WHYFACE_MODEL_MIRROR: join(SHARED ?? '', 'models'),
        WHYFACE_OFFLINE: '1',
      },
    });
    await store.pull(['face-landmarker']);
  });

  it('the short-range detector agrees with its reference', async () => {
    const picture = numbers(128 * 128 * 3, 1);
    const planes = toPlanes(picture, 128, 128, 3);
    const { bytes } = await store.load('face-detection/short-range');
    const ours = await runOnnx(bytes, { dims: [1, 3, 128, 128], data: planes });
    const theirs = await runOnnx(reference('mediapipe_face_detector.onnx'), { dims: [1, 128, 128, 3], data: picture });
    for (const name of ['regressors', 'classificators']) {
      expect(ours[name]?.dims).toEqual(theirs[name]?.dims);
      expect(largestDifference(ours[name]?.data ?? [], theirs[name]?.data ?? [])).toBeLessThan(1e-3);
    }
  });

  it('the blendshapes agree with their reference', async () => {
    const points = { dims: [1, 146, 2], data: numbers(292, 2, 40, 200) };
    const { bytes } = await store.load('face-landmarker/blendshapes');
    const [ours] = Object.values(await runOnnx(bytes, points));
    const [theirs] = Object.values(await runOnnx(reference('face_blendshapes.onnx'), points));
    expect(ours?.data.length).toBe(52);
    expect(largestDifference(ours?.data ?? [], theirs?.data ?? [])).toBeLessThan(1e-5);
  });

  it('mesh V2 agrees with its half-precision reference within the rounding of halves', async () => {
    // Every value here is a half already, so that both networks see the same picture.
    const halves = Uint16Array.from({ length: 3 * 256 * 256 }, (_, index) => 0x3000 + ((index * 7919) % 0x0c00));
    const planes = { dims: [1, 3, 256, 256], data: Float32Array.from(halves, readHalf) };
    const { bytes } = await store.load('face-landmarker/mesh');
    const ours = await runOnnx(bytes, planes);
    const session = await InferenceSession.create(reference('face_landmarks_detector_fp16.onnx'));
    const answer = await session.run({ input_12: new Tensor('float16', halves, planes.dims) });
    const [points, score] = ['Identity', 'Identity_1'].map((name) => {
      const data = answer[name]?.data;
      return data instanceof Uint16Array
        ? Float32Array.from(data, readHalf)
        : Float32Array.from(data instanceof Float32Array ? data : []);
    });
    // Coordinates reach 256, where neighbouring halves are 0.125 to 0.25 apart.
    expect(largestDifference(ours.Identity?.data ?? [], points ?? [])).toBeLessThan(0.5);
    expect(largestDifference(ours.Identity_1?.data ?? [], score ?? [])).toBeLessThan(0.05);
    await session.release();
  });

  it('the bundle holds the detector that npm brings', async () => {
    const bundle = new Uint8Array(await readFile(join(SHARED ?? '', 'models', 'face_landmarker.task')));
    const { bytes } = await store.load('face-detection/short-range');
    const imported = importGraph(bundle, { member: 'face_detector.tflite', openBatch: true, digest: '' });
    expect(Buffer.compare(imported, bytes)).toBe(0);
  });
});
