import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uprightFromMatrix, uprightSize } from '../../src/media/filters.ts';
import { countKept, createThinning, longestGap, meanFps, rankOf } from '../../src/media/frame-times.ts';

const evenTimes = (fps: number, frames: number): number[] => Array.from({ length: frames }, (_, n) => (n * 1000) / fps);

describe('createThinning', () => {
  const kept = (times: readonly number[], fps: number): number[] => {
    const keeps = createThinning(meanFps(times), fps);
    return times.flatMap((ms, index) => (keeps(ms, times[index - 1]) ? [index] : []));
  };

  it('keeps every picture of a stream that is not faster than wanted', () => {
    expect(kept(evenTimes(29.97, 90), 30)).toHaveLength(90);
    expect(kept(evenTimes(30.0003, 90), 30)).toHaveLength(90);
    // A container that rounds to whole milliseconds must not lose pictures to the rounding.
    expect(kept(evenTimes(30, 90).map(Math.round), 30)).toHaveLength(90);
  });

  it('keeps exactly every second picture of 60 a second', () => {
    const wanted = Array.from({ length: 60 }, (_, n) => n * 2);
    expect(kept(evenTimes(60, 120), 30)).toEqual(wanted);
    expect(kept(evenTimes(60, 120).map(Math.round), 30)).toEqual(wanted);
  });

  it('comes within one picture of the wanted number at any pair of rates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 31, max: 240 }), fc.integer({ min: 1, max: 30 }), (rate, fps) => {
        const times = evenTimes(rate, rate * 4);
        expect(Math.abs(kept(times, fps).length - fps * 4)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('decides the same for a chunk as for the whole', () => {
    const times = evenTimes(50, 200);
    const whole = countKept(times, 30, 0, Number.POSITIVE_INFINITY);
    expect(countKept(times, 30, 0, 1333) + countKept(times, 30, 1333, 4000)).toBe(whole);
  });
});

describe('rankOf', () => {
  it('finds the index of every time, also when it took another road through floating point', () => {
    const times = evenTimes(24000 / 1001, 500);
    times.forEach((ms, index) => {
      expect(rankOf(times, ms + 1e-6)).toBe(index);
      expect(rankOf(times, ms - 1e-6)).toBe(index);
    });
  });
});

describe('longestGap', () => {
  it('finds a hole in an even stream', () => {
    const times = evenTimes(25, 100).filter((ms) => ms < 800 || ms >= 2000);
    expect(longestGap(times)).toEqual({ startMs: 800, endMs: 2000 });
  });

  it('takes an uneven stream for what it is', () => {
    expect(longestGap([0, 40, 200, 260, 300, 1900, 1940, 2100, 2300, 2400, 2410])).toBeNull();
    expect(longestGap(evenTimes(25, 100))).toBeNull();
    expect(longestGap([])).toBeNull();
  });
});

describe('uprightFromMatrix', () => {
  const ONE = 65_536;
  it.each([
    ['upright', [ONE, 0, 0, 0, ONE], 0, ''],
    ['a phone held upright', [0, ONE, 0, -ONE, 0], 90, 'transpose=clock'],
    ['upside down', [-ONE, 0, 0, 0, -ONE], 180, 'hflip,vflip'],
    ['the other way', [0, -ONE, 0, ONE, 0], 270, 'transpose=cclock'],
    ['a mirrored front camera', [-ONE, 0, 0, 0, ONE], 180, 'hflip'],
    ['nonsense', [0, 0, 0, 0, 0], 0, ''],
    ['nothing', [], 0, ''],
  ] as const)('turns %s', (_, matrix, rotation, uprightFilters) => {
    expect(uprightFromMatrix(matrix)).toEqual({ rotation, uprightFilters });
  });
});

describe('uprightSize', () => {
  it('makes pixels square and ignores absurd aspects', () => {
    expect(uprightSize(720, 576, { num: 64, den: 45 }, 0)).toEqual({ width: 1024, height: 576 });
    expect(uprightSize(640, 360, { num: 0, den: 1 }, 90)).toEqual({ width: 360, height: 640 });
    expect(uprightSize(640, 360, { num: 60_000, den: 1 }, 0)).toEqual({ width: 640, height: 360 });
  });
});
