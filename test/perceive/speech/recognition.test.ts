import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWave, writeWave } from '../../../eval/voice/wav.ts';
import { createPerception, type Perception } from '../../../src/perceive/index.ts';
import type { MediaWords } from '../../../src/perceive/speech/words-job.ts';
import { writeTinyAffectModel, writeTinyWhisper } from '../../fixtures/tiny-speech-models.ts';
import { SHARED } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { noise } from '../voice/made-sounds.ts';

const folder = temporaryFolder('recognition');
const recordings = SHARED === null ? '' : join(SHARED, 'media', 'speech');

/** A service that hears a known invention in whatever it is sent, and one phrase over and over again. */
const invention = (text: string) => ({
  language: 'english',
  text,
  segments: [{ start: 0, end: 1.5, text, no_speech_prob: 0.1, avg_logprob: -0.3 }],
});
let said = 'Thank you.';
let asked = 0;
let service: Server;
let inventing: Perception;
let local: Perception;

beforeAll(async () => {
  service = createServer((request, response) => {
    request.resume().on('end', () => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(invention(said)));
    });
  });
  await new Promise<void>((resolve) => {
    service.listen(0, '127.0.0.1', resolve);
  });
  const address = service.address();
  const { port }: Pick<AddressInfo, 'port'> = typeof address === 'object' && address !== null ? address : { port: 0 };
  const environment = { ...process.env, WHYFACE_MODELS: folder };
  inventing = createPerception({
    env: { ...environment, WHYFACE_ASR_BASE_URL: `http://127.0.0.1:${port}/v1` },
    workers: 1,
  });
  writeTinyWhisper(join(folder, 'a', 'whisper-tiny'));
  writeTinyAffectModel(join(folder, 'a', 'affect-tiny'));
  local = createPerception({
    env: { ...environment, WHYFACE_ASR_MODEL: 'a/whisper-tiny', WHYFACE_VOICE_MODEL: 'a/affect-tiny' },
    workers: 1,
  });
});
afterAll(async () => {
  await Promise.all([inventing.close(), local.close()]);
  service.close();
});

const wordsOf = async (perception: Perception, path: string): Promise<MediaWords> => {
  const { voice } = await perception.measure(path, { fps: 5 });
  return perception.words(path, { heard: voice?.segments ?? [] });
};
const put = (name: string, samples: Float32Array): string => {
  writeWave(join(folder, name), { sampleRate: 16_000, samples });
  return join(folder, name);
};

describe('a speech model that invents words', () => {
  it.each([
    ['silence', () => new Float32Array(48_000)],
    ['noise', () => noise(4)],
  ])('is not even asked about %s', async (name, samples) => {
    asked = 0;
    expect((await wordsOf(inventing, put(`${name}.wav`, samples()))).speech).toBeNull();
    expect(asked).toBe(0);
  });

  it.runIf(SHARED !== null).each(['noise1.wav', 'noise2.wav', 'noise5.wav', '1-100032-A-0.wav', '4-156993-A-19.wav'])(
    'nor about the recording %s (needs ../shared)',
    async (name) => {
      asked = 0;
      expect((await wordsOf(inventing, join(recordings, 'nonspeech', name))).speech).toBeNull();
      expect(asked).toBe(0);
    },
  );

  it.runIf(SHARED !== null)('nor about a fifth of a second cut out of speech (needs ../shared)', async () => {
    const { samples } = readWave(join(recordings, 'transcript', 'jfk.wav'));
    asked = 0;
    expect((await wordsOf(inventing, put('short.wav', samples.slice(6400, 9600)))).speech).toBeNull();
    expect(asked).toBe(0);
  });

  it.runIf(SHARED !== null)('loops, which is said once and marked (needs ../shared)', async () => {
    said = 'ask not '.repeat(60);
    const { speech, warnings } = await wordsOf(inventing, join(recordings, 'transcript', 'jfk.wav'));
    expect(speech?.cues[0]?.text).toBe('ask not ask not ask not');
    expect(warnings.map(({ code }) => code)).toEqual(['sound-sent', 'recognition-looped']);
  });
});

describe.runIf(SHARED !== null)('models on this machine, through a perception worker (needs ../shared)', () => {
  it('put speech into words with times, where a voice is heard and nowhere else', async () => {
    const path = join(recordings, 'transcript', 'jfk.wav');
    const { voice } = await local.measure(path, { fps: 5 });
    const { speech, warnings } = await local.words(path, { heard: voice?.segments ?? [] });
    expect(warnings).toEqual([]);
    expect(speech).toMatchObject({
      source: { kind: 'recognition', format: 'a/whisper-tiny' },
      language: expect.stringMatching(/^(?:en|de)$/),
    });
    const words = speech?.cues.flatMap((cue) => cue.words) ?? [];
    expect(words.length).toBeGreaterThan(6);
    const first = (voice?.segments[0]?.startMs ?? 0) - 250;
    expect(words.every(({ startMs, endMs }) => startMs >= first && endMs >= startMs && endMs <= 11_000)).toBe(true);
    // Between two voices lies a pause, and the words of the second are late by it.
    expect(speech?.cues.every(({ text }) => /^(?:[bv]\d+ ?)+$/.test(text))).toBe(true);
  });

  it('judge the voice of each utterance', async () => {
    const { voice, notMeasured } = await local.measure(join(recordings, 'transcript', 'jfk.wav'), { fps: 5 });
    expect(voice?.affect?.model).toBe('a/affect-tiny');
    expect(voice?.affect?.stretches.map(({ startMs }) => startMs)).toEqual(
      voice?.utterances.filter(({ startMs, endMs }) => endMs - startMs >= 800).map(({ startMs }) => startMs),
    );
    expect(voice?.affect?.stretches.every(({ arousal }) => arousal < 0)).toBe(true);
    expect(notMeasured.map(({ what }) => what)).not.toContain('valence and dominance of the voice');
  });

  it('leave valence and dominance unmeasured where they are not there', async () => {
    const { voice, notMeasured } = await inventing.measure(join(recordings, 'transcript', 'jfk.wav'), { fps: 5 });
    expect(voice?.affect).toBeUndefined();
    expect(notMeasured.map(({ what }) => what)).toContain('valence and dominance of the voice');
  });
});
