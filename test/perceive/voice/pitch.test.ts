import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSoundAnalyser, type SoundAnalysis } from '../../../src/perceive/voice/analyse-sound.ts';
import { STEP_MS } from '../../../src/perceive/voice/sound-steps.ts';
import { noise, voice } from './made-sounds.ts';

const analyse = (samples: Float32Array): SoundAnalysis => {
  const analyser = createSoundAnalyser();
  analyser.push(samples);
  return analyser.finish();
};

/** Ratios of the pitch found to the true one, away from the ends. */
const ratios = (found: Float32Array, truth: (t: number) => number): number[] =>
  [...found].slice(8, -8).map((hertz, index) => hertz / truth(((index + 8.5) * STEP_MS) / 1000));

describe('pitch', () => {
  it.each([75, 98, 131, 220, 317, 440, 610])('finds a voice of %d Hz within half a percent', (hertz) => {
    const { steps } = analyse(voice({ seconds: 1, hertz: () => hertz }));
    for (const ratio of ratios(steps.pitch, () => hertz)) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.005);
    }
  });

  it('finds a pure tone within half a percent', () => {
    const tone = Float32Array.from(
      { length: 16_000 },
      (_, index) => 0.4 * Math.sin((2 * Math.PI * 233 * index) / 16_000),
    );
    for (const ratio of ratios(analyse(tone).steps.pitch, () => 233)) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.005);
    }
  });

  it('follows a glide of two octaves in two seconds', () => {
    const truth = (t: number): number => 100 * 2 ** t;
    for (const ratio of ratios(analyse(voice({ seconds: 2, hertz: truth })).steps.pitch, truth)) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    }
  });

  it('follows a vibrato of a semitone, five a second', () => {
    const truth = (t: number): number => 200 * 2 ** (Math.sin(2 * Math.PI * 5 * t) / 12);
    for (const ratio of ratios(analyse(voice({ seconds: 2, hertz: truth })).steps.pitch, truth)) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.015);
    }
  });

  it('keeps its octave at 10 dB of noise', () => {
    const clean = voice({ seconds: 2, hertz: () => 140 });
    const dirt = noise(2, 0.12);
    const { steps } = analyse(clean.map((sample, index) => sample + (dirt[index] ?? 0)));
    const found = ratios(steps.pitch, () => 140).filter(Number.isFinite);
    expect(found.length).toBeGreaterThan(150);
    expect(found.filter((ratio) => Math.abs(Math.log2(ratio)) > 0.5)).toEqual([]);
  });

  it('finds none in noise and none in silence', () => {
    expect([...analyse(noise(2)).steps.pitch].filter((hertz) => hertz > 0).length).toBeLessThan(4);
    expect([...analyse(new Float32Array(16_000)).steps.pitch].filter((hertz) => hertz > 0)).toEqual([]);
  });

  it('measures how even the periods are', () => {
    const changeOf = (jitter: number): number => {
      const { steps } = analyse(voice({ seconds: 2, hertz: () => 120, jitter }));
      const sum = (column: Float32Array): number => column.reduce((total, value) => total + value, 0);
      return sum(steps.periodChange) / sum(steps.cycles);
    };
    expect(changeOf(0)).toBeLessThan(0.002);
    // Uniform changes of ±3 % differ by 2 % from one period to the next, on average.
    expect(changeOf(0.03)).toBeGreaterThan(0.012);
    expect(changeOf(0.03)).toBeLessThan(0.03);
  });
});

describe('the analyser', () => {
  const sound = voice({ seconds: 0.6, hertz: (t) => 120 + 60 * t });
  const whole = analyse(sound);

  it('gives the same numbers whatever the blocks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 12 }), (cuts) => {
        const analyser = createSoundAnalyser();
        let from = 0;
        for (const length of cuts) {
          analyser.push(sound.subarray(from, from + length));
          from = Math.min(sound.length, from + length);
        }
        analyser.push(sound.subarray(from));
        expect(analyser.finish()).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  it('counts what is no number, and goes on', () => {
    const broken = sound.map((sample, index) => (index % 100 === 7 ? Number.NaN : index === 50 ? Infinity : sample));
    const { steps, invalid } = analyse(broken);
    expect(invalid).toBe(97);
    expect([...steps.level].every(Number.isFinite)).toBe(true);
  });

  it('takes no samples at all', () => {
    expect(analyse(new Float32Array(0)).steps.level).toHaveLength(0);
  });

  it('has one step for every 10 ms', () => {
    expect(whole.steps.level).toHaveLength(60);
  });

  it('sees cut-off peaks', () => {
    const loud = voice({ seconds: 0.5, hertz: () => 150 }).map((sample) => Math.max(-1, Math.min(1, 9 * sample)));
    expect([...analyse(loud).steps.clipped].filter((value) => value === 1).length).toBeGreaterThan(30);
    expect([...whole.steps.clipped].filter((value) => value === 1)).toEqual([]);
  });
});
