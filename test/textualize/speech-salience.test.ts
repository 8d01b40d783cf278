import { describe, expect, it } from 'vitest';
import type { ObservationOf } from '../../src/contracts/index.ts';
import { salienceOf } from '../../src/textualize/index.ts';

const said = (quote: string): ObservationOf<'speech'> => ({
  id: 'o1',
  kind: 'speech',
  subject: 'P1',
  range: { startMs: 0, endMs: 1000 },
  confidence: 0.9,
  source: 'sidecar/srt',
  text: `From 0:00.0 to 0:01.0 the person says "${quote}".`,
  speech: { quote, words: [], language: 'en', speaker: 'P1' },
});

describe('quotations in a short list', () => {
  it('come by what they carry: feeling, then denial and stress, then small talk, then hesitation', () => {
    const quotes = ['I absolutely love it!', 'I did not expect that.', 'The meeting is at nine.', 'Um, uh.'];
    const weights = quotes.map((quote) => salienceOf(said(quote)));
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(new Set(weights).size).toBe(4);
  });

  it('put a laugh in the captions before small talk', () => {
    expect(salienceOf(said('[laughter]'))).toBeGreaterThan(salienceOf(said('The meeting is at nine.')));
  });
});
