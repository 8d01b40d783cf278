import { describe, expect, it } from 'vitest';
import { overlappingCues } from '../../src/observe/overlapping-cues.ts';

const cue = (startMs: number, endMs: number, speaker: string | null) => ({
  startMs,
  endMs,
  text: 'Yes.',
  speaker,
  words: [],
});
const rangesOf = (...cues: ReturnType<typeof cue>[]): unknown =>
  overlappingCues(cues, 'sidecar/vtt').map(({ range }) => range);

describe('words that overlap', () => {
  it('are two speakers at once where the file tells them apart, for as long as both speak', () => {
    expect(rangesOf(cue(0, 2000, 'Anna'), cue(1200, 3000, 'Ben'))).toEqual([{ startMs: 1200, endMs: 2000 }]);
  });

  it.each([
    ['one speaker in two cues', cue(0, 2000, 'Anna'), cue(1200, 3000, 'Anna')],
    ['nobody named', cue(0, 2000, null), cue(1200, 3000, null)],
    ['a tenth of a second', cue(0, 2000, 'Anna'), cue(1900, 3000, 'Ben')],
    ['a cue that is too short', cue(0, 2000, 'Anna'), cue(1000, 1100, 'Ben')],
  ])('are not: %s', (_, first, second) => {
    expect(rangesOf(first, second)).toEqual([]);
  });

  it('are listed within a bound, whatever the file', () => {
    const many = Array.from({ length: 3000 }, (_, index) => cue(index, 100_000, index % 2 === 0 ? 'Anna' : 'Ben'));
    expect(overlappingCues(many, 'sidecar/srt')).toHaveLength(20);
  });
});
