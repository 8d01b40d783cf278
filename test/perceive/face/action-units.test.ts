import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import check from '../../../models/training/check.json' with { type: 'json' };
import {
  type ActionUnitReading,
  type ActionUnitReadings,
  createActionUnitReader,
  readActionUnitSidecar,
} from '../../../src/perceive/face/action-units.ts';
import { type FaceEngine, openFaceEngine } from '../../../src/perceive/face/face-engine.ts';
import { findFacesInPhoto } from '../../../src/perceive/face/find-faces.ts';
import { createHeadInputs } from '../../../src/perceive/face/head-inputs.ts';
import { createHeadRun } from '../../../src/perceive/face/head-run.ts';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { createPixelKernel } from '../../../src/perceive/face/pixel-kernel.ts';
import { createSessions, openModelStore } from '../../../src/perceive/models/index.ts';
import { ROOT, SHARED } from '../../support/shared.ts';

const SIDE = 128;
const sidecar = await readActionUnitSidecar();
const session = await InferenceSession.create(join(ROOT, 'models', 'au-head.onnx'), { intraOpNumThreads: 1 });

describe('the action-unit graph', () => {
  it('computes what the training script computed', async () => {
    const crop = Float32Array.from({ length: SIDE * SIDE }, (_, p) =>
      Math.round(128 + 40 * Math.sin(0.003 * p) + 10 * Math.sin(0.3 * (p % SIDE))),
    );
    const answer = await session.run({
      points: new Tensor('float32', Float32Array.from(check.points), [1, 478, 3]),
      crop: new Tensor('float32', crop, [1, 1, SIDE, SIDE]),
    });
    const values = [...(answer.values?.data ?? [])].map(Number);
    const expected = check.values.flat();
    expect(values.length).toBe(expected.length);
    for (const [index, value] of expected.entries()) {
      expect(Math.abs((values[index] ?? Number.NaN) - value)).toBeLessThan(0.002);
    }
    const covered = [...(answer.covered?.data ?? [])].map(Number);
    expect(covered.length).toBe(check.covered.length);
    for (const [index, value] of check.covered.entries()) {
      expect(Math.abs((covered[index] ?? Number.NaN) - value)).toBeLessThan(0.002);
    }
  });

  it('has a threshold for every unit', () => {
    expect(sidecar.aus.length).toBe(23);
    for (const code of sidecar.aus) {
      expect(sidecar.thresholds[code]).toBeGreaterThan(0.5);
      expect(sidecar.thresholds[code]).toBeLessThan(3);
    }
  });
});

const picture = async (path: string, mirrored = false): Promise<RgbImage> => {
  const { data, info } = await sharp(path)
    .rotate()
    .flop(mirrored)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
};

let opened: Promise<FaceEngine> | null = null;
const engine = (): Promise<FaceEngine> => {
  opened ??= (async () => {
    const store = await openModelStore({ environment: process.env });
    return openFaceEngine(await createSessions({ store, threads: 1 }));
  })();
  return opened;
};

const run = createHeadRun(session, Tensor, createHeadInputs(sidecar.grid, await createPixelKernel()));
const reader = createActionUnitReader(run, sidecar);

const readPhoto = async (path: string, mirrored = false): Promise<ActionUnitReadings> => {
  const image = await picture(path, mirrored);
  const [face] = await findFacesInPhoto(image, await engine());
  return face === undefined ? {} : (await reader.read(image, face.landmarks)).units;
};

const present = (readings: ActionUnitReadings): string[] =>
  sidecar.aus.filter((code) => (readings[code]?.both ?? 0) >= (sidecar.thresholds[code] ?? 5));

const astronaut = join(ROOT, 'examples', 'astronaut.png');

describe.skipIf(!existsSync(astronaut))('a smiling face', () => {
  it('shows raised lip corners, parted lips, and no frown', async () => {
    const units = present(await readPhoto(astronaut));
    expect(units).toEqual(expect.arrayContaining(['AU12', 'AU25']));
    expect(units).not.toContain('AU15');
    expect(units).not.toContain('AU4');
  });

  it('exchanges the sides in the mirror', async () => {
    const [straight, mirrored] = [await readPhoto(astronaut), await readPhoto(astronaut, true)];
    for (const code of sidecar.sides) {
      const [one, other] = [straight[code], mirrored[code]];
      expect(Math.abs((one?.left ?? 9) - (other?.right ?? -9))).toBeLessThan(0.9);
      expect(Math.abs((one?.both ?? 9) - (other?.both ?? -9))).toBeLessThan(0.9);
    }
  });

  it('is run once for all who ask of the same face, and anew for another picture', async () => {
    const image = await picture(astronaut);
    const [face] = await findFacesInPhoto(image, await engine());
    const landmarks = face?.landmarks ?? new Float32Array(1434);
    const first = run(image, landmarks);
    expect(run(image, landmarks)).toBe(first);
    const darker = { ...image, data: image.data.map((value, index) => (index % 7 === 0 ? 0 : value)) };
    expect((await run(darker, landmarks)).values).not.toEqual((await first).values);
  });
});

const misc = (name: string): string => join(SHARED ?? '', 'media', 'faces', 'misc', name);

describe.skipIf(SHARED === null)('posed photos', () => {
  it.each([
    ['faceapi_surprised.jpg', ['AU1', 'AU2', 'AU5', 'AU25'], ['AU4', 'AU15', 'AU24']],
    ['faceapi_sad.jpg', ['AU4', 'AU15', 'AU17'], ['AU12', 'AU25']],
    ['pyfeat_0-f15-hao-ph.jpg', ['AU6', 'AU12', 'AU25'], ['AU4', 'AU15']],
    ['pyfeat_15-f13-anc-ph.jpg', ['AU4', 'AU24'], ['AU12', 'AU25', 'AU5']],
    ['human_stock-emotions-b-3.jpg', ['AU9', 'AU25'], ['AU1', 'AU24']],
  ])('%s', async (name, there, absent) => {
    const units = present(await readPhoto(misc(name)));
    expect(units).toEqual(expect.arrayContaining(there));
    expect(units.filter((code) => absent.includes(code))).toEqual([]);
  });

  it('tells which eye winks', async () => {
    const wink: ActionUnitReading | undefined = (await readPhoto(misc('human_stock-emotions-b-8.jpg'))).AU45;
    expect(wink?.right).toBeGreaterThan((wink?.left ?? 5) + 1);
  });
});
