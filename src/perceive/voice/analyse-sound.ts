import { LIMITS } from '../../kit/limits.ts';
import { createHighPass } from './filters.ts';
import { createGrowingColumns } from './growing-columns.ts';
import { createHalver, createPitchFinder, LOW_PASS_REACH } from './pitch-finder.ts';
import { SOUND, type SoundSteps, STEP_MS } from './sound-steps.ts';
import { createSpectralShaper } from './spectral-shape.ts';
import { CYCLE_LEAST, type Cycle, followCycles } from './voice-cycles.ts';

export type SoundAnalysis = {
  steps: SoundSteps;
  /** Frequency below which 99.9 % of the energy lies, Hz; `null` in silence. */
  bandwidth: number | null;
  /** Samples that were not numbers. */
  invalid: number;
  /** Samples heard. */
  samples: number;
};

export type SoundAnalyser = {
  /** Takes mono samples at `SOUND.sampleRate`, −1…1, in blocks of any length. The array is not kept and not changed. */
  push: (samples: Float32Array) => void;
  finish: () => SoundAnalysis;
};

/** Below this a step holds nothing to measure (dBFS). */
const SILENT = -75;
/** Pitch clarity from which a step counts as voiced. */
export const VOICED_FROM = 0.78;
/** Samples kept behind the current step: the longest window, and the periods that are followed. */
const BEHIND = 2048;
const AHEAD = 640;
const CAPACITY = 32_768;
/** Full-scale share from which equal neighbouring samples are a cut-off peak. */
const FULL_SCALE = 0.985;

const levelOf = (samples: Float32Array, from: number, to: number): number => {
  let sum = 0;
  for (let index = from; index < to; index += 1) {
    const sample = samples[index] ?? 0;
    sum += sample * sample;
  }
  return 10 * Math.log10(sum / (to - from) + 1e-12);
};

const crossingsOf = (samples: Float32Array, from: number, to: number): number => {
  let count = 0;
  for (let index = from + 1; index < to; index += 1) {
    count += (samples[index] ?? 0) >= 0 !== (samples[index - 1] ?? 0) >= 0 ? 1 : 0;
  }
  return count / (to - from);
};

/**
 * Measures sound as it comes, in memory that does not grow but for the columns.
 *
 * @param options `expectedMs`: length of the sound, where it is known
 */
export const createSoundAnalyser = ({ expectedMs = 0 }: { expectedMs?: number } = {}): SoundAnalyser => {
  const columns = createGrowingColumns(Math.ceil(Math.min(LIMITS.durationMs, expectedMs) / STEP_MS) + 16);
  const highPass = createHighPass(60);
  const halve = createHalver();
  const findPitch = createPitchFinder();
  const spectra = createSpectralShaper();
  const buffer = new Float32Array(CAPACITY);
  const low = new Float32Array(CAPACITY / 2);
  const clipped = new Uint8Array(CAPACITY);
  // The silence before the first sample lets the first windows be whole.
  let filled = BEHIND;
  let halved = BEHIND / 2;
  let next = BEHIND;
  let heard = 0;
  let invalid = 0;
  let runAtPeak = 0;
  let mark: number | null = null;
  let previous: Cycle | null = null;

  const cyclesOf = (hertz: number, index: number, from: number, to: number): void => {
    if (Number.isNaN(hertz)) {
      mark = null;
      previous = null;
      return;
    }
    mark = followCycles(buffer, { from: mark, start: from, end: to, period: SOUND.sampleRate / hertz }, (cycle) => {
      if (previous !== null && cycle.correlation >= CYCLE_LEAST && previous.correlation >= CYCLE_LEAST) {
        columns.increase('cycles', index, 1);
        columns.increase('correlation', index, cycle.correlation);
        columns.increase('periodChange', index, Math.abs(cycle.period - previous.period) / previous.period);
        columns.increase(
          'peakChange',
          index,
          (2 * Math.abs(cycle.peakToPeak - previous.peakToPeak)) / (cycle.peakToPeak + previous.peakToPeak + 1e-9),
        );
      }
      previous = cycle;
    });
  };

  const measureStep = (): void => {
    const index = columns.add();
    const [from, to] = [next, next + SOUND.step];
    const middle = from + SOUND.step / 2;
    const level = levelOf(buffer, from, to);
    columns.set('level', index, level);
    columns.set('crossings', index, crossingsOf(buffer, from, to));
    columns.set('clipped', index, clipped.subarray(from, to).includes(1) ? 1 : 0);
    const audible = level > SILENT;
    const { hertz, clarity } = audible ? findPitch(low, middle / 2) : { hertz: Number.NaN, clarity: 0 };
    const pitch = clarity >= VOICED_FROM ? hertz : Number.NaN;
    columns.set('pitch', index, pitch);
    columns.set('clarity', index, Number.isNaN(hertz) ? 0 : clarity);
    cyclesOf(pitch, index, from, to);
    // Spectra change slowly: every second one is taken twice.
    if (index % 2 === 0 || index === 0) {
      const { flatness, tilt, high } = audible
        ? spectra.shape(buffer, middle - SOUND.spectrum / 2)
        : { flatness: 1, tilt: 0, high: 0 };
      columns.set('flatness', index, flatness);
      columns.set('tilt', index, tilt);
      columns.set('high', index, high);
    } else {
      for (const name of ['flatness', 'tilt', 'high'] as const) {
        columns.set(name, index, columns.get(name, index - 1));
      }
    }
    next = to;
  };

  const makeRoom = (): void => {
    const keepFrom = next - BEHIND;
    buffer.copyWithin(0, keepFrom, filled);
    clipped.copyWithin(0, keepFrom, filled);
    low.copyWithin(0, keepFrom / 2, halved);
    filled -= keepFrom;
    halved -= keepFrom / 2;
    next -= keepFrom;
    mark = mark === null ? null : mark - keepFrom;
  };

  const take = (samples: Float32Array): void => {
    const target = buffer.subarray(filled, filled + samples.length);
    for (let index = 0; index < samples.length; index += 1) {
      const sample = samples[index] ?? 0;
      const usable = Number.isFinite(sample);
      invalid += usable ? 0 : 1;
      const value = usable ? Math.min(4, Math.max(-4, sample)) : 0;
      runAtPeak = Math.abs(value) >= FULL_SCALE ? runAtPeak + 1 : 0;
      clipped[filled + index] = runAtPeak >= 2 ? 1 : 0;
      target[index] = value;
    }
    highPass(target);
    filled += samples.length;
    const ready = Math.max(halved, Math.floor((filled - LOW_PASS_REACH) / 2));
    halve(buffer, low, halved, ready);
    halved = ready;
    while (next + SOUND.step + AHEAD <= filled) {
      measureStep();
    }
  };

  const push = (samples: Float32Array): void => {
    heard += samples.length;
    const piece = CAPACITY / 4;
    for (let from = 0; from < samples.length; from += piece) {
      if (filled + piece > CAPACITY) {
        makeRoom();
      }
      take(samples.subarray(from, Math.min(samples.length, from + piece)));
    }
  };

  return {
    push,
    finish: () => {
      const samples = heard;
      push(new Float32Array(AHEAD + SOUND.step));
      const steps = columns.finish(Math.round(samples / SOUND.step));
      return { steps, bandwidth: spectra.rollOff(0.999), invalid, samples };
    },
  };
};
