import { VOICED_FROM } from './analyse-sound.ts';
import { quantile } from './numbers.ts';
import type { SoundSteps } from './sound-steps.ts';

const UNCLEAR = {
  /** Decibels below the loud part of the speech, and how voice-like a step must sound to be counted. */
  below: 12,
  crossings: 0.13,
  flatness: 0.15,
  /** Steps below which nothing is said. */
  least: 50,
} as const;

/**
 * Of the loud steps of speech that sound like vowels, the share without one clear pitch. Two voices at once blur each other's
 * periods; so do a very rough voice and music under the speech. `null` where there are too few.
 */
export const unclearShare = (
  { level, crossings, flatness, clarity }: SoundSteps,
  spoken: Uint8Array,
): number | null => {
  const every = Math.max(1, Math.floor(level.length / 20_000));
  const levels: number[] = [];
  for (let step = 0; step < level.length; step += every) {
    if (spoken[step] === 1) {
      levels.push(level[step] ?? -120);
    }
  }
  const loud = (quantile(levels, 0.9) ?? 0) - UNCLEAR.below;
  let [counted, unclear] = [0, 0];
  for (let step = 0; step < level.length; step += 1) {
    const isVowel = (crossings[step] ?? 1) <= UNCLEAR.crossings && (flatness[step] ?? 1) <= UNCLEAR.flatness;
    if (spoken[step] === 1 && isVowel && (level[step] ?? -120) >= loud) {
      counted += 1;
      unclear += (clarity[step] ?? 0) < VOICED_FROM ? 1 : 0;
    }
  }
  return counted < UNCLEAR.least ? null : unclear / counted;
};
