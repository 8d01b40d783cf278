import { PitchDetector } from 'pitchy';
import { lowPassTaps } from './filters.ts';
import { SOUND } from './sound-steps.ts';

/** Voices from a deep creak to a shout. */
export const PITCH_RANGE = { lowest: 63, highest: 700 } as const;

/**
 * The pitch is looked for below this frequency and at half the sample rate: formants are out of the way, and the
 * autocorrelation costs a quarter.
 */
const CUTOFF = 1000;
const TAPS = 31;
/** Samples that the low-pass needs on both sides of the one it gives. */
export const LOW_PASS_REACH = (TAPS - 1) / 2;

/** Writes every second sample of the low-passed sound: entry n of `low` belongs to sample 2n. Entries `from` up to and without `to`. */
export const createHalver = (): ((samples: Float32Array, low: Float32Array, from: number, to: number) => void) => {
  const taps = lowPassTaps(CUTOFF, TAPS);
  return (samples, low, from, to) => {
    for (let entry = from; entry < to; entry += 1) {
      const middle = 2 * entry;
      let sum = (taps[LOW_PASS_REACH] ?? 0) * (samples[middle] ?? 0);
      for (let tap = 1; tap <= LOW_PASS_REACH; tap += 1) {
        sum += (taps[LOW_PASS_REACH + tap] ?? 0) * ((samples[middle - tap] ?? 0) + (samples[middle + tap] ?? 0));
      }
      low[entry] = sum;
    }
  };
};

export type PitchCandidate = { hertz: number; clarity: number };

/**
 * Finds the fundamental around an entry of the halved sound, in a window of `SOUND.pitch` samples: McLeod's pitch method
 * (pitchy). `hertz` is NaN where there is none in `PITCH_RANGE`. The answer is overwritten by the next call.
 */
export const createPitchFinder = (): ((low: Float32Array, middle: number) => PitchCandidate) => {
  const length = SOUND.pitch / 2;
  const detector = PitchDetector.forFloat32Array(length);
  // The first maximum this close to the highest is the period: lower picks harmonics, higher picks multiples.
  detector.clarityThreshold = 0.95;
  detector.minVolumeAbsolute = 1e-5;
  const found: PitchCandidate = { hertz: Number.NaN, clarity: 0 };
  return (low, middle) => {
    const start = middle - length / 2;
    const [hertz, clarity] = detector.findPitch(low.subarray(start, start + length), SOUND.sampleRate / 2);
    found.clarity = Math.min(1, Math.max(0, clarity));
    found.hertz = hertz >= PITCH_RANGE.lowest && hertz <= PITCH_RANGE.highest ? hertz : Number.NaN;
    return found;
  };
};
