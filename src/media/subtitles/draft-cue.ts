/** A word or a stretch of words with a time, before anything is checked. */
export type DraftWord = { text: string; startMs: number; endMs: number | null; confidence: number | null };

/** A cue as a file gives it: times may be negative, reversed or absurd. */
export type DraftCue = {
  startMs: number;
  endMs: number;
  text: string;
  speaker: string | null;
  words: readonly DraftWord[];
};

export type SubtitleFormat = 'srt' | 'vtt' | 'ass' | 'tsv' | 'whisper-json' | 'whisperx-json' | 'json' | 'text';

/** What a reader finds in a file. */
export type Draft = {
  format: SubtitleFormat;
  cues: DraftCue[];
  /** As the file states it. */
  language: string | null;
  /** Whether the words have times. */
  timed: boolean;
};
