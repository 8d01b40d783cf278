/** When a person's mouth moves with a voice that is heard: what it does then is speech before it is expression. */
import type { TimeRange } from '../contracts/index.ts';
import { type LipMotion, speakerIn } from './speaking.ts';

/** Lips get ready before the sound, and close after it. */
const AROUND_MS = 200;

/**
 * The stretches of voice that are this person's by the movement of the lips.
 *
 * @param segments where a voice is heard; `null` where nobody listened
 */
export const spokenBy = (
  id: string,
  lips: readonly LipMotion[],
  segments: readonly TimeRange[] | null,
): readonly TimeRange[] =>
  (segments ?? [])
    .filter((segment) => speakerIn(lips, [segment]).speaker === id)
    .map(({ startMs, endMs }) => ({ startMs: startMs - AROUND_MS, endMs: endMs + AROUND_MS }));

/** Share of a range that lies in the stretches (in order, overlapping counted once). */
export const shareWithin = ({ startMs, endMs }: TimeRange, stretches: readonly TimeRange[]): number => {
  let covered = 0;
  let from = startMs;
  for (const stretch of stretches) {
    const begin = Math.max(from, stretch.startMs);
    const end = Math.min(endMs, stretch.endMs);
    if (end > begin) {
      covered += end - begin;
      from = end;
    }
  }
  return endMs > startMs ? covered / (endMs - startMs) : 0;
};
