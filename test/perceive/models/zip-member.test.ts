import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { WhyfaceError } from '../../../src/kit/error.ts';
import { checkOnnx } from '../../../src/perceive/models/onnx-check.ts';
import { readZipMember } from '../../../src/perceive/models/zip-member.ts';
import { smallModel } from './store-support.ts';

const MEMBER = new TextEncoder().encode('the weights '.repeat(40));
const archive = zipSync({ 'a.tflite': MEMBER, 'b/c.tflite': new Uint8Array(3) });

/** A few changed bytes, and perhaps an end that is missing. */
const damage = (length: number) =>
  fc.record({
    changes: fc.array(fc.record({ at: fc.nat({ max: length - 1 }), value: fc.nat({ max: 255 }) }), { maxLength: 6 }),
    keep: fc.oneof({ weight: 4, arbitrary: fc.constant(length) }, fc.nat({ max: length })),
  });

const damaged = (
  bytes: Uint8Array,
  { changes, keep }: { changes: Array<{ at: number; value: number }>; keep: number },
): Uint8Array => {
  const copy = bytes.slice();
  for (const { at, value } of changes) {
    copy[at] = value;
  }
  return copy.slice(0, keep);
};

const isTyped = (thrown: unknown): boolean => WhyfaceError.isInstance(thrown) && thrown.code === 'model-invalid';

describe('a member of a bundle', () => {
  it('is given back as it was, stored or packed', () => {
    expect([...readZipMember(archive, 'a.tflite')]).toEqual([...MEMBER]);
    expect([...readZipMember(zipSync({ x: [MEMBER, { level: 0 }] }), 'x')]).toEqual([...MEMBER]);
  });

  it('of a damaged bundle is bytes or a typed error, whatever is damaged', () => {
    fc.assert(
      fc.property(damage(archive.length), (how) => {
        try {
          expect(readZipMember(damaged(archive, how), 'a.tflite').length).toBeLessThan(1 << 20);
        } catch (thrown) {
          expect(isTyped(thrown)).toBe(true);
        }
      }),
      { numRuns: 600, seed: 20_261_123 },
    );
  });

  it('that unfolds to more than it may is refused', () => {
    const bomb = zipSync({ bomb: new Uint8Array(1000) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    const directory = view.getUint32(bomb.byteLength - 6, true);
    view.setUint32(directory + 24, 0xffff_ffff, true);
    expect(() => readZipMember(bomb, 'bomb')).toThrow(expect.objectContaining({ code: 'model-invalid' }));
  });
});

describe('an ONNX file', () => {
  it('that is damaged is let through or refused by a typed error', () => {
    const model = smallModel();
    fc.assert(
      fc.property(damage(model.length), (how) => {
        try {
          checkOnnx(damaged(model, how), 'test');
        } catch (thrown) {
          expect(isTyped(thrown)).toBe(true);
        }
      }),
      { numRuns: 200, seed: 20_261_123 },
    );
  });
});
