import type { VoiceFeatureName } from '../../contracts/index.ts';

/** A feature that has words: how it is named, in which unit, and what more or less of it is called. */
export type ToneFeature = {
  key: VoiceFeatureName;
  /** Its name in observations. */
  feature: string;
  /** Subject of the sentence: "the pitch of the voice is raised". */
  noun: string;
  unit: string;
  decimals: number;
  more: string;
  less: string;
  /** Mean and standard deviation over everyday speech; `null` where only the speaker's own baseline can tell. */
  norm: { mean: number; sd: number } | null;
  /** Smallest standard deviation that an own baseline is given: an even speaker is no reason for large scores. */
  leastSd: number;
  /** Deviation from the norms from which it is told, where they are vaguer than usual. */
  normFrom?: number;
};

/**
 * The features that become tone words.
 *
 * Where the norms come from: the spreads follow published ones, pitch range and slope from Traunmüller & Eriksson (1995, the
 * frequency range of the voice fundamental in the speech of male and female adults), articulation rate from Jacewicz
 * et al. (2009) and de Jong & Wempe (2009, whose automatic counts lie a third below syllables counted by hand, as ours do),
 * perturbation from Teixeira & Fernandes (2014) and Brockmann et al. (2011). The means depend on how a thing is
 * measured, so they were set by this program's own values for 18 read, matter-of-fact sentences of six speakers
 * (LJ Speech and others). A voice is never told male or female by them.
 */
export const TONE_FEATURES: readonly ToneFeature[] = [
  { key: 'pitchMedian', feature: 'pitch', noun: 'the pitch of the voice is', unit: 'Hz', decimals: 0, more: 'raised', less: 'lowered', norm: null, leastSd: 1 },
  { key: 'loudness', feature: 'loudness', noun: 'the voice is', unit: 'dBFS', decimals: 0, more: 'loud', less: 'quiet', norm: null, leastSd: 2 },
  { key: 'rate', feature: 'articulation rate', noun: 'the speech is', unit: 'syllables/s', decimals: 1, more: 'fast', less: 'slow', norm: { mean: 3.6, sd: 0.9 }, leastSd: 0.5 },
  { key: 'pitchRange', feature: 'pitch range', noun: 'the pitch range of the voice is', unit: 'semitones', decimals: 1, more: 'wide', less: 'narrow', norm: { mean: 9, sd: 3.2 }, leastSd: 1.5 },
  { key: 'pitchFinal', feature: 'final pitch', noun: 'the pitch at the end of the utterance is', unit: 'semitones', decimals: 1, more: 'rising', less: 'falling', norm: { mean: -1, sd: 2.5 }, leastSd: 1.5, normFrom: 2 },
  { key: 'spectralTilt', feature: 'spectral tilt', noun: 'the sound of the voice is', unit: 'dB', decimals: 1, more: 'mellow', less: 'sharp', norm: { mean: 13.5, sd: 3.5 }, leastSd: 1.5 },
  { key: 'pauseShare', feature: 'pauses', noun: 'the speech has', unit: 'share', decimals: 2, more: 'many pauses', less: 'few pauses', norm: null, leastSd: 0.08 },
  { key: 'harmonicity', feature: 'harmonics-to-noise ratio', noun: 'the sound of the voice is', unit: 'dB', decimals: 1, more: 'clear', less: 'breathy', norm: { mean: 13.5, sd: 1.8 }, leastSd: 1, normFrom: 2.2 },
  { key: 'jitter', feature: 'jitter', noun: 'the voice is', unit: '%', decimals: 1, more: 'rough', less: 'steady', norm: { mean: 1.9, sd: 0.8 }, leastSd: 0.4, normFrom: 2.2 },
]; // biome-ignore format: one table

/** Shares and swings that are told by themselves, wherever the speaker's baseline lies. */
export const ABSOLUTE_FEATURES = [
  { key: 'creak', feature: 'creak', noun: 'the voice is', unit: 'share', decimals: 2, from: 0.15, word: 'creaky' },
  { key: 'tremor', feature: 'tremor', noun: 'the pitch of the voice is', unit: '%', decimals: 1, from: 6, word: 'unsteady' },
] as const; // biome-ignore format: one table

/**
 * Voices speak in two registers; which one is told by the lowest pitch that is used, not by who speaks (Traunmüller & Eriksson
 * 1995: means of 119 and 207 Hz, within-speaker deviation about 3 semitones in lively speech). Hz, and semitones.
 */
export const REGISTERS = { border: 128, low: 119, high: 207, sd: 3 } as const;
