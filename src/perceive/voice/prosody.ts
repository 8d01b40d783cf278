import type { UtterancePercepts, VoiceFeatureName } from '../../contracts/index.ts';
import { mean, quantile, rounded, semitones, slope } from './numbers.ts';
import { type SoundSteps, STEP_MS } from './sound-steps.ts';
import { syllableNuclei } from './syllables.ts';
import { tremorOf } from './tremor.ts';
import type { Utterance } from './utterances.ts';

/** Voiced time below which nothing is said of a voice. */
const LEAST_VOICED = 12;

const stepAt = (ms: number): number => Math.round(ms / STEP_MS);

/**
 * What is measured of one utterance (`VOICE_FEATURES` holds units and definitions).
 *
 * @param pitch cleaned pitch, NaN where unvoiced; `steps.pitch` holds it as it was found
 */
export const prosodyOf = (utterance: Utterance, steps: SoundSteps, pitch: Float32Array): UtterancePercepts => {
  const [from, to] = [stepAt(utterance.startMs), stepAt(utterance.endMs)];
  const spoken = utterance.segments.flatMap(({ startMs, endMs }) => rangeOf(stepAt(startMs), stepAt(endMs)));
  const voiced = spoken.filter((step) => (pitch[step] ?? Number.NaN) > 0);
  const features =
    voiced.length < LEAST_VOICED
      ? {}
      : {
          ...pitchFeatures(voiced, pitch),
          ...levelFeatures(spoken, voiced, steps),
          ...timeFeatures(utterance, syllableNuclei(steps.level, pitch, from, to).length),
          ...qualityFeatures(voiced, steps, pitch),
          tremor: tremorOf(pitch, from, to),
        };
  return {
    startMs: utterance.startMs,
    endMs: utterance.endMs,
    voicedMs: Math.round(voiced.length * STEP_MS),
    features: complete(features),
  };
};

type Measured = Partial<Record<VoiceFeatureName, number | null>>;

const rangeOf = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

const complete = (measured: Measured): UtterancePercepts['features'] => {
  const value = (name: VoiceFeatureName, decimals: number): number | null => {
    const number = measured[name] ?? null;
    return number === null || !Number.isFinite(number) ? null : rounded(number, decimals);
  };
  return {
    pitchMedian: value('pitchMedian', 1),
    pitchRange: value('pitchRange', 2),
    pitchSlope: value('pitchSlope', 2),
    pitchFinal: value('pitchFinal', 2),
    pitchMovement: value('pitchMovement', 1),
    loudness: value('loudness', 1),
    loudnessRange: value('loudnessRange', 1),
    spectralTilt: value('spectralTilt', 1),
    highEnergy: value('highEnergy', 1),
    rate: value('rate', 2),
    pauseShare: value('pauseShare', 3),
    longestPause: value('longestPause', 0),
    jitter: value('jitter', 2),
    shimmer: value('shimmer', 1),
    harmonicity: value('harmonicity', 1),
    breaks: value('breaks', 2),
    creak: value('creak', 3),
    tremor: value('tremor', 2),
  };
};

const pitchFeatures = (voiced: readonly number[], pitch: Float32Array): Measured => {
  const tones = voiced.map((step) => semitones(pitch[step] ?? 1));
  const seconds = voiced.map((step) => (step * STEP_MS) / 1000);
  const median = quantile(tones, 0.5) ?? 0;
  const high = quantile(tones, 0.95) ?? median;
  const low = quantile(tones, 0.05) ?? median;
  const last = (voiced.at(-1) ?? 0) - 15;
  const ending = tones.filter((_, index) => (voiced[index] ?? 0) > last);
  const before = tones.filter((_, index) => (voiced[index] ?? 0) <= last && (voiced[index] ?? 0) > last - 35);
  const [after, earlier] = [quantile(ending, 0.5), quantile(before, 0.5)];
  const moves = voiced.flatMap((step, index) =>
    voiced[index - 1] === step - 1 ? [Math.abs((tones[index] ?? 0) - (tones[index - 1] ?? 0))] : [],
  );
  return {
    pitchMedian: 2 ** (median / 12),
    pitchRange: high - low,
    pitchSlope: slope(seconds, tones),
    pitchFinal: after === null || earlier === null ? null : after - earlier,
    pitchMovement: ((mean(moves) ?? 0) * 1000) / STEP_MS,
  };
};

