import type { Warning } from '../contracts/index.ts';

/**
 * What the media stage warns of, by code:
 * - `truncated`: the file ends before its own header says, or a picture lacks its lower part.
 * - `damaged`: parts could not be decoded, or were decoded with guesses.
 * - `gap`: a stretch without pictures in a stream that is otherwise evenly spaced.
 * - `type-mismatch`: the name says one format, the bytes another (the bytes decide).
 */
export type MediaWarningCode = 'truncated' | 'damaged' | 'gap' | 'type-mismatch';

export const mediaWarning = (code: MediaWarningCode, message: string): Warning => ({ code, message });

/** Milliseconds as a person reads them: `3.4 s`, `12 min 5 s`. */
export const durationInWords = (ms: number): string => {
  const seconds = ms / 1000;
  if (seconds < 60) {
    return `${Number(seconds.toFixed(1))} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds - minutes * 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
