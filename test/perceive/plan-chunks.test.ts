import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src/media/decoder.ts';
import { planChunks } from '../../src/perceive/plan-chunks.ts';

const probeOf = (frameTimes: number[], keyTimes: number[], seekable = true): Probe => ({
  durationMs: Math.round(frameTimes.at(-1) ?? 0),
  declaredDurationMs: null,
  originMs: 0,
  video: {
    width: 640,
    height: 360,
    fps: 25,
    rotation: 0,
    uprightFilters: '',
    codec: 'h264',
    stream: 0,
    frameTimes,
    keyTimes,
    seekable,
    timed: true,
  },
  audio: null,
  warnings: [],
});

describe('chunks of a video', () => {
  it('cover every frame once, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4000 }),
        fc.double({ min: 5, max: 400, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        (frames, step, keyEvery) => {
          const times = Array.from({ length: frames }, (_, index) => index * step);
          const chunks = planChunks(
            probeOf(
              times,
              times.filter((_, index) => index % keyEvery === 0),
            ),
          );
          const found = times.map(
            (ms) => chunks.filter(({ fromMs, toMs }) => Math.floor(ms) >= fromMs && Math.floor(ms) < toMs).length,
          );
          expect(found.every((count) => count === 1)).toBe(true);
          expect(chunks.every(({ fromMs, toMs }) => toMs > fromMs)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives two cores something to do on a clip of ten seconds, and begins chunks where decoding can start', () => {
    const times = Array.from({ length: 250 }, (_, index) => index * 40);
    const chunks = planChunks(probeOf(times, [0, 4400, 9000]));
    expect(chunks.map(({ fromMs }) => fromMs)).toEqual([0, 4400]);
  });

  it('is one chunk where the video cannot be entered in the middle', () => {
    const times = Array.from({ length: 2500 }, (_, index) => index * 40);
    expect(planChunks(probeOf(times, [0], false))).toHaveLength(1);
  });
});
