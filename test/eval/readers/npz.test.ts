import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOf, readNpy, readNpz } from '../../../eval/readers/npz.ts';
import { readPickle } from '../../../eval/readers/pickle.ts';
import { WhyfaceError } from '../../../src/kit/error.ts';

// Written by NumPy 2.4 and Python 3.11 from the values that the tests expect.
const ARCHIVE =
  'UEsDBC0AAAAIAAAAIQBGdhMu//////////8PABQAdGVzdF9jb3JwdXMubnB5AQAQANUBAAAAAAAAKgEAAAAAAAClkL9Lw0AUxy9J04q6GhwcsiWFkslBROhQcGgwFcHBQcIluXKF/OKSFIItuPijcFue/43g4L/krpdLhyJufofj7t2HD++9xru9ur5T0BI9WBEpQmadm9ZqZo1Ma56xkuHUz1hE2vIljgsi6gXFORFvezgy1+b/sv/Ye5sqSIYbaZXkteOHGSNOUsXlAjOGa+CHPiNhlhYlq8ISGuC6JIEP0qhDGnDRE0yUAF7gBmxXGVKN61FZ56Tl1dkZbF67L40rK/A8b/otIg93XEKwuYc12Lwfxovcx/KukSQDV+XaEsdAEe8XIY4xE0J6wNX56a7y4pcSCeWkJ6b6gGfBVFtx0IrpEdfFDsUA1KDH0rXTHj35w7TXrehrvLUNpO3zvdO5iBoSriosaOcHUEsDBC0AAAAIAAAAIQA19E72//////////8NABQAZmlsZW5hbWVzLm5weQEAEACQAAAAAAAAAE4AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbhNqpK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQArkQGCEgCYqV8BgYAUEsDBC0AAAAIAAAAIQD9+EjW//////////8NABQAZmlsZWl0ZW1zLm5weQEAEADgAAAAAAAAAGUAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbhNqaKSuo6Cell9UUpSYF59flJIKknBLzClOBYoXZyQWpAL5GkY6mjoKtQrkA65oBgaGDCBOBOICKK4EYh0gVgDiYqhcChDHAnE0lCYWAABQSwECLQMtAAAACAAAACEARnYTLioBAADVAQAADwAAAAAAAAAAAAAAgAEAAAAAdGVzdF9jb3JwdXMubnB5UEsBAi0DLQAAAAgAAAAhADX0TvZOAAAAkAAAAA0AAAAAAAAAAAAAAIABawEAAGZpbGVuYW1lcy5ucHlQSwECLQMtAAAACAAAACEA/fhI1mUAAADgAAAADQAAAAAAAAAAAAAAgAH4AQAAZmlsZWl0ZW1zLm5weVBLBQYAAAAAAwADALMAAACcAgAAAAA=';
const PICKLES = {
  0: 'KGRwMApWawpwMQoobHAyCkkxCmFJLTIKYUYzLjUKYU5hSTAxCmFW6Vx1NmYyMgpwMwphc1ZuCnA0CihkcDUKVnQKcDYKKEkxCkkyCkkzCkk0CnRwNwpzc1ZiaWcKcDgKTDEwOTk1MTE2Mjc3NzZMCnMu',
  2: 'gAJ9cQAoWAEAAABrcQFdcQIoSwFK/v///0dADAAAAAAAAE6IWAUAAADDqea8onEDZVgBAAAAbnEEfXEFWAEAAAB0cQYoSwFLAksDSwR0cQdzWAMAAABiaWdxCIoGAAAAAAABdS4=',
  5: 'gAWVSwAAAAAAAAB9lCiMAWuUXZQoSwFK/v///0dADAAAAAAAAE6IjAXDqea8opRljAFulH2UjAF0lChLAUsCSwNLBHSUc4wDYmlnlIoGAAAAAAABdS4=',
};
// Its constructor would run a shell command.
const HOSTILE = 'gASVJQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAplY2hvIG93bmVklIWUUpQu';

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

describe('NumPy archives', () => {
  it('hold texts, dictionaries and scalars of several types', () => {
    const arrays = readNpz(bytes(ARCHIVE), 'labels.npz');
    expect(arrays.get('filenames')).toEqual(['a', 'b漢']);
    expect(arrays.get('fileitems')).toEqual(['[happy, sad]', '[]']);
    expect(plainOf(arrays.get('test_corpus') ?? null)).toEqual({
      clip_a: { emo: 2, val: -0.5 },
      clip_b: { emo: 'happy', val: 1.25 },
      clip_ü: { emo: 0, val: -1 },
    });
  });

  it('are read part by part', () => {
    expect([...readNpz(bytes(ARCHIVE), 'labels.npz', (name) => name === 'filenames').keys()]).toEqual(['filenames']);
  });

  it('hold numbers of either byte order', () => {
    const big =
      'k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/+AAAAAAAAMACAAAAAAAA';
    expect(readNpy(bytes(big), 'big.npy')).toEqual([1.5, -2.25]);
  });

  it('that are cut off or damaged are refused in one sentence', () => {
    const whole = bytes(ARCHIVE);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = value;
        for (const attempt of [damaged, whole.subarray(0, at)]) {
          try {
            readNpz(attempt, 'labels.npz');
          } catch (thrown) {
            expect(WhyfaceError.isInstance(thrown) && thrown.code).toBe('input-invalid');
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('pickles', () => {
  it.each(Object.entries(PICKLES))('of protocol %s are plain data', (_, text) => {
    expect(plainOf(readPickle(bytes(text), 'a pickle'))).toEqual({
      k: [1, -2, 3.5, null, true, 'é漢'],
      n: { t: [1, 2, 3, 4] },
      big: 2 ** 40,
    });
  });

  it('that name anything else are refused, not run', () => {
    expect(() => readPickle(bytes(HOSTILE), 'predictions.npz')).toThrow(/posix\.system/);
  });

  it('of any bytes end in a value or an error of ours', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        try {
          readPickle(noise, 'noise');
        } catch (thrown) {
          expect(WhyfaceError.isInstance(thrown)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
