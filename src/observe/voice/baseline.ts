import type { UtterancePercepts, VoiceFeatureName } from '../../contracts/index.ts';
import { clamp, quantile } from '../series.ts';
import { REGISTERS, TONE_FEATURES } from './norms.ts';

/** A value against what is usual: for this speaker in this clip, or for speakers at large. */
export type Deviation = { z: number; against: 'own' | 'norms' };

/** What is usual for one speaker. */
export type Baseline = (key: VoiceFeatureName, value: number) => Deviation | null;

/** Utterances that a speaker's own baseline needs, and voiced time that makes one count. */
const LEAST_UTTERANCES = 5;
const LEAST_VOICED_MS = 300;
/** Scores beyond this are told as this. */
const MOST = 5;

/** Of a normal distribution, the share of the median absolute deviation in the standard deviation. */
const MAD = 1.4826;

export const reliable = ({ voicedMs }: UtterancePercepts): boolean => voicedMs >= LEAST_VOICED_MS;

/** Frequencies on the semitone scale, everything else as it is. */
const scaled = (key: VoiceFeatureName, value: number): number =>
  key === 'pitchMedian' ? 12 * Math.log2(Math.max(1, value)) : value;

/**
 * The baseline of the one who says these utterances: medians and median deviations over five utterances and more, else
 * `norms` alone.
 */
export const baselineOf = (utterances: readonly UtterancePercepts[]): Baseline => {
  const used = utterances.filter(reliable);
  const own = new Map<VoiceFeatureName, { mean: number; sd: number }>();
  if (used.length >= LEAST_UTTERANCES) {
    for (const { key, leastSd } of TONE_FEATURES) {
      const values = valuesOf(used, key);
      if (values.length >= LEAST_UTTERANCES) {
        const mean = quantile(values, 0.5);
        const spread = quantile(
          values.map((value) => Math.abs(value - mean)),
          0.5,
        );
        own.set(key, { mean, sd: Math.max(leastSd, MAD * spread) });
      }
    }
  }
  return (key, value) => {
    const usual = own.get(key);
    return usual === undefined ? normDeviation(utterances, key, value) : deviation(scaled(key, value), usual, 'own');
  };
};

/** Against published norms; pitch against those of the register the speaker uses. */
export const normDeviation = (
  utterances: readonly UtterancePercepts[],
  key: VoiceFeatureName,
  value: number,
): Deviation | null => {
  if (key === 'pitchMedian') {
    const mean = scaled(key, floorOf(utterances) < REGISTERS.border ? REGISTERS.low : REGISTERS.high);
    return deviation(scaled(key, value), { mean, sd: REGISTERS.sd }, 'norms');
  }
  const norm = TONE_FEATURES.find((feature) => feature.key === key)?.norm ?? null;
  return norm === null ? null : deviation(value, norm, 'norms');
};

const deviation = (
  value: number,
  { mean, sd }: { mean: number; sd: number },
  against: Deviation['against'],
): Deviation => ({
  z: clamp((value - mean) / sd, -MOST, MOST),
  against,
});

const valuesOf = (utterances: readonly UtterancePercepts[], key: VoiceFeatureName): number[] =>
  utterances.flatMap(({ features }) => {
    const value = features[key];
    return value === null || !Number.isFinite(value) ? [] : [scaled(key, value)];
  });

/** The pitch that a speaker hardly goes below, Hz: the median of the lower ends of the utterances. */
const floorOf = (utterances: readonly UtterancePercepts[]): number => {
  const floors = utterances.flatMap(({ features: { pitchMedian, pitchRange } }) =>
    pitchMedian === null || pitchRange === null ? [] : [pitchMedian * 2 ** (-pitchRange / 24)],
  );
  return floors.length === 0 ? REGISTERS.high : quantile(floors, 0.5);
};
