import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WhyfaceError } from '../../../../src/kit/error.ts';
import { importTflite } from '../../../../src/perceive/models/import/convert.ts';
import { checkOnnx } from '../../../../src/perceive/models/onnx-check.ts';
import { buildTflite, type TestOperator } from './tflite-builder.ts';

const require = createRequire(import.meta.url);
const detector = new Uint8Array(
  await readFile(require.resolve('@mediapipe/face_detection/face_detection_short_range.tflite')),
);

const failure = (action: () => unknown): WhyfaceError => {
  try {
    action();
  } catch (thrown) {
    if (WhyfaceError.isInstance(thrown)) {
      return thrown;
    }
    throw thrown;
  }
  return expect.unreachable('nothing was thrown');
};

const withOperator = (operator: Partial<TestOperator> & { name: string }): Uint8Array =>
  buildTflite({
    tensors: [
      { name: 'in', shape: [1, 4] },
      { name: 'out', shape: [1, 4] },
    ],
    operators: [{ inputs: ['in'], outputs: ['out'], ...operator }],
    inputs: ['in'],
    outputs: ['out'],
  });

describe('importing', () => {
  it('gives the same bytes for the same file', () => {
    expect(Buffer.compare(importTflite(detector), importTflite(detector.slice()))).toBe(0);
  });

  it('gives a file that keeps all its weights inside', () => {
    expect(() => checkOnnx(importTflite(detector), 'detector')).not.toThrow();
  });

  it.each([
    ['SIN', false],
    ['MyOwnOperator', true],
  ])('names the operator %s, which it does not know', (name, custom) => {
    const error = failure(() => importTflite(withOperator({ name, custom })));
    expect(error.code).toBe('model-invalid');
    expect(error.message).toContain(name);
  });

  it('refuses version 1 of the custom operators, which mean something else', () => {
    const error = failure(() => importTflite(withOperator({ name: 'TransformLandmarks', custom: true, version: 1 })));
    expect(error.code).toBe('model-invalid');
    expect(error.message).toContain('version 1');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('this is not a model at all')],
    ['a header alone', detector.subarray(0, 8)],
  ])('refuses %s', (_, bytes) => {
    expect(failure(() => importTflite(bytes)).code).toBe('model-invalid');
  });

  it('answers damaged files with a typed error or a model, and nothing else', () => {
    // The tables lie at the end of the file, the weights before them: most damage is aimed at the tables.
    const place = fc.oneof(
      fc.integer({ min: 0, max: 64 }),
      fc.integer({ min: detector.length - 24_000, max: detector.length - 1 }),
    );
    const change = fc.record({ place, value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat({ max: 4 }), (changes, cut) => {
        const bytes = detector.slice(0, cut === 0 ? Math.floor(detector.length / 2) + changes.length : detector.length);
        for (const { place: offset, value } of changes) {
          bytes[offset % bytes.length] = value;
        }
        try {
          importTflite(bytes);
        } catch (thrown) {
          expect(WhyfaceError.isInstance(thrown) ? thrown.code : thrown).toBe('model-invalid');
        }
      }),
      { numRuns: 150, seed: 20_261_123 },
    );
  });
});
