import type { SoundQuality } from '../../contracts/index.ts';
import type { SoundAnalysis } from './analyse-sound.ts';
import { heldShare } from './held-notes.ts';
import { noiseFloor } from './noise-floor.ts';
import { quantile, rounded } from './numbers.ts';
import { unclearShare } from './unclear-pitch.ts';

export type QualityFacts = {
  channels: number;
  deadChannels: number | null;
  sampleRate: number;
  /** Whether somebody speaks, one entry a step. */
  spoken: Uint8Array;
  pitch: Float32Array;
};

/** Digital silence, dBFS. */
const SILENT = -80;
/** Steps of speech below which it is not judged. */
const LEAST_SPEECH = 20;

/** How well the sound can be read. */
export const soundQualityOf = (sound: SoundAnalysis, facts: QualityFacts): SoundQuality => {
  const { level, clipped } = sound.steps;
  const { spoken, pitch } = facts;
  const count = level.length;
  const floor = noiseFloor(level);
  const background: number[] = [];
  let [speech, clippedSteps, silent, unvoiced, power] = [0, 0, 0, 0, 0];
  const within: number[] = [];
  for (let step = 0; step < count; step += 1) {
    const own = level[step] ?? SILENT;
    silent += own < SILENT ? 1 : 0;
    if (own >= SILENT) {
      background.push(floor[step] ?? SILENT);
    }
    if (spoken[step] === 1) {
      speech += 1;
      within.push(floor[step] ?? SILENT);
      clippedSteps += clipped[step] ?? 0;
      unvoiced += (pitch[step] ?? Number.NaN) > 0 ? 0 : 1;
      power += 10 ** (own / 10);
    }
  }
  const noise = quantile(thinned(background), 0.5);
  const noiseOfSpeech = quantile(thinned(within), 0.5);
  const heard = speech >= LEAST_SPEECH;
  return {
    channels: Math.max(1, facts.channels),
    sampleRate: Math.max(1, Math.round(facts.sampleRate)),
    noiseLevel: noise === null ? null : rounded(noise, 1),
    speechToNoise:
      heard && noiseOfSpeech !== null ? rounded(10 * Math.log10(power / speech + 1e-12) - noiseOfSpeech, 1) : null,
    bandwidth: sound.bandwidth === null ? null : Math.round(sound.bandwidth),
    clippedShare: speech === 0 ? 0 : rounded(clippedSteps / speech, 3),
    silentShare: count === 0 ? 1 : rounded(silent / count, 3),
    unvoicedShare: heard ? rounded(unvoiced / speech, 3) : null,
    unclearShare: share(unclearShare(sound.steps, spoken)),
    heldShare: share(heldShare(sound.steps.pitch)),
    deadChannels: facts.deadChannels,
  };
};

const share = (value: number | null): number | null => (value === null ? null : rounded(value, 3));

/** A few thousand of them: a median does not need all of two hours. */
const thinned = (values: readonly number[]): number[] => {
  const every = Math.max(1, Math.floor(values.length / 5000));
  return values.filter((_, index) => index % every === 0);
};
