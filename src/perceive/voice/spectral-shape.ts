import FFT from 'fft.js';
import { SOUND } from './sound-steps.ts';

const HERTZ_A_BIN = SOUND.sampleRate / SOUND.spectrum;
const binOf = (hertz: number): number => Math.round(hertz / HERTZ_A_BIN);
const BINS = SOUND.spectrum / 2;

export type SpectralShape = { flatness: number; tilt: number; high: number };

export type SpectralShaper = {
  /** Of the `SOUND.spectrum` samples from `start` on. The answer is overwritten by the next call. */
  shape: (samples: Float32Array, start: number) => SpectralShape;
  /** Frequency below which `share` of all energy so far lies, Hz; `null` where there was none. */
  rollOff: (share: number) => number | null;
};

const decibels = (ratio: number): number => 10 * Math.log10(ratio);
/** Keeps ratios of nothing to nothing finite. */
const FLOOR = 1e-9;

/** Shapes of spectra under a Hann window, and their sum. */
export const createSpectralShaper = (): SpectralShaper => {
  const fft = new FFT(SOUND.spectrum);
  const spectrum = fft.createComplexArray();
  const hann = Float32Array.from(
    { length: SOUND.spectrum },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / SOUND.spectrum),
  );
  const window = new Float32Array(SOUND.spectrum);
  const total = new Float64Array(BINS);
  const answer: SpectralShape = { flatness: 1, tilt: 0, high: 0 };
  const bands = {
    bottom: binOf(50),
    flatFrom: binOf(100),
    half: binOf(500),
    thousand: binOf(1000),
    top: binOf(5000),
  };
  return {
    shape: (samples, start) => {
      for (let index = 0; index < SOUND.spectrum; index += 1) {
        window[index] = (samples[start + index] ?? 0) * (hann[index] ?? 0);
      }
      fft.realTransform(spectrum, window);
      let [low, middle, upper, beyond, logs, sum] = [FLOOR, FLOOR, FLOOR, FLOOR, 0, 0];
      for (let bin = bands.bottom; bin < BINS; bin += 1) {
        const real = spectrum[2 * bin] ?? 0;
        const imaginary = spectrum[2 * bin + 1] ?? 0;
        const power = real * real + imaginary * imaginary;
        total[bin] = (total[bin] ?? 0) + power;
        if (bin < bands.half) {
          low += power;
        } else if (bin < bands.thousand) {
          middle += power;
        } else if (bin < bands.top) {
          upper += power;
        } else {
          beyond += power;
        }
        if (bin >= bands.flatFrom && bin < bands.top) {
          logs += Math.log(power + FLOOR);
          sum += power + FLOOR;
        }
      }
      const count = bands.top - bands.flatFrom;
      answer.flatness = Math.min(1, Math.exp(logs / count) / (sum / count));
      answer.tilt = decibels((low + middle) / upper);
      answer.high = decibels((middle + upper + beyond) / low);
      return answer;
    },
    rollOff: (share) => {
      const all = total.reduce((sum, power) => sum + power, 0);
      let below = 0;
      for (const [bin, power] of total.entries()) {
        below += power;
        if (all > 0 && below >= share * all) {
          return bin * HERTZ_A_BIN;
        }
      }
      return null;
    },
  };
};
