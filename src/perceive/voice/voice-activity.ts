import { noiseFloor } from './noise-floor.ts';
import { type SoundSteps, STEPS_A_SECOND } from './sound-steps.ts';

/** Id of the detector that needs no weights. */
export const VOICE_ACTIVITY = 'voice-activity';

const ACTIVITY = {
  /** Decibels over the background at which a voiced, and an unvoiced, step is as likely speech as not. */
  voicedOver: 6,
  unvoicedOver: 9,
  /** Decibels below the loud parts of the recording (the 95th percentile) that are still somebody close by. */
  belowLoud: 38,
  /** Clarity of the pitch at which a step is as likely voiced as not. */
  clarity: 0.68,
  /** Steps around voice in which the voiceless sounds of the same word may lie. */
  before: 18,
  after: 18,
  /** A tone: the pitch moves by less than this share from step to step … */
  steady: 0.0015,
  /** … in this share of the voiced steps of the stretch around. Voices waver all the time. */
  steadyShare: 0.6,
  /** Half of that stretch. */
  stretch: Math.round(0.5 * STEPS_A_SECOND),
  /** Flatness of a spectrum from which it is noise whatever its pitch. */
  flat: 0.6,
  /** Decibels of tilt from which a sound is a thump or a hum: a voice has something above 1000 Hz. */
  dull: 27,
} as const;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * Probability of speech at every step, without weights: voiced steps that stand out of the background, and the voiceless ones
 * beside them that do. Noise has no pitch; tones and music have one that stays where it is, while a voice wavers.
 */
export const voiceActivity = (steps: SoundSteps): Float32Array => {
  const { level, clarity, flatness, pitch, crossings, tilt } = steps;
  const count = level.length;
  const floor = noiseFloor(level);
  const loud = quantileOf(level, 0.95);
  const tone = toneShare(pitch);
  const voiced = new Float32Array(count);
  const over = (index: number, decibels: number): number =>
    logistic(((level[index] ?? 0) - Math.max((floor[index] ?? 0) + decibels, loud - ACTIVITY.belowLoud)) / 1.5);
  for (let index = 0; index < count; index += 1) {
    const harmonic = logistic(((clarity[index] ?? 0) - ACTIVITY.clarity) / 0.05);
    const coloured = logistic((ACTIVITY.flat - (flatness[index] ?? 1)) / 0.05);
    const bright = logistic((ACTIVITY.dull - (tilt[index] ?? 0)) / 1.5);
    const wavering = logistic((ACTIVITY.steadyShare - (tone[index] ?? 0)) / 0.05);
    voiced[index] = harmonic * coloured * bright * wavering * over(index, ACTIVITY.voicedOver);
  }
  const near = spread(smoothed(voiced), ACTIVITY.before, ACTIVITY.after);
  return voiced.map((own, index) => {
    // Hiss that crosses zero at half the samples and more is an s; what does not is some other noise beside the voice.
    const voiceless =
      (near[index] ?? 0) * over(index, ACTIVITY.unvoicedOver) * ((crossings[index] ?? 0) > 0.6 ? 0.5 : 0.9);
    return Math.max(own, voiceless);
  });
};

/** Share of the voiced steps around each in which the pitch stays where it is. */
const toneShare = (pitch: Float32Array): Float32Array => {
  const count = pitch.length;
  const voiced = new Float32Array(count + 1);
  const steady = new Float32Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    const [before = Number.NaN, now = Number.NaN] = [pitch[index - 1], pitch[index]];
    const both = before > 0 && now > 0;
    voiced[index + 1] = (voiced[index] ?? 0) + (both ? 1 : 0);
    steady[index + 1] = (steady[index] ?? 0) + (both && Math.abs(now / before - 1) < ACTIVITY.steady ? 1 : 0);
  }
  return Float32Array.from({ length: count }, (_, index) => {
    const from = Math.max(0, index - ACTIVITY.stretch);
    const to = Math.min(count, index + ACTIVITY.stretch);
    const all = (voiced[to] ?? 0) - (voiced[from] ?? 0);
    return all < 5 ? 0 : ((steady[to] ?? 0) - (steady[from] ?? 0)) / all;
  });
};

/** Mean of five steps: one voiced step is a click. */
const smoothed = (values: Float32Array): Float32Array =>
  values.map((_, index) => {
    let sum = 0;
    for (let offset = -2; offset <= 2; offset += 1) {
      sum += values[index + offset] ?? 0;
    }
    return sum / 5;
  });

/** The highest value within `before` steps ahead and `after` steps back. */
const spread = (values: Float32Array, before: number, after: number): Float32Array => {
  const result = new Float32Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    let most = 0;
    for (let other = index - after; other <= index + before; other += 1) {
      most = Math.max(most, values[other] ?? 0);
    }
    result[index] = most;
  }
  return result;
};

/** @returns the q-quantile; `Float32Array` sorts by value */
export const quantileOf = (values: Float32Array, q: number): number => {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};
