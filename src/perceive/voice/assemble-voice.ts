import type { VoicePercepts } from '../../contracts/index.ts';
import type { SoundAnalysis } from './analyse-sound.ts';
import { burstsOf } from './bursts.ts';
import { cleanPitch } from './clean-pitch.ts';
import { rounded } from './numbers.ts';
import { prosodyOf } from './prosody.ts';
import { soundQualityOf } from './sound-quality.ts';
import { STEP_MS } from './sound-steps.ts';
import { speechSegments } from './speech-segments.ts';
import { utterancesOf } from './utterances.ts';

export type SoundFacts = { detector: string; channels: number; deadChannels: number | null; sampleRate: number };

/** Steps joined in one entry of the percepts: 20 ms are finer than any picture, and half as many numbers. */
const JOINED = 2;
/** Digital silence, dBFS. */
export const DIGITAL_SILENCE = -80;

/** What was measured step by step, as percepts. */
export const assembleVoice = (sound: SoundAnalysis, speech: Float32Array, facts: SoundFacts): VoicePercepts => {
  const { steps } = sound;
  const segments = speechSegments(speech);
  const spoken = new Uint8Array(steps.level.length);
  for (const { startMs, endMs } of segments) {
    spoken.fill(1, Math.round(startMs / STEP_MS), Math.round(endMs / STEP_MS));
  }
  const pitch = cleanPitch(steps.pitch, spoken);
  const entries = Math.ceil(steps.level.length / JOINED);
  const column = (values: Float32Array, decimals: number, usable: (value: number) => boolean): Array<number | null> =>
    Array.from({ length: entries }, (_, entry) => {
      let [sum, count] = [0, 0];
      for (let step = entry * JOINED; step < Math.min(values.length, (entry + 1) * JOINED); step += 1) {
        const value = values[step] ?? Number.NaN;
        if (usable(value)) {
          sum += value;
          count += 1;
        }
      }
      return count === 0 ? null : rounded(sum / count, decimals);
    });
  return {
    stepMs: STEP_MS * JOINED,
    t: Array.from({ length: entries }, (_, entry) => Math.round((entry + 0.5) * JOINED * STEP_MS)),
    pitch: column(pitch, 1, (value) => value > 0),
    loudness: column(steps.level, 1, (value) => value > DIGITAL_SILENCE),
    voicing: column(steps.clarity, 2, Number.isFinite),
    speech: column(speech, 2, Number.isFinite),
    detector: facts.detector,
    segments,
    utterances: utterancesOf(segments).map((utterance) => prosodyOf(utterance, steps, pitch)),
    bursts: burstsOf(steps, pitch, segments),
    quality: soundQualityOf(sound, { ...facts, spoken, pitch }),
  };
};
