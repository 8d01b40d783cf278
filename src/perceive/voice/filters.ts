import { SOUND } from './sound-steps.ts';

/** In place; keeps its state from block to block. */
export type Filter = (samples: Float32Array) => void;

/**
 * A Butterworth high-pass of second order at `frequency` Hz (the bilinear biquad of R. Bristow-Johnson's Audio EQ
 * Cookbook). It takes the rumble and the offset that would hide how loud a voice is.
 */
export const createHighPass = (frequency: number): Filter => {
  const omega = (2 * Math.PI * frequency) / SOUND.sampleRate;
  const alpha = Math.sin(omega) / Math.SQRT2;
  const cosine = Math.cos(omega);
  const a0 = 1 + alpha;
  const b0 = (1 + cosine) / 2 / a0;
  const b1 = -(1 + cosine) / a0;
  const a1 = (-2 * cosine) / a0;
  const a2 = (1 - alpha) / a0;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return (samples) => {
    for (let index = 0; index < samples.length; index += 1) {
      const x = samples[index] ?? 0;
      const y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      samples[index] = y;
    }
  };
};

/** Taps of a low-pass: a sinc of `cutoff` Hz under a Hamming window, sum 1. */
export const lowPassTaps = (cutoff: number, count: number): Float32Array => {
  const taps = new Float32Array(count);
  const middle = (count - 1) / 2;
  const share = (2 * cutoff) / SOUND.sampleRate;
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const x = Math.PI * share * (index - middle);
    const window = 0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (count - 1));
    const tap = (x === 0 ? 1 : Math.sin(x) / x) * window;
    taps[index] = tap;
    sum += tap;
  }
  return taps.map((tap) => tap / sum);
};
