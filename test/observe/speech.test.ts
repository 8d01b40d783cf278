import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  analysis as analysisSchema,
  type ObservationOf,
  type Percepts,
  type SpeechCue,
  type SpeechPercepts,
} from '../../src/contracts/index.ts';
import { checkSpeechTimes } from '../../src/observe/speech-times.ts';
import { findEmotionWords } from '../../src/textualize/index.ts';
import { observed } from './support.ts';
import { clipOf, photoOf, subjectOf, timesOf } from './synthetic.ts';

const DURATION = 6000;
const times = timesOf(DURATION);

const cue = (startMs: number, endMs: number, text: string, change: Partial<SpeechCue> = {}): SpeechCue => ({
  startMs,
  endMs,
  text,
  speaker: null,
  words: [],
  ...change,
});

const speechOf = (cues: SpeechCue[], change: Partial<SpeechPercepts> = {}): SpeechPercepts => ({
  source: { kind: 'sidecar', format: 'vtt', name: 'clip.vtt' },
  timed: true,
  language: 'en',
  cues,
  ...change,
});

/** Lips that open and close five times a second between two times, and are shut otherwise. */
const talking = (fromMs: number, toMs: number) => ({
  AU25: (t: number) => (t >= fromMs && t < toMs ? 1.5 + 1.5 * Math.sin((2 * Math.PI * t) / 200) : 0),
  AU26: () => 0,
});

const SILENT = { AU25: () => 0, AU26: () => 0 };

const quotesOf = async (percepts: Percepts): Promise<ObservationOf<'speech'>[]> =>
  (await observed(percepts)).observations.filter(
    (observation): observation is ObservationOf<'speech'> => observation.kind === 'speech',
  );

const EMPTY_VOICE: Omit<NonNullable<Percepts['voice']>, 'segments'> = {
  stepMs: 20, t: [], pitch: [], loudness: [], voicing: [], speech: [], detector: 'test', utterances: [], bursts: [],
  quality: {
    channels: 1, sampleRate: 16_000, noiseLevel: -65, speechToNoise: 40, bandwidth: 7000, clippedShare: 0, silentShare: 0,
    unvoicedShare: 0.4, deadChannels: null,
  },
}; // biome-ignore format: one table

describe('lips that move with a voice', () => {
  const units = async (segments: { startMs: number; endMs: number }[] | null) => {
    const smile = { AU12: (t: number) => (t >= 1200 && t < 3800 ? 3 : 0) };
    const percepts = clipOf([subjectOf({ times, units: { ...talking(1000, 4000), ...smile } })]);
    const voice = segments === null ? {} : { voice: { ...EMPTY_VOICE, segments } };
    const { observations } = await observed({ ...percepts, ...voice });
    return (code: string) =>
      observations.find(
        (observation): observation is ObservationOf<'action-unit'> =>
          observation.kind === 'action-unit' && observation.au.code === code && observation.au.status === 'present',
      );
  };

  it('are said to, and count for less; what speech does not move stays as it is', async () => {
    const [heard, unheard, elsewhere] = [
      await units([{ startMs: 1000, endMs: 4000 }]),
      await units(null),
      await units([{ startMs: 4800, endMs: 5800 }]),
    ];
    expect(heard('AU25')?.text).toContain('as in speech');
    expect(heard('AU25')?.confidence).toBeLessThan(0.75 * (unheard('AU25')?.confidence ?? 0));
    expect(elsewhere('AU25')?.text).not.toContain('as in speech');
    expect(heard('AU12')).toEqual(unheard('AU12'));
  });
});

