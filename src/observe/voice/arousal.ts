import type { UtterancePercepts, VoiceFeatureName } from '../../contracts/index.ts';
import { clamp } from '../series.ts';
import { type Baseline, normDeviation } from './baseline.ts';

/** Source of the observations that carry the score. */
export const VOICE_AROUSAL = 'voice-arousal';
/** And how that of a speech-emotion model's scores begins. */
export const VOICE_MODEL = 'voice-affect/';

/**
 * What speaks for arousal in a voice, and how much: the rule-based fusion of Bone, Lee & Narayanan (2014, "Robust unsupervised
 * arousal rating"), pitch first, then intensity and the balance of the spectrum; with the further cues that Juslin
 * & Laukka (2003, table 7) and Banse & Scherer (1996) find for activated voices. Loudness counts against the speaker's own
 * baseline only: a recording's level says nothing. Nothing is trained.
 */
export const AROUSAL_CUES: readonly { key: VoiceFeatureName; weight: number; norm: { mean: number; sd: number } | null }[] = [
  { key: 'pitchMedian', weight: 1, norm: null },
  { key: 'loudness', weight: 1, norm: null },
  { key: 'spectralTilt', weight: -0.5, norm: null },
  { key: 'loudnessRange', weight: 0.5, norm: { mean: 14.5, sd: 3 } },
  { key: 'pitchMovement', weight: 0.5, norm: { mean: 22, sd: 9 } },
  { key: 'shimmer', weight: 0.5, norm: { mean: 10.5, sd: 2 } },
]; // biome-ignore format: one table

/** Divides the weighted sum of deviations, so that most everyday speech stays within ±.4. */
const SCALE = 4;
/** A single cue counts as this many standard deviations at most. */
const MOST = 3;

/**
 * Arousal of one utterance, −1 to 1: deviations from the speaker's own baseline where there is one, from published norms
 * otherwise. `null` where there is no pitch to go by.
 */
export const arousalOf = ({ features }: UtterancePercepts, baseline: Baseline): number | null => {
  if (features.pitchMedian === null) {
    return null;
  }
  let sum = 0;
  for (const { key, weight, norm } of AROUSAL_CUES) {
    const value = features[key];
    if (value !== null && Number.isFinite(value)) {
      const z = norm === null ? (baseline(key, value)?.z ?? 0) : (value - norm.mean) / norm.sd;
      sum += weight * clamp(z, -MOST, MOST);
    }
  }
  return Math.tanh(sum / SCALE);
};

/** The baseline of speakers at large, for what is said of a whole clip. */
export const normsOnly =
  (all: readonly UtterancePercepts[]): Baseline =>
  (key, value) =>
    normDeviation(all, key, value);
