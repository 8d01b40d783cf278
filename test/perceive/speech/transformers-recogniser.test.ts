import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../../src/perceive/models/manifest.ts';
import { chooseSpeechModel } from '../../../src/perceive/speech/choose-speech-model.ts';
import { openRecogniser } from '../../../src/perceive/speech/open-recogniser.ts';
import type { Recognised } from '../../../src/perceive/speech/recogniser.ts';
import { createTransformersRecogniser } from '../../../src/perceive/speech/transformers-recogniser.ts';
import {
  LEVEL_STEPS,
  MOONSHINE_HERTZ,
  SLOTS,
  writeTinyMoonshine,
  writeTinyWhisper,
} from '../../fixtures/tiny-speech-models.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type LogMelRules, logMel } from './log-mel.ts';

const folder = temporaryFolder('speech-models');
const RATE = 16_000;

/** Half a second of each tone; 0: silence. */
const tones = (hertz: readonly number[], amplitude = 0.3): Float32Array =>
  Float32Array.from({ length: hertz.length * 8000 }, (_, index) =>
    hertz[Math.floor(index / 8000)] === 0
      ? 0
      : amplitude * Math.sin((2 * Math.PI * (hertz[Math.floor(index / 8000)] ?? 0) * index) / RATE),
  );

const recognise = async (model: string, samples: Float32Array): Promise<Recognised> =>
  createTransformersRecogniser({ model, folder }).recognise(samples, {});
const textOf = ({ cues }: Recognised): string => cues.map(({ text }) => text).join('');

/** What the tiny Whisper must say of a sound, by the definition of the log-mel spectrogram alone. */
const expected = (samples: Float32Array, rules: LogMelRules = {}): string => {
  const perSlot = 8000 / (rules.hop ?? 160);
  const rows = logMel(samples, samples.length / RATE, rules);
  return Array.from({ length: Math.min(SLOTS, samples.length / 8000) }, (_, slot) => {
    // The graph hears frames of 10 ms, whatever they were made of.
    const part = rules.hop === undefined ? rows.slice(slot * perSlot, (slot + 1) * perSlot) : rows.slice(slot * 50, slot * 50 + 50);
    const bands = Array.from({ length: 80 }, (__, band) => part.reduce((sum, row) => sum + (row[band] ?? 0), 0) / part.length);
    const level = bands.reduce((sum, value) => sum + value, 0) / 80;
    return ` b${bands.indexOf(Math.max(...bands))} v${Math.min(63, Math.max(0, Math.floor((level + 2) * LEVEL_STEPS)))}`;
  }).join(''); // biome-ignore format: short
};

const SOUND = tones([440, 1000, 2500, 3600]);

describe('Whisper on this machine, as a tiny graph that says what it hears', () => {
  writeTinyWhisper(join(folder, 'a', 'whisper-tiny'));

  it('hears the log-mel spectrogram of the definition: window, hop, bands and scale', async () => {
    expect(textOf(await recognise('a/whisper-tiny', SOUND))).toBe(expected(SOUND));
  });

  it.each<[string, LogMelRules]>([
    ['a window without slopes', { window: 'rectangle' }],
    ['the other mel scale', { scale: 'htk' }],
    ['a logarithm that is not scaled', { normalise: false }],
    ['a longer hop', { hop: 200 }],
  ])('would hear something else through %s', async (_, rules) => {
    expect(textOf(await recognise('a/whisper-tiny', SOUND))).not.toBe(expected(SOUND, rules));
  });

  it.each([
    ['hop_length', 200],
    ['n_fft', 512],
    ['feature_size', 64],
  ])('is not itself with another %s in its preprocessor_config.json', async (key, value) => {
    const model = `a/whisper-${key}`;
    writeTinyWhisper(join(folder, ...model.split('/')), { frontEnd: { [key]: value } });
    const heard = await recognise(model, SOUND).then(textOf, () => 'nothing');
    expect(heard).not.toBe(expected(SOUND));
  });

  it('is not itself with samples of another scale or rate', async () => {
    const told = expected(SOUND);
    expect(textOf(await recognise('a/whisper-tiny', SOUND.map((sample) => sample * 32_768)))).not.toBe(told); // biome-ignore format: short
    expect(textOf(await recognise('a/whisper-tiny', SOUND.filter((_, index) => index % 2 === 0)))).not.toBe(told); // biome-ignore format: short
  });

  it('tells the time of each word, and the last word ends within the sound', async () => {
    const { cues } = await recognise('a/whisper-tiny', SOUND);
    const words = cues.flatMap((cue) => cue.words);
    expect(words).toHaveLength(8);
    for (const [index, { startMs, endMs }] of words.entries()) {
      expect(Math.abs(startMs - 250 * index)).toBeLessThanOrEqual(90);
      expect(endMs ?? 0).toBeGreaterThan(startMs);
      expect(endMs).toBeLessThanOrEqual(2000);
    }
  });

  it('tells the time of sentences where the export knows none of words', async () => {
    writeTinyWhisper(join(folder, 'a', 'whisper-plain'), { attentions: false });
    const heard = await recognise('a/whisper-plain', SOUND);
    expect(textOf(heard)).toBe(expected(SOUND));
    expect(heard.cues).toMatchObject([{ startMs: 0, endMs: 2000, words: [] }]);
  });

  it('finds the language, which the library alone would take for English', async () => {
    expect(await recognise('a/whisper-tiny', tones([440, 1000]))).toMatchObject({ language: 'en' });
    expect(await recognise('a/whisper-tiny', tones([3600, 1000]))).toMatchObject({ language: 'de' });
  });

  it('says how likely it is that nobody speaks, and how sure it is of its words', async () => {
    const [cue] = (await recognise('a/whisper-tiny', SOUND)).cues;
    expect(cue?.noSpeech ?? 1).toBeLessThan(0.1);
    expect(cue?.logProbability ?? -9).toBeGreaterThan(-0.5);
    expect((await recognise('a/whisper-tiny', new Float32Array(RATE))).cues).toEqual([]);
  });
});

