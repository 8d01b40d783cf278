import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_UNIT_CODES, type Analysis, type ReasonedAnswer, reasonedAnswer } from '../../../src/contracts/index.ts';
import { absent, analysisOf, expression, hidden, present, quality, unit } from '../../support/analysis.ts';
import { ask, said } from './ask.ts';

const CODES = ACTION_UNIT_CODES.filter((code) => code !== 'AU45' && code !== 'AU43');

/** Faces of all kinds: any units at any level and side, some hidden, in a photo or a clip. */
const anyAnalysis: fc.Arbitrary<Analysis> = fc
  .record({
    moving: fc.boolean(),
    people: fc.integer({ min: 1, max: 2 }),
    units: fc.uniqueArray(
      fc.record({
        code: fc.constantFrom(...CODES),
        intensity: fc.double({ min: 0.6, max: 5, noNaN: true }),
        side: fc.constantFrom('both', 'both', 'both', 'left', 'right'),
        status: fc.constantFrom('present', 'present', 'below-threshold', 'not-visible'),
        confidence: fc.double({ min: 0.2, max: 1, noNaN: true }),
        start: fc.integer({ min: 0, max: 4000 }),
        length: fc.integer({ min: 200, max: 3000 }),
      } as const),
      { maxLength: 9, selector: ({ code }) => code },
    ),
    model: fc.boolean(),
    poor: fc.boolean(),
  })
  .map(({ moving, people, units, model, poor }) => {
    const durationMs = moving ? 6000 : 0;
    const drafts = units.map(({ code, intensity, side, status, confidence, start, length }) => {
      const shown = status === 'present';
      const times = !moving
        ? {}
        : shown
          ? { startMs: start, endMs: Math.min(6000, start + length) }
          : { startMs: 0, endMs: 6000 };
      return unit({ code, status, side: shown ? side : 'both', confidence, ...times, ...(shown ? { intensity } : {}) });
    });
    return analysisOf(
      [
        ...drafts,
        ...(model ? [expression({ anger: 0.7 }, { startMs: 0, endMs: durationMs })] : []),
        ...(poor ? [quality('blurred', 0.5)] : []),
      ],
      { durationMs, people },
    );
  });

const sentencesOf = (answer: ReasonedAnswer) => [
  ...answer.keyObservations,
  ...answer.interpretation,
  ...answer.conflicts,
  ...answer.alternatives,
];

