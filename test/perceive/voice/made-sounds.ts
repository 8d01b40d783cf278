import { SOUND } from '../../../src/perceive/voice/sound-steps.ts';

const RATE = SOUND.sampleRate;

/** A repeatable source of noise, −1 to 1. */
export const noiseSource = (seed = 1): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x40000000 - 1;
  };
};

export const noise = (seconds: number, amplitude = 0.3, seed = 1): Float32Array => {
  const next = noiseSource(seed);
  return Float32Array.from({ length: Math.round(seconds * RATE) }, () => amplitude * next());
};

/** What a made voice does at a time, in seconds. */
export type VoicePlan = {
  seconds: number;
  hertz: (t: number) => number;
  /** 0–1; default: steady. */
  level?: (t: number) => number;
  /** Share of the period by which each may be longer or shorter. */
  jitter?: number;
  /** Amplitude of the background. */
  background?: number;
};

/** A sum of falling harmonics, as a voice has them: −9 dB an octave. */
export const voice = ({ seconds, hertz, level = () => 1, jitter = 0, background = 3e-4 }: VoicePlan): Float32Array => {
  const next = noiseSource(7);
  let phase = 0;
  let wobble = 1;
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, index) => {
    const t = index / RATE;
    const before = Math.floor(phase);
    phase += (hertz(t) * wobble) / RATE;
    if (Math.floor(phase) > before) {
      wobble = 1 + jitter * next();
    }
    let sum = 0;
    for (let harmonic = 1; harmonic <= 12 && harmonic * hertz(t) < 7000; harmonic += 1) {
      sum += Math.cos(2 * Math.PI * harmonic * phase) / harmonic ** 1.5;
    }
    return 0.2 * level(t) * sum + background * next();
  });
};

/** Talk: a wandering, wavering pitch in syllables, `rate` a second, within the stretches. */
export const talk = (
  seconds: number,
  stretches: ReadonlyArray<readonly [number, number]>,
  { rate = 4, middle = 130, background = 3e-4 }: { rate?: number; middle?: number; background?: number } = {},
): Float32Array =>
  voice({
    seconds,
    background,
    jitter: 0.01,
    hertz: (t) => middle * 2 ** ((2 * Math.sin(2.3 * t) + Math.sin(7 * t)) / 12),
    level: (t) =>
      stretches.some(([from, to]) => t >= from && t < to) ? 0.15 + 0.85 * Math.sin(Math.PI * rate * t) ** 2 : 0,
  });
