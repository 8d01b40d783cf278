import type { SpeechCue } from '../contracts/index.ts';
import { timeWord } from '../facs/time-words.ts';
import type { Draft } from './draft.ts';

const OVERLAP = {
  /** Cues are timed to a few tenths of a second; less than this is rounding. */
  leastMs: 300,
  /** Listed at most. */
  most: 20,
} as const;

/** Where the words say themselves that two speakers talk at once: cues of different speakers whose times overlap. */
export const overlappingCues = (cues: readonly SpeechCue[], source: string): Draft[] => {
  const drafts: Draft[] = [];
  for (const [index, cue] of cues.entries()) {
    for (let other = index + 1; drafts.length < OVERLAP.most; other += 1) {
      const next = cues[other];
      // They are sorted by start: no later one can overlap either.
      if (next === undefined || next.startMs > cue.endMs - OVERLAP.leastMs) {
        break;
      }
      const endMs = Math.min(cue.endMs, next.endMs);
      if (
        cue.speaker === null ||
        next.speaker === null ||
        cue.speaker === next.speaker ||
        endMs - next.startMs < OVERLAP.leastMs
      ) {
        continue;
      }
      drafts.push({
        kind: 'quality',
        subject: null,
        range: { startMs: next.startMs, endMs },
        confidence: 0.8,
        source,
        text: `From ${timeWord(next.startMs)} to ${timeWord(endMs)} two speakers of the words talk at once, so the voice there is not one person's.`,
        quality: { issue: 'overlapping', region: 'sound', severity: 0.5 },
      });
    }
  }
  return drafts;
};
