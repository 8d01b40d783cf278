import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardWords } from '../../../src/perceive/speech/guards.ts';
import { WINDOW_MS, windowsOf } from '../../../src/perceive/speech/recognise-speech.ts';
import type { RecognisedCue } from '../../../src/perceive/speech/recogniser.ts';

const cue = (startMs: number, endMs: number, text: string, change: Partial<RecognisedCue> = {}): RecognisedCue => ({
  startMs,
  endMs,
  text,
  speaker: null,
  words: [],
  ...change,
});
const VOICE = [{ startMs: 1000, endMs: 5000 }];
const kept = (cues: RecognisedCue[], voice = VOICE): string[] => guardWords(cues, voice).cues.map(({ text }) => text);

describe('words that nobody said', () => {
  it.each([
    ['silence', cue(6000, 9000, 'Hello there.'), false],
    ['a stock phrase over silence', cue(4500, 9000, 'Thanks for watching!'), false],
    ['a stock phrase over a little voice, in German', cue(4000, 6500, 'Untertitel der Amara.org-Community'), false],
    ['a stock phrase that is said', cue(1000, 3000, 'Thank you for watching.'), true],
    ['what the model doubts twice', cue(1000, 3000, 'Well.', { noSpeech: 0.9, logProbability: -1.4 }), false],
    ['what the model doubts once', cue(1000, 3000, 'Well.', { noSpeech: 0.9, logProbability: -0.2 }), true],
    ['speech', cue(1200, 4800, 'I did not expect that.'), true],
  ])('are left out, and only they: %s', (_, heard, stays) => {
    const { cues, warnings } = guardWords([heard], VOICE);
    expect(cues).toHaveLength(stays ? 1 : 0);
    expect(warnings.map(({ code }) => code)).toEqual(stays ? [] : ['recognition-invented']);
  });

  it('are left out everywhere where no voice was heard at all', () => {
    expect(kept([cue(0, 3000, 'you'), cue(3000, 6000, 'Bye.')], [])).toEqual([]);
  });

  it('are said once where a model loops, in a segment or over segments, and it is marked', () => {
    const loop = guardWords([cue(1000, 5000, `Well ${'no no '.repeat(30)}and then the end.`)], VOICE);
    expect(loop.cues[0]?.text).toBe('Well no no no and then the end.');
    expect(loop.warnings.map(({ code }) => code)).toEqual(['recognition-looped']);
    const segments = Array.from({ length: 12 }, (_, index) => cue(1000 + 300 * index, 1300 + 300 * index, 'I know.'));
    expect(kept(segments)).toHaveLength(3);
  });

  it('are not seen in ordinary repetition', () => {
    const text = 'No, no, no, I said that I said it.';
    expect(kept([cue(1000, 3000, text)])).toEqual([text]);
  });
});

describe('the stretches that are listened to', () => {
  it('hold all voice, in order, without overlap, none longer than the model hears', () => {
    const segments = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 8000 }), fc.integer({ min: 1, max: 70_000 })), { maxLength: 12 })
      .map((steps) => {
        let at = 0;
        return steps.map(([gap, length]) => {
          const startMs = at + gap + 1;
          at = startMs + length;
          return { startMs, endMs: at };
        });
      });
    fc.assert(
      fc.property(segments, (voice) => {
        const durationMs = (voice.at(-1)?.endMs ?? 0) + 100;
        const windows = windowsOf(voice, durationMs);
        for (const [index, { startMs, endMs }] of windows.entries()) {
          expect(endMs - startMs).toBeLessThanOrEqual(WINDOW_MS);
          expect(startMs).toBeGreaterThanOrEqual(windows[index - 1]?.endMs ?? 0);
          expect(endMs).toBeLessThanOrEqual(durationMs);
        }
        const missed = voice.flatMap((segment) => {
          const heard = windows.reduce(
            (sum, { startMs, endMs }) =>
              sum + Math.max(0, Math.min(endMs, segment.endMs) - Math.max(startMs, segment.startMs)),
            0,
          );
          return [segment.endMs - segment.startMs - heard];
        });
        // Less than a quarter of a second is no word.
        expect(Math.max(0, ...missed)).toBeLessThan(240);
      }),
    );
  });
});
