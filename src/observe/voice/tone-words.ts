import type { UtterancePercepts } from '../../contracts/index.ts';
import { rounded } from '../series.ts';
import { type Baseline, reliable } from './baseline.ts';
import { ABSOLUTE_FEATURES, TONE_FEATURES } from './norms.ts';

/** One thing that stands out in an utterance. */
export type Tone = {
  feature: string;
  value: number;
  unit: string;
  /** Standard deviations from the speaker's own baseline; `null` against published norms. */
  relative: number | null;
  word: string;
  /** "the pitch of the voice is raised (252 Hz, +2.1 sd against …)" */
  clause: string;
  /** How far it stands out, in standard deviations. */
  strength: number;
  confidence: number;
};

/** Deviations from which there is a word. Norms are vaguer than a speaker's own baseline. */
const FROM = { own: 1.3, norms: 1.5 } as const;
const CONFIDENCE = { own: 0.75, norms: 0.4 } as const;
/** Spectral tilt of everyday speech, dB. */
const SOFT_TILT = 13.5;
/** Pitch against the norms of a register: the register itself is a guess. */
const REGISTER_FROM = 2;

/** What stands out in an utterance, the most first. */
export const tonesOf = (utterance: UtterancePercepts, baseline: Baseline): Tone[] => {
  if (!reliable(utterance)) {
    return [];
  }
  const tones = TONE_FEATURES.flatMap(({ key, feature, noun, unit, decimals, more, less, normFrom }): Tone[] => {
    const value = utterance.features[key];
    const deviation = value === null ? null : baseline(key, value);
    if (value === null || deviation === null) {
      return [];
    }
    const { z, against } = deviation;
    const from = against === 'own' ? FROM.own : key === 'pitchMedian' ? REGISTER_FROM : (normFrom ?? FROM.norms);
    if (Math.abs(z) < from || (key === 'harmonicity' && z < 0 && !isSoft(utterance))) {
      return [];
    }
    const word = z > 0 ? more : less;
    const reference = against === 'own' ? "the speaker's own baseline" : 'published norms';
    return [
      {
        feature,
        value: rounded(value, decimals),
        unit,
        relative: against === 'own' ? rounded(z, 1) : null,
        word,
        clause: `${noun} ${word} (${number(value, decimals)} ${unitWord(unit)}, ${signed(z)} sd against ${reference})`,
        strength: Math.abs(z),
        confidence: CONFIDENCE[against],
      },
    ];
  });
  const absolute = ABSOLUTE_FEATURES.flatMap(({ key, feature, noun, unit, decimals, from, word }): Tone[] => {
    const value = utterance.features[key];
    return value === null || value < from
      ? []
      : [
          {
            feature,
            value: rounded(value, decimals),
            unit,
            relative: null,
            word,
            clause: `${noun} ${word} (${feature} ${unit === 'share' ? `in ${percent(value)} of the voiced time` : `of ${number(value, decimals)} ${unit}`})`,
            strength: value / from,
            confidence: CONFIDENCE.norms,
          },
        ];
  });
  return [...tones, ...absolute].sort((a, b) => b.strength - a.strength);
};

/** Noise in a voice with a steep spectrum is breath; in a sharp one it is force. */
const isSoft = ({ features }: UtterancePercepts): boolean => (features.spectralTilt ?? 0) >= SOFT_TILT;

const number = (value: number, decimals: number): string => value.toFixed(decimals).replace('-', '−');
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const unitWord = (unit: string): string =>
  unit === 'syllables/s' ? 'syllables a second' : unit === 'share' ? 'of the time' : unit;