describe('every answer', () => {
  it('keeps to the contract and cites what exists, in every sentence', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnalysis, async (analysis) => {
        const answer = await ask(analysis);
        reasonedAnswer.parse(answer);
        const known = new Set(analysis.observations.map(({ id }) => id));
        for (const { text, cites } of sentencesOf(answer)) {
          expect(cites.length, text).toBeGreaterThan(0);
          expect(
            cites.every((id) => known.has(id)),
            text,
          ).toBe(true);
        }
        expect(answer.conclusion.cites.every((id) => known.has(id))).toBe(true);
        expect(answer.conclusion.cites.length > 0 || analysis.observations.length === 0).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('names a side, a level and a time only where the cited observation has them', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnalysis, async (analysis) => {
        const answer = await ask(analysis);
        const byId = new Map(analysis.observations.map((observation) => [observation.id, observation]));
        for (const { text, cites } of answer.keyObservations) {
          const cited = cites
            .flatMap((id) => byId.get(id) ?? [])
            .flatMap((each) => (each.kind === 'action-unit' ? [each.au] : []));
          for (const [, code, side, letter] of text.matchAll(/\((AU\d+)(?:, (left|right))?, ([A-E])[;)]/g)) {
            expect(
              cited.some((au) => au.code === code && au.side === (side ?? 'both') && au.letter === letter),
              text,
            ).toBe(true);
          }
          if (analysis.clip.kind === 'image') {
            expect(text).not.toMatch(/\d:\d\d/);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('speaks of a reading: no diagnosis, no lie, no gender, and every sentence whole', async () => {
    const banned =
      /\b(lying|lies|liar|deceiv\w*|decept\w*|truthful|guilty|depress(?:ed|ion)|disorder|patholog\w*|symptom\w*|diagnos\w*|autis\w*|bipolar|schizo\w*|he|she|his|her|hers|him|man|woman|boy|girl|male|female|undefined|null|NaN)\b/i;
    await fc.assert(
      fc.asyncProperty(anyAnalysis, async (analysis) => {
        const answer = await ask(analysis);
        expect(said(answer)).not.toMatch(banned);
        for (const { text } of [...sentencesOf(answer), answer.conclusion, ...answer.wouldChange]) {
          expect(text).toMatch(/^[A-Z].*[.]$/);
          expect(text).not.toMatch(/ {2}|,,|\.\.| ,| \.|\ba [aeiou]|\band and\b/);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is of a length that a person reads', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnalysis, async (analysis) => {
        const { keyObservations, interpretation, conclusion } = await ask(analysis);
        const words = [...keyObservations, ...interpretation, conclusion].flatMap(({ text }) => text.split(' ')).length;
        expect(words).toBeLessThan(260);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is said', () => {
  it('tells a Duchenne smile from a social one', async () => {
    const others = absent('AU1', 'AU4', 'AU9', 'AU15');
    const felt = await ask(analysisOf([...present(['AU12', 3], ['AU6', 3]), ...others]));
    const social = await ask(analysisOf([...present(['AU12', 3]), ...absent('AU6'), ...others]));
    expect(said(felt)).toMatch(/Duchenne|around the eyes/);
    expect(said(social)).toMatch(/social|polite|courtesy/);
    expect(said(social)).not.toMatch(/Duchenne|felt rather/);
  });

  it('names a smile under lowered brows as a conflict, with both cited', async () => {
    const answer = await ask(analysisOf([...present('AU12', 'AU4'), ...absent('AU1', 'AU6', 'AU9', 'AU15')]));
    expect(answer.conflicts[0]?.cites).toEqual(['o1', 'o2']);
  });

  it('explains the runner-up', async () => {
    const answer = await ask(
      analysisOf([...present('AU1', 'AU2', 'AU5', 'AU25', 'AU26'), ...absent('AU4', 'AU9', 'AU12', 'AU15', 'AU20')]),
    );
    expect(answer.conclusion.text).toMatch(/surprise.*[Ff]ear/s);
    expect(answer.alternatives.map(({ label }) => label)).toContain('fear');
  });

  it('says what cannot be seen', async () => {
    const answer = await ask(analysisOf([...present('AU1', 'AU2'), ...hidden('AU12', 'AU15'), ...absent('AU4')]));
    expect(said(answer)).toMatch(/[Ll]ip-corner pull \(AU12\) and lip-corner drop \(AU15\) cannot be seen/);
  });

  it('names the person where there are several', async () => {
    const drafts = [...present('AU12', 'AU6').map((draft) => ({ ...draft, subject: 'P2' }))];
    const answer = await ask(analysisOf(drafts, { people: 2 }), undefined, 'P2');
    expect(answer.keyObservations[0]?.text).toMatch(/^P2's /);
    expect(answer.judgement.expression.label).toBe('happiness');
  });

  it('calls no strong movement weak where it gives no reading', async () => {
    const answer = await ask(
      analysisOf([...present(['AU18', 4]), ...absent('AU12', 'AU4'), expression({ anger: 0.95 })]),
    );
    const nothing = await ask(
      analysisOf([...absent('AU12', 'AU4', 'AU9', 'AU1', 'AU15'), expression({ contempt: 0.97 })]),
    );
    for (const each of [answer, nothing]) {
      expect(said(each)).not.toContain('too weak');
      expect(said(each).includes('agrees on') && each.judgement.abstained).toBe(false);
    }
  });

  it('calls no laugh polite', async () => {
    const answer = await ask(analysisOf([...present(['AU12', 5], ['AU25', 5], ['AU26', 4]), ...absent('AU6', 'AU4')]));
    expect(answer.conclusion.text).toContain('happiness');
    expect(said(answer)).not.toMatch(/polite|courtesy/);
  });

  it('tells contempt by its side once, and shares that add up', async () => {
    const answer = await ask(analysisOf([unit({ code: 'AU12', side: 'left' }), ...absent('AU6', 'AU4', 'AU9')]));
    expect(answer.judgement.expression.label).toBe('contempt');
    expect(answer.conclusion.text).not.toMatch(/one-sidedness of the lip-corner pull and the left/);
    expect(answer.judgement.reason).toMatch(/^Contempt takes \d+ % of the weight, \w+ \d+ %;/);
  });

  it('reads differently for different faces', async () => {
    const faces = [
      present('AU6', 'AU12', 'AU25'), present(['AU12', 2]), present('AU1', 'AU4', 'AU15'), present('AU4', 'AU7', 'AU24'),
      present('AU9', 'AU10'), present('AU1', 'AU2', 'AU5', 'AU26'), present('AU1', 'AU2', 'AU4', 'AU5', 'AU20'), present(['AU6', 2], ['AU12', 4]),
    ]; // biome-ignore format: one row of faces a line
    const answers = await Promise.all(faces.map((units) => ask(analysisOf([...units, ...absent('AU17')]))));
    const sentences = answers.flatMap(({ interpretation }) => interpretation.map(({ text }) => text));
    expect(new Set(sentences).size).toBeGreaterThan(0.8 * sentences.length);
    expect(new Set(answers.map(({ conclusion }) => conclusion.text)).size).toBe(faces.length);
  });
});