const levelFeatures = (spoken: readonly number[], voiced: readonly number[], steps: SoundSteps): Measured => {
  const power = mean(spoken.map((step) => 10 ** ((steps.level[step] ?? -120) / 10)));
  const levels = voiced.map((step) => steps.level[step] ?? -120);
  return {
    loudness: power === null ? null : 10 * Math.log10(power + 1e-12),
    loudnessRange: (quantile(levels, 0.9) ?? 0) - (quantile(levels, 0.1) ?? 0),
    spectralTilt: mean(voiced.map((step) => steps.tilt[step] ?? 0)),
    highEnergy: mean(voiced.map((step) => steps.high[step] ?? 0)),
  };
};

/** A silence from which it is a pause, not the closure of a consonant. */
const PAUSE_MS = 180;

const timeFeatures = ({ startMs, endMs, segments }: Utterance, syllables: number): Measured => {
  const pauses = segments.flatMap((segment, index) => {
    const next = segments[index + 1];
    return next === undefined || next.startMs - segment.endMs < PAUSE_MS ? [] : [next.startMs - segment.endMs];
  });
  const paused = pauses.reduce((sum, ms) => sum + ms, 0);
  const spokenMs = endMs - startMs - paused;
  return {
    rate: syllables < 2 ? null : (syllables * 1000) / spokenMs,
    pauseShare: paused / (endMs - startMs),
    longestPause: Math.max(0, ...pauses),
  };
};

/** Periods below which jitter and the like mean nothing. */
const LEAST_CYCLES = 20;
/** Longest hole in a voice that is a break of it and not a consonant, in steps, and how loud it must stay (dB). */
const BREAK_STEPS = 5;
const BREAK_FALL = 12;
/** Share of the usual pitch below which a voice creaks. */
const CREAK = 0.62;

const qualityFeatures = (voiced: readonly number[], steps: SoundSteps, pitch: Float32Array): Measured => {
  let [cycles, periods, peaks, correlation, breaks, creaking] = [0, 0, 0, 0, 0, 0];
  const usual = quantile(
    voiced.map((step) => pitch[step] ?? 0),
    0.5,
  );
  for (const [index, step] of voiced.entries()) {
    cycles += steps.cycles[step] ?? 0;
    periods += steps.periodChange[step] ?? 0;
    peaks += steps.peakChange[step] ?? 0;
    correlation += steps.correlation[step] ?? 0;
    creaking += (steps.pitch[step] ?? 0) < CREAK * (usual ?? 0) ? 1 : 0;
    const hole = step - (voiced[index - 1] ?? step) - 1;
    if (hole > 0 && hole <= BREAK_STEPS) {
      const beside = Math.min(steps.level[step - hole - 1] ?? 0, steps.level[step] ?? 0);
      const within = mean(rangeOf(step - hole, step).map((each) => steps.level[each] ?? -120)) ?? -120;
      breaks += within > beside - BREAK_FALL ? 1 : 0;
    }
  }
  const regular = Math.min(0.9999, correlation / Math.max(1, cycles));
  const enough = cycles >= LEAST_CYCLES;
  return {
    jitter: enough ? (100 * periods) / cycles : null,
    shimmer: enough ? (100 * peaks) / cycles : null,
    harmonicity: enough ? 10 * Math.log10(regular / (1 - regular)) : null,
    breaks: (breaks * 1000) / (voiced.length * STEP_MS),
    creak: creaking / voiced.length,
  };
};