describe('quotations', () => {
  it('have the words verbatim, with their times, and a sentence that names no emotion of its own', async () => {
    const text = 'I am "so happy" — really!';
    const words = [{ text: 'I', startMs: 1000, endMs: 1100, confidence: 0.5 }];
    const [quote, ...others] = await quotesOf(
      clipOf([subjectOf({ times })], { speech: speechOf([cue(1000, 2400, text, { words })]) }),
    );
    expect(others).toEqual([]);
    expect(quote).toMatchObject({
      range: { startMs: 1000, endMs: 2400 },
      source: 'sidecar/vtt',
      speech: { quote: text, language: 'en', words: [{ text: 'I', startMs: 1000, endMs: 1100 }] },
    });
    expect(quote?.text).toContain(`"I am 'so happy' — really!"`);
    expect(findEmotionWords(quote?.text ?? 'happy')).toEqual([]);
  });

  it('cut a long cue between sentences, in the order of time, without losing a word', async () => {
    const text = Array.from({ length: 30 }, (_, index) => `This is sentence number ${index + 1}, is it not?`).join(' ');
    const quotes = await quotesOf(clipOf([subjectOf({ times })], { speech: speechOf([cue(0, 6000, text)]) }));
    expect(quotes.map(({ speech }) => speech.quote).join(' ')).toBe(text);
    expect(quotes.length).toBeGreaterThan(4);
    expect(quotes[0]?.range.startMs).toBe(0);
    expect(quotes.at(-1)?.range.endMs).toBe(6000);
  });

  it('are numbered within a bound, and say what was left out', async () => {
    const cues = Array.from({ length: 900 }, (_, index) => cue(index * 6, index * 6 + 5, `Word ${index}`));
    const analysis = await observed(clipOf([subjectOf({ times })], { speech: speechOf(cues) }));
    expect(analysis.observations.filter(({ kind }) => kind === 'speech')).toHaveLength(600);
    expect(analysis.warnings.map(({ code }) => code)).toContain('quotations-limited');
  });

  it('say that words without times have none', async () => {
    const percepts = clipOf([subjectOf({ times })], {
      speech: speechOf([cue(0, DURATION, 'Hello.')], { timed: false }),
    });
    expect((await quotesOf(percepts))[0]?.text).toBe('At a time that is not given somebody says "Hello".');
  });
});

describe('who speaks', () => {
  it('is the person whose lips move while the words are spoken', async () => {
    const percepts = clipOf(
      [subjectOf({ id: 'P1', times, units: SILENT }), subjectOf({ id: 'P2', times, units: talking(1000, 3000) })],
      { speech: speechOf([cue(1000, 3000, 'It was me.')]) },
    );
    const analysis = await observed(percepts);
    const [quote] = await quotesOf(percepts);
    expect(quote).toMatchObject({ subject: 'P2', speech: { speaker: 'P2' } });
    expect(quote?.text).toMatch(/P2 says "It was me"/);
    expect(analysis.subjects.map(({ speaks }) => speaks)).toEqual([false, true]);
  });

  it('is somebody off screen where the lips of everybody in view keep still', async () => {
    const percepts = clipOf([subjectOf({ times, units: SILENT })], {
      speech: speechOf([cue(1000, 3000, 'Look here.')]),
    });
    expect(await quotesOf(percepts)).toMatchObject([{ subject: null, speech: { speaker: 'off-screen' } }]);
    expect((await observed(percepts)).subjects[0]?.speaks).toBe(false);
  });

  it('is nobody in particular where the mouth was not measured, or both move', async () => {
    const speech = speechOf([cue(1000, 3000, 'Look here.')]);
    const hidden = { AU25: () => null, AU26: () => null };
    for (const subjects of [
      [subjectOf({ times, units: hidden })],
      [
        subjectOf({ id: 'P1', times, units: talking(0, 6000) }),
        subjectOf({ id: 'P2', times, units: talking(0, 6000) }),
      ],
    ]) {
      const analysis = await observed(clipOf(subjects, { speech }));
      expect(analysis.observations).toContainEqual(
        expect.objectContaining({ subject: null, speech: expect.objectContaining({ speaker: null }) }),
      );
      expect(analysis.subjects.every(({ speaks }) => speaks === null)).toBe(true);
    }
  });

  it('lends a name of the source to the face that moves with most of its words', async () => {
    const percepts = clipOf([subjectOf({ times, units: talking(1000, 3000) })], {
      speech: speechOf([
        cue(1000, 3000, 'A long sentence of mine.', { speaker: 'Anna' }),
        cue(3200, 3400, 'Yes.', { speaker: 'Anna' }),
      ]),
    });
    expect((await quotesOf(percepts)).map(({ speech }) => speech.speaker)).toEqual(['P1', 'P1']);
  });
});

