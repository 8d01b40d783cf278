import { LIMITS } from '../../kit/limits.ts';
import type { Draft, DraftCue } from './draft-cue.ts';
import { linesOf } from './lines.ts';

/** Whisper's own table: `start`, `end` (milliseconds) and `text`, one segment a line. */
export const readTsv = (text: string): Draft => {
  const cues: DraftCue[] = [];
  for (const line of linesOf(text)) {
    const [start = '', end = '', ...rest] = line.split('\t');
    if (/^-?\d{1,12}(?:\.\d{1,6})?$/.test(start) && /^-?\d{1,12}(?:\.\d{1,6})?$/.test(end)) {
      cues.push({ startMs: Number(start), endMs: Number(end), text: rest.join(' '), speaker: null, words: [] });
    }
    if (cues.length > LIMITS.subtitleCues) {
      break;
    }
  }
  return { format: 'tsv', cues, language: null, timed: true };
};
