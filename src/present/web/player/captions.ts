import type { CueTrack } from '../worker/tracks.ts';

const stamp = (ms: number): string => {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
};

/** The words as WebVTT, for the player's captions. What looks like markup is written so that it is read as words. */
export const captionsOf = (cues: readonly CueTrack[]): string =>
  [
    'WEBVTT',
    ...cues.map(
      ({ startMs, endMs, text }) =>
        `${stamp(startMs)} --> ${stamp(endMs)}\n${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\s+/g, ' ')}`,
    ),
  ].join('\n\n');