describe('Moonshine on this machine', () => {
  writeTinyMoonshine(join(folder, 'a', 'moonshine-tiny'));
  /** Index of the tone and ten times the log of its energy, as the graph steps it. */
  const told = (hertz: readonly number[], amplitude: number): string =>
    hertz
      .map((each) => ` b${MOONSHINE_HERTZ.indexOf(each)} v${Math.floor((2 * Math.log10(amplitude) + 2) * LEVEL_STEPS)}`)
      .join(''); // biome-ignore format: short

  it('hears the samples as they are, and its text spans the stretch', async () => {
    const heard = await recognise('a/moonshine-tiny', tones([400, 1200, 3200]));
    expect(heard).toEqual({
      language: null,
      cues: [{ startMs: 0, endMs: 1500, text: told([400, 1200, 3200], 0.3), speaker: null, words: [] }],
    });
  });

  it('hears another scale as another sound', async () => {
    expect(textOf(await recognise('a/moonshine-tiny', tones([400, 1200], 0.1)))).toBe(told([400, 1200], 0.1));
  }); // biome-ignore format: short

  it('hears less than a second, of which its own pipeline would hear nothing', async () => {
    expect(textOf(await recognise('a/moonshine-tiny', tones([1600])))).toBe(told([1600], 0.3));
  });
});

describe('the speech model that is used', () => {
  it('is the one that is named, else the first of the manifest that lies in the folder, else none', async () => {
    const { hub } = await loadManifest();
    const [first, second] = hub.filter(({ task }) => task === 'speech recognition').map(({ repository }) => repository);
    const models = join(folder, 'chosen');
    expect(await chooseSpeechModel({}, models)).toEqual({});
    writeTinyMoonshine(join(models, ...(second ?? 'x').split('/')));
    expect(await chooseSpeechModel({}, models)).toEqual({ WHYFACE_ASR_MODEL: second });
    writeTinyWhisper(join(models, ...(first ?? 'x').split('/')));
    expect(await chooseSpeechModel({ WHYFACE_ASR_MODEL: '' }, models)).toEqual({ WHYFACE_ASR_MODEL: first });
    expect(await chooseSpeechModel({ WHYFACE_ASR_MODEL: 'my/own' }, models)).toEqual({ WHYFACE_ASR_MODEL: 'my/own' });
  });
});

describe('a speech model that cannot be used', () => {
  it.each([
    ['is not there', 'a/whisper-large', 'model-missing', /whyface models pull a\/whisper-large/],
    ['has a name that leads elsewhere', '../whisper', 'config-invalid', /WHYFACE_ASR_MODEL/],
  ] as const)('%s: a typed error with what to do', async (_, model, code, message) => {
    await expect(recognise(model, SOUND)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('needs the package, and says how to get it', async () => {
    const load = () => Promise.reject(new TypeError('Cannot find package'));
    const recogniser = createTransformersRecogniser({ model: 'a/whisper-tiny', folder, load });
    await expect(recogniser.recognise(SOUND, {})).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/npm install @huggingface\/transformers/),
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
