import { describe, expect, it } from 'vitest';
import type { VoiceFeatureName, VoicePercepts } from '../../../src/contracts/index.ts';
import { VOICE_FEATURE_NAMES, voicePercepts } from '../../../src/contracts/index.ts';
import { recordOf } from '../../../src/kit/record-of.ts';
import { createSoundAnalyser } from '../../../src/perceive/voice/analyse-sound.ts';
import { assembleVoice } from '../../../src/perceive/voice/assemble-voice.ts';
import { utterancesOf } from '../../../src/perceive/voice/utterances.ts';
import { talk, voice } from './made-sounds.ts';

const FACTS = { detector: 'test', channels: 1, deadChannels: null, sampleRate: 16_000 };

/** Measured with the speech told, not detected. */
const measured = (samples: Float32Array, stretches: ReadonlyArray<readonly [number, number]>): VoicePercepts => {
  const analyser = createSoundAnalyser();
  analyser.push(samples);
  const sound = analyser.finish();
  const speech = new Float32Array(sound.steps.level.length);
  for (const [from, to] of stretches) {
    speech.fill(1, Math.round(from * 100), Math.round(to * 100));
  }
  return assembleVoice(sound, speech, FACTS);
};

/** The features of the first utterance; what was not measured is NaN, and fails every comparison. */
const featuresOf = (samples: Float32Array, seconds: number): Record<VoiceFeatureName, number> => {
  const [utterance] = measured(samples, [[0, seconds]]).utterances;
  return recordOf(VOICE_FEATURE_NAMES, (name) => utterance?.features[name] ?? Number.NaN);
};

describe('prosody', () => {
  it('tells median, range, slope and final rise of a melody it knows', () => {
    const falling = featuresOf(voice({ seconds: 2, hertz: (t) => 200 * 2 ** (-3 * t * (1 / 12)) }), 2);
    expect(falling.pitchSlope).toBeCloseTo(-3, 0);
    expect(falling.pitchMedian).toBeGreaterThan(166);
    expect(falling.pitchMedian).toBeLessThan(170);
    expect(falling.pitchRange).toBeCloseTo(5.4, 0);
    const rising = featuresOf(
      voice({ seconds: 1.5, hertz: (t) => (t < 1.3 ? 150 : 150 * 2 ** ((t - 1.3) * 2.5)) }),
      1.5,
    );
    expect(rising.pitchFinal).toBeGreaterThan(2);
  });

  it.each([3, 4, 5.5])('counts %d syllables a second', (rate) => {
    expect(Math.abs(featuresOf(talk(3, [[0, 3]], { rate }), 3).rate - rate)).toBeLessThan(0.5);
  });

  it('measures loudness in decibels of full scale', () => {
    const loud = featuresOf(voice({ seconds: 1, hertz: () => 150 }), 1).loudness ?? 0;
    const quiet = featuresOf(voice({ seconds: 1, hertz: () => 150, level: () => 0.1 }), 1).loudness ?? 0;
    expect(loud - quiet).toBeCloseTo(20, 0);
  });

  it('finds more noise in a noisier voice, and more jitter in an uneven one', () => {
    const clean = featuresOf(voice({ seconds: 2, hertz: () => 130 }), 2);
    const dirty = featuresOf(voice({ seconds: 2, hertz: () => 130, background: 0.08 }), 2);
    const uneven = featuresOf(voice({ seconds: 2, hertz: () => 130, jitter: 0.03 }), 2);
    expect(clean.harmonicity - dirty.harmonicity).toBeGreaterThan(5);
    expect(uneven.jitter / Math.max(0.05, clean.jitter)).toBeGreaterThan(5);
  });

  it('finds a tremor of six swings a second in a held vowel', () => {
    const shaking = featuresOf(
      voice({ seconds: 2, hertz: (t) => 180 * (1 + 0.05 * Math.sin(2 * Math.PI * 6 * t)) }),
      2,
    );
    expect(shaking.tremor).toBeGreaterThan(3);
    expect(shaking.tremor).toBeLessThan(7);
    expect(featuresOf(voice({ seconds: 2, hertz: () => 180 }), 2).tremor).toBeLessThan(0.3);
  });

  it('says nothing of a stretch without a voice', () => {
    const { utterances } = measured(new Float32Array(32_000), [[0, 2]]);
    expect(Object.values(utterances[0]?.features ?? {}).every((value) => value === null)).toBe(true);
  });

  it('keeps to the contract', () => {
    const percepts = measured(talk(4, [[0.5, 3]]), [[0.5, 3]]); // biome-ignore format: short
    expect(() => voicePercepts.parse(percepts)).not.toThrow();
    const { t, pitch, loudness, voicing, speech } = percepts;
    expect(new Set([t, pitch, loudness, voicing, speech].map(({ length }) => length))).toEqual(new Set([200]));
  });
});

describe('utterances', () => {
  it('end at pauses of half a second, and after fifteen seconds', () => {
    const segments = [[0, 1000], [1300, 2000], [2600, 3000], [10_000, 42_000]].map(([startMs = 0, endMs = 0]) => ({ startMs, endMs })); // biome-ignore format: one list
    const found = utterancesOf(segments).map(({ startMs, endMs }) => [startMs, endMs]);
    expect(found.slice(0, 2)).toEqual([[0, 2000], [2600, 3000]]); // biome-ignore format: one list
    expect(found.slice(2).every(([from = 0, to = 0]) => to - from <= 15_000)).toBe(true);
    expect(found.at(-1)?.[1]).toBe(42_000);
  });
});
