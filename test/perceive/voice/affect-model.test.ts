import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AffectScores, openAffectModel } from '../../../src/perceive/voice/affect-model.ts';
import { writeTinyAffectModel } from '../../fixtures/tiny-speech-models.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('affect-models');
const RATE = 16_000;
const tone = (hertz: number, amplitude = 0.2, offset = 0): Float32Array =>
  Float32Array.from(
    { length: 2 * RATE },
    (_, index) => offset + amplitude * Math.sin((2 * Math.PI * hertz * index) / RATE),
  );
const judge = async (name: string, samples: Float32Array, options = {}): Promise<AffectScores> => {
  writeTinyAffectModel(join(folder, 'a', name), options);
  return (await openAffectModel({ model: `a/${name}`, folder })).judge(samples);
};

/** Of a sine of variance 1: the mean squared difference of neighbours is 2 (1 − cos ω), a quarter of it the share. */
const arousalOf = (hertz: number): number => 1 - Math.cos((2 * Math.PI * hertz) / RATE) - 1;

describe('a speech-emotion model of the hub', () => {
  it.each([500, 4000])(
    'gives arousal, valence and dominance from −1 to 1 of a tone of %s Hz, however loud',
    async (hertz) => {
      for (const amplitude of [0.02, 0.5]) {
        const { arousal, valence, dominance } = await judge('dimensions', tone(hertz, amplitude, 0.05));
        expect(arousal).toBeCloseTo(arousalOf(hertz), 2);
        expect(valence).toBeCloseTo(0, 2);
        expect(dominance).toBeCloseTo(0, 2);
      }
    },
  );

  it('is not itself where the sound is not brought to mean 0 and variance 1', async () => {
    const { dominance } = await judge('spoilt', tone(500, 0.5), { normalised: false });
    expect(dominance ?? 0).toBeLessThan(-0.5);
  });

  it('gives the place of its classes where it has those, and no dominance', async () => {
    const labels = ['angry', 'sad', 'neutral'];
    // A low tone: 0.01, 0.5, 0.5 as odds of angry, sad and neutral.
    const [low, high] = [await judge('classes', tone(300), { labels }), await judge('classes', tone(7900), { labels })];
    expect(low.dominance).toBeNull();
    expect(low.valence).toBeLessThan(0);
    expect(high.arousal).toBeGreaterThan(low.arousal + 0.1);
  });

  it.each([
    ['tells people apart', { labels: ['female', 'male', 'other'] }, /neither arousal and valence nor emotions/],
    ['does not give what its classes promise', { labels: ['angry', 'happy', 'sad', 'neutral'] }, /one number for each/],
  ])('that %s is refused', async (_, options, message) => {
    await expect(judge('other', tone(300), options)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(message),
    });
  });

  it('that is not there is a typed error with what to do', async () => {
    await expect(openAffectModel({ model: 'a/none', folder })).rejects.toMatchObject({ code: 'model-missing' });
  });
});
