import { describe, expect, it } from 'vitest';
import { openRecogniser } from '../../../src/perceive/speech/open-recogniser.ts';
import { createTransformersRecogniser } from '../../../src/perceive/speech/transformers-recogniser.ts';

const samples = new Float32Array(32_000);

/** A module in the place of transformers.js, and what it was asked. */
const moduleOf = (heard: unknown, fails = false) => {
  const asked: unknown[] = [];
  const env = { allowRemoteModels: true, cacheDir: 'node_modules', localModelPath: '' };
  const pipeline = (...request: unknown[]) => {
    asked.push(request);
    return fails
      ? Promise.reject(new TypeError('fetch failed'))
      : Promise.resolve((given: Float32Array, options: unknown) => {
          asked.push([given.length, options]);
          return Promise.resolve(heard);
        });
  };
  return { asked, env, load: () => Promise.resolve({ env, pipeline }) };
};

describe('a speech model on this machine', () => {
  it('is asked for word times, which are joined to sentences', async () => {
    const { asked, env, load } = moduleOf({
      text: ' Hi there. Yes.',
      chunks: [
        { text: ' Hi', timestamp: [0.1, 0.3] },
        { text: ' there.', timestamp: [0.4, 0.8] },
        { text: ' Yes.', timestamp: [1.2, null] },
      ],
    });
    const recogniser = createTransformersRecogniser({
      model: 'a/whisper-tiny',
      folder: '/models',
      offline: true,
      load,
    });
    const { cues } = await recogniser.recognise(samples, {});
    expect(cues.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [100, 800, ' Hi there.'],
      [1200, 1200, ' Yes.'],
    ]);
    expect(env).toEqual({ allowRemoteModels: false, cacheDir: '/models', localModelPath: '/models' });
    await recogniser.recognise(samples, {});
    expect(asked).toEqual([
      ['automatic-speech-recognition', 'a/whisper-tiny', expect.anything()],
      [32_000, { return_timestamps: 'word' }],
      [32_000, { return_timestamps: 'word' }],
    ]);
  });

  it('is not asked for times where it has none, and its text then spans the stretch', async () => {
    const { asked, load } = moduleOf({ text: ' Hi there.' });
    const recogniser = createTransformersRecogniser({ model: 'a/moonshine-tiny', folder: '/m', offline: false, load });
    expect((await recogniser.recognise(samples, {})).cues).toMatchObject([
      { startMs: 0, endMs: 2000, text: ' Hi there.' },
    ]);
    expect(asked[1]).toEqual([32_000, {}]);
  });

  it.each([
    [
      'the package is not installed',
      () => Promise.reject(new Error('Cannot find package')),
      'model-missing',
      /npm install @huggingface\/transformers/,
    ],
    ['the model cannot be had', moduleOf(null, true).load, 'model-missing', /a\/whisper.*is not in \/m/],
    ['it is no speech model', moduleOf([{ label: 'cat' }]).load, 'answer-unusable', /no transcript/],
  ] as const)('gives a typed error with what to do where %s', async (_, load, code, message) => {
    const recogniser = createTransformersRecogniser({ model: 'a/whisper', folder: '/m', offline: true, load });
    await expect(recogniser.recognise(samples, {})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('is chosen by name, a service before it, and neither by default', () => {
    expect(openRecogniser({}, '/m')).toBeNull();
    expect(openRecogniser({ WHYFACE_ASR_BASE_URL: '', WHYFACE_ASR_MODEL: '' }, '/m')).toBeNull();
    expect(openRecogniser({ WHYFACE_ASR_MODEL: 'a/whisper' }, '/m')).toMatchObject({ id: 'a/whisper', host: null });
    expect(openRecogniser({ WHYFACE_ASR_MODEL: 'tiny', WHYFACE_ASR_BASE_URL: 'http://h:1' }, '/m')).toMatchObject({
      id: 'tiny',
      host: 'h:1',
    });
  });
});
