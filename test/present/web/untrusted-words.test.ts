import { describe, expect, it } from 'vitest';
import { pairOf } from '../../../src/present/web/app/media-of.ts';
import { captionsOf } from '../../../src/present/web/player/captions.ts';

describe('words from outside', () => {
  it('become captions that cannot be markup, settings or another cue', () => {
    const captions = captionsOf([
      {
        startMs: 62_345,
        endMs: 3_723_004,
        text: '<c.loud>Hi</c> & bye\n\n00:00:00.000 --> 00:00:09.000\nforged',
        speaker: null,
        words: [],
      },
    ]);
    expect(captions.split('\n')).toEqual([
      'WEBVTT',
      '',
      '00:01:02.345 --> 01:02:03.004',
      '&lt;c.loud&gt;Hi&lt;/c&gt; &amp; bye 00:00:00.000 --&gt; 00:00:09.000 forged',
    ]);
  });

  it('are taken from the file beside the clip, in whichever order the two are dropped', () => {
    const [clip, words] = [new File([], 'talk.mp4'), new File([], 'talk.SRT')];
    expect(pairOf([words, clip])).toEqual({ media: clip, words });
    expect(pairOf([clip, words])).toEqual({ media: clip, words });
    // Alone, a file of measurements or words is itself what was brought.
    expect(pairOf([words])).toEqual({ media: words, words: null });
  });
});
