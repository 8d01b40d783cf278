import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Observation,
  type ObservationOf,
  observeOptions,
  type Percepts,
  type SoundQuality,
  type UtterancePercepts,
  VOICE_FEATURE_NAMES,
} from '../../../src/contracts/index.ts';
import { recordOf } from '../../../src/kit/record-of.ts';
import { observe } from '../../../src/observe/index.ts';
import { findEmotionWords } from '../../../src/textualize/index.ts';

/** A matter-of-fact utterance of two seconds. */
const USUAL: UtterancePercepts['features'] = {
  pitchMedian: 120, pitchRange: 8, pitchSlope: -2, pitchFinal: -1, pitchMovement: 20, loudness: -24, loudnessRange: 14,
  spectralTilt: 13.5, highEnergy: -3, rate: 3.6, pauseShare: 0.05, longestPause: 200, jitter: 1.8, shimmer: 10, harmonicity: 13.5,
  breaks: 1, creak: 0, tremor: null,
}; // biome-ignore format: one table

const utterance = (index: number, features: Partial<UtterancePercepts['features']> = {}): UtterancePercepts => ({
  startMs: index * 3000,
  endMs: index * 3000 + 2000,
  voicedMs: 1200,
  features: { ...USUAL, ...features },
});

const QUALITY: SoundQuality = {
  channels: 1, sampleRate: 16_000, noiseLevel: -65, speechToNoise: 40, bandwidth: 7000, clippedShare: 0, silentShare: 0,
  unvoicedShare: 0.4, deadChannels: null,
}; // biome-ignore format: one table

const recording = (utterances: UtterancePercepts[], quality: Partial<SoundQuality> = {}): Percepts => ({
  schema: 'whyface/percepts@1',
  clip: {
    digest: '0'.repeat(64), kind: 'audio', durationMs: 60_000, width: null, height: null, fps: null, hasAudio: true,
    hasSpeech: utterances.length > 0,
  }, // biome-ignore format: one line a row
  sampling: { fps: 0, frames: 0 },
  frames: { t: [], frame: [] },
  subjects: [],
  voice: {
    stepMs: 20, t: [], pitch: [], loudness: [], voicing: [], speech: [], detector: 'test',
    segments: utterances.map(({ startMs, endMs }) => ({ startMs, endMs })),
    utterances,
    bursts: [],
    quality: { ...QUALITY, ...quality },
  }, // biome-ignore format: columns in one line
  models: [],
  notMeasured: [],
  warnings: [],
});

const observed = async (percepts: Percepts): Promise<Observation[]> =>
  (await observe(percepts, observeOptions.parse({}), { version: 'test' })).observations;

const tones = (observations: readonly Observation[]): ObservationOf<'voice'>[] =>
  observations.filter((each) => each.kind === 'voice').filter(({ voice }) => voice.word !== 'measured');

const arousals = (observations: readonly Observation[]): number[] =>
  observations.flatMap((each) => (each.kind === 'affect' ? [each.affect.arousal] : []));

describe('tone words', () => {
  it('tell the one loud, high and fast utterance of many, against the speaker’s own baseline', async () => {
    const many = Array.from({ length: 9 }, (_, index) => utterance(index, { loudness: -24 + (index % 3) }));
    many[4] = utterance(4, { loudness: -12, pitchMedian: 180, rate: 5.5 });
    const found = tones(await observed(recording(many)));
    expect(new Set(found.map(({ range }) => range.startMs))).toEqual(new Set([12_000]));
    expect(new Set(found.map(({ voice }) => voice.word))).toEqual(new Set(['loud', 'raised', 'fast']));
    expect(found.every(({ voice }) => (voice.relative ?? 0) > 1.3)).toBe(true);
    expect(found.find(({ voice }) => voice.word === 'loud')?.text).toContain("sd against the speaker's own baseline");
  });

  it('fall back on norms with less confidence, and say nothing of loudness then', async () => {
    const [narrow] = tones(await observed(recording([utterance(0, { pitchRange: 2, loudness: -3 })])));
    expect(narrow?.voice).toMatchObject({ feature: 'pitch range', word: 'narrow', relative: null });
    expect(narrow?.confidence ?? 1).toBeLessThan(0.5);
    expect(tones(await observed(recording([utterance(0, { loudness: -3 })])))).toEqual([]);
  });

  it('are not given to a scrap of voice', async () => {
    const scrap = { ...utterance(0, { pitchRange: 30, rate: 9 }), voicedMs: 120 };
    expect(tones(await observed(recording([scrap])))).toEqual([]);
  });

  it('never name a feeling, stay bounded and in the contract, whatever the numbers', async () => {
    const wild = fc.record(
      recordOf(VOICE_FEATURE_NAMES, () =>
        fc.oneof(fc.constant(null), fc.double({ min: -400, max: 900, noNaN: true }), fc.constant(Number.NaN)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(wild, { maxLength: 40 }), async (all) => {
        const observations = await observed(
          recording(all.map((features, index) => ({ ...utterance(index), features }))),
        );
        expect(observations.flatMap(({ text }) => findEmotionWords(text))).toEqual([]);
        expect(observations.length).toBeLessThan(90);
        expect(arousals(observations).every((value) => value >= -1 && value <= 1)).toBe(true);
        expect(tones(observations).every(({ voice }) => Number.isFinite(voice.value))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the arousal of a voice', () => {
  it('rises with a raised, wide and sharp voice, and falls with a low, even and mellow one', async () => {
    const usual = arousals(await observed(recording([utterance(0)])))[0] ?? Number.NaN;
    const [high] = arousals(
      await observed(
        recording([utterance(0, { pitchMedian: 290, spectralTilt: 7, loudnessRange: 20, pitchMovement: 38 })]),
      ),
    );
    const [low] = arousals(
      await observed(
        recording([utterance(0, { pitchMedian: 100, spectralTilt: 19, loudnessRange: 10, pitchMovement: 12 })]),
      ),
    );
    expect(Math.abs(usual)).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.5);
    expect(low).toBeLessThan(-0.4);
  });

  it('is left out where the purpose refuses inference', async () => {
    const refused = {
      ...recording([utterance(0)]),
      notMeasured: [{ what: 'expression, valence and arousal', why: 'refused' }],
    };
    expect(arousals(await observed(refused))).toEqual([]);
  });
});

describe('the quality of the sound', () => {
  it.each([
    ['noisy', { speechToNoise: 6 }],
    ['clipped', { clippedShare: 0.2 }],
    ['narrow-band', { sampleRate: 8000 }],
    ['whispered', { unvoicedShare: 0.95 }],
  ] as const)('is told: %s', async (issue, quality) => {
    const issues = (await observed(recording([utterance(0)], quality))).filter((each) => each.kind === 'quality');
    expect(issues.map((each) => [each.quality.issue, each.quality.region])).toEqual([[issue, 'sound']]);
  });

  it('tells silence from sound without speech', async () => {
    const issueOf = async (silentShare: number): Promise<string[]> =>
      (await observed(recording([], { silentShare, speechToNoise: null, unvoicedShare: null }))).flatMap((each) =>
        each.kind === 'quality' ? [each.quality.issue] : [],
      );
    expect(await issueOf(1)).toEqual(['silent']);
    expect(await issueOf(0)).toEqual(['no-speech']);
  });

  it('is not mentioned where it is good', async () => {
    expect((await observed(recording([utterance(0)]))).filter(({ kind }) => kind === 'quality')).toEqual([]);
  });
});