describe('a wrong file of words', () => {
  const voice = [
    { startMs: 1000, endMs: 2600 },
    { startMs: 4000, endMs: 6500 },
    { startMs: 9000, endMs: 9900 },
  ];
  const cues = voice.map(({ startMs, endMs }) => cue(startMs - 150, endMs + 300, 'Words.'));
  const shifted = (ms: number): SpeechCue[] =>
    cues.map((each) => ({ ...each, startMs: each.startMs + ms, endMs: each.endMs + ms }));
  const codes = (words: SpeechCue[], segments = voice, durationMs = 30_000): string[] =>
    checkSpeechTimes(speechOf(words), durationMs, segments).warnings.map(({ code }) => code);

  it('is not seen in one that fits, nor where nobody listened', () => {
    expect(codes(cues)).toEqual([]);
    expect(codes(shifted(300))).toEqual([]);
    expect(checkSpeechTimes(speechOf(shifted(5000)), 30_000, null)).toMatchObject({ trusted: true, warnings: [] });
  });

  it.each([
    [5000, '5.0 s earlier'],
    [21_000, '21 s earlier'],
    [-3000, '3.0 s later'],
  ])('is seen in one shifted by %i ms, with the way back', (ms, back) => {
    const late = voice.slice(ms < 0 ? 2 : 0);
    const words = shifted(ms).slice(ms < 0 ? 2 : 0);
    const { warnings, trusted } = checkSpeechTimes(speechOf(words), 60_000, late);
    expect(warnings).toMatchObject([{ code: 'transcript-shifted', message: expect.stringContaining(back) }]);
    expect(trusted).toBe(false);
  });

  it('is seen where no shift helps, where there is no voice, and where the words outlast the clip', () => {
    const other = Array.from({ length: 9 }, (_, index) => cue(10_500 + index * 2000, 10_600 + index * 2000, 'No.'));
    expect(codes(other)).toEqual(['transcript-elsewhere']);
    expect(codes(cues, [])).toEqual(['transcript-without-voice']);
    expect(codes(cues, voice, 7000)).toEqual(['transcript-beyond-end']);
  });

  it('lowers the confidence of the quotations, and tells nobody by their lips', async () => {
    const good = clipOf([subjectOf({ times, units: talking(0, 6000) })], {
      speech: speechOf([cue(1000, 3000, 'Yes.')]),
    });
    const bad = { ...good, speech: speechOf([cue(1000, 3000, 'Yes.'), cue(8000, 9000, 'No.')]) };
    const [fine] = await quotesOf(good);
    const [doubtful, ...rest] = await quotesOf(bad);
    expect(rest).toEqual([]);
    expect(doubtful?.confidence).toBeLessThan((fine?.confidence ?? 0) / 2);
    expect(doubtful?.speech.speaker).toBeNull();
  });
});

describe('missing words', () => {
  it('are not measured where there is sound, with what to do, and nothing is said of a silent clip or a photo', async () => {
    const clip = clipOf([subjectOf({ times })]);
    const sounding = { ...clip, clip: { ...clip.clip, hasAudio: true } };
    const { notMeasured } = await observed(sounding);
    expect(notMeasured.find(({ what }) => what === 'words')?.why).toContain('give a transcript');
    for (const silent of [clip, photoOf({})]) {
      expect((await observed(silent)).notMeasured.map(({ what }) => what)).not.toContain('words');
    }
  });

  it('changes the id of the analysis when the words change', async () => {
    const clip = clipOf([subjectOf({ times })]);
    const ids = await Promise.all(
      [undefined, 'Yes.', 'No.'].map(async (text) => {
        const percepts = text === undefined ? clip : { ...clip, speech: speechOf([cue(0, 500, text)]) };
        return (await observed(percepts)).id;
      }),
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe('any words', () => {
  const anyCue = fc
    .tuple(fc.nat(9000), fc.nat(3000), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }))
    .map(([startMs, lastsMs, text]) => cue(startMs, startMs + lastsMs, text));
  it('become observations of the contract, inside the clip, with quotation marks that close', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCue, { maxLength: 8 }), fc.boolean(), async (cues, timed) => {
        const percepts = clipOf([subjectOf({ times, units: talking(0, 6000) })], {
          speech: speechOf(
            cues.sort((a, b) => a.startMs - b.startMs),
            { timed },
          ),
        });
        const analysis = await observed(percepts);
        expect(analysisSchema.safeParse(analysis).error).toBeUndefined();
        for (const { text, range } of await quotesOf(percepts)) {
          expect(text.match(/["“”„«»]/g)).toHaveLength(2);
          expect(range.endMs).toBeGreaterThan(range.startMs);
          expect(range.endMs).toBeLessThanOrEqual(DURATION + 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});
