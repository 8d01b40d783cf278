import { describe, expect, it } from 'vitest';
import type { Analysis, Explanation, ObservationOf } from '../../../src/contracts/index.ts';
import { explainOptions } from '../../../src/contracts/index.ts';
import { explainAnalysis } from '../../../src/pipeline/text-side.ts';
import { createFacsReasoner } from '../../../src/reason/facs/index.ts';
import { absent, analysisOf, present } from '../../support/analysis.ts';
import { ask } from './ask.ts';

const DURATION = 4000;
const whole = { startMs: 0, endMs: DURATION };

const tone = (feature: string, word: string, relative: number | null): Omit<ObservationOf<'voice'>, 'id'> => ({
  kind: 'voice',
  subject: null,
  range: whole,
  confidence: 0.7,
  source: 'voice',
  text: `The ${feature} of the voice is ${word}.`,
  voice: { feature, value: 1, unit: 'Hz', relative, word },
});

const arousal = (value: number): Omit<ObservationOf<'affect'>, 'id'> => ({
  kind: 'affect',
  subject: null,
  range: whole,
  confidence: 0.6,
  source: 'voice-arousal',
  text: `The voice has an arousal score of ${value}.`,
  affect: { valence: 0, arousal: value },
});

type Drafts = Parameters<typeof analysisOf>[0];
const timed = (drafts: Drafts): Drafts => drafts.map((draft) => ({ ...draft, range: whole }));
const clip = (drafts: Drafts, people = 1): Analysis => analysisOf(drafts, { durationMs: DURATION, people });
const recording = (drafts: Drafts): Analysis => {
  const analysis = clip(drafts, 0);
  return { ...analysis, clip: { ...analysis.clip, kind: 'audio', width: null, height: null, fps: null } };
};
const explained = async (analysis: Analysis): Promise<Explanation[]> =>
  explainAnalysis(analysis, explainOptions.parse({}), { reasoner: createFacsReasoner() });

const SMILE = timed([...present(['AU12', 4], ['AU6', 3], 'AU25'), ...absent('AU4', 'AU9', 'AU15', 'AU1')]);
const FLAT = [tone('pitch range', 'narrow', -2.2), tone('loudness', 'quiet', -1.8), arousal(-0.6)];

describe('a voice without a face', () => {
  it.each([
    [0.7, 'activated'],
    [-0.5, 'little activated'],
  ])('of arousal %d is explained as %s, and no expression is named', async (value, word) => {
    const [answer, ...more] = await explained(recording([tone('pitch', 'raised', 2.4), arousal(value)]));
    expect(more).toEqual([]);
    expect(answer?.subject).toBeNull();
    expect(answer?.judgement).toMatchObject({ abstained: true, arousal: value, valence: 0 });
    expect(answer?.conclusion.text).toContain(word);
    expect(answer?.keyObservations.map(({ text }) => text)).toContain('The pitch of the voice is raised.');
    expect(
      answer?.grounding.claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported'),
    ).toEqual([]);
    const known = new Set(['o1', 'o2']);
    expect(answer?.conclusion.cites.every((id) => known.has(id))).toBe(true);
  });

  it('is needed: nothing heard and nobody seen gives no explanation', async () => {
    expect(await explained(recording([]))).toEqual([]);
  });
});

describe('a voice beside a face', () => {
  it('that is flat beside a smile is a conflict, named with both', async () => {
    const analysis = clip([...SMILE, ...FLAT]);
    const { conflicts, judgement } = await ask(analysis);
    const corner = analysis.observations.find((each) => each.kind === 'action-unit' && each.au.code === 'AU12')?.id;
    const voices = analysis.observations.filter(({ kind }) => kind === 'voice').map(({ id }) => id);
    const named = conflicts.filter(({ cites }) => corner !== undefined && cites.includes(corner));
    expect(named.some(({ cites }) => voices.some((id) => cites.includes(id)))).toBe(true);
    expect(judgement.expression.label).toBe('happiness');
  });

  it('that goes along is no conflict', async () => {
    const { conflicts, interpretation } = await ask(clip([...SMILE, tone('pitch range', 'wide', 2), arousal(0.5)]));
    expect(conflicts.filter(({ text }) => text.includes('voice'))).toEqual([]);
    expect(interpretation.some(({ text }) => text.includes('the voice goes along'))).toBe(true);
  });

  it('weighs: an activated voice takes from a still face’s neutral, a subdued one does not', async () => {
    const still = timed(absent('AU1', 'AU2', 'AU4', 'AU6', 'AU9', 'AU12', 'AU15', 'AU20', 'AU26'));
    const neutral = async (value: number): Promise<number> =>
      (await ask(clip([...still, arousal(value)]))).judgement.expression.scores.neutral;
    expect(await neutral(0.9)).toBeLessThan(await neutral(-0.2));
  });

  it('of somebody out of view has no part in the face', async () => {
    const silent = (analysis: Analysis): Analysis => ({
      ...analysis,
      subjects: analysis.subjects.map((subject) => ({ ...subject, speaks: false })),
    });
    expect(await ask(silent(clip([...SMILE, ...FLAT])))).toEqual(await ask(silent(clip(SMILE))));
  });

  it('of one among several people counts for nobody', async () => {
    expect(await ask(clip([...SMILE, ...FLAT], 2))).toEqual(await ask(clip(SMILE, 2)));
  });
});
