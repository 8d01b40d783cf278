import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameF1, framesOf } from '../../../eval/voice/scores.ts';
import { readMarks } from '../../../eval/voice/speech-data.ts';
import { readWave } from '../../../eval/voice/wav.ts';
import { createSessions, openModelStore } from '../../../src/perceive/models/index.ts';
import { createSoundAnalyser, type SoundAnalysis } from '../../../src/perceive/voice/analyse-sound.ts';
import { openSilero } from '../../../src/perceive/voice/silero.ts';
import { speechSegments } from '../../../src/perceive/voice/speech-segments.ts';
import { voiceActivity } from '../../../src/perceive/voice/voice-activity.ts';
import { SHARED } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { noise, talk } from './made-sounds.ts';

const analyse = (samples: Float32Array): SoundAnalysis => {
  const analyser = createSoundAnalyser();
  analyser.push(samples);
  return analyser.finish();
};

const segmentsOf = (samples: Float32Array): [number, number][] =>
  speechSegments(voiceActivity(analyse(samples).steps)).map(({ startMs, endMs }) => [startMs / 1000, endMs / 1000]);

describe('voice activity without weights', () => {
  it('finds talk between silences within 80 ms', () => {
    const found = segmentsOf(talk(6, [[1, 2.5], [4, 5.25]])); // biome-ignore format: two stretches
    expect(found).toHaveLength(2);
    for (const [index, [from, to]] of [[1, 2.5] as const, [4, 5.25] as const].entries()) {
      expect(Math.abs((found[index]?.[0] ?? 0) - from)).toBeLessThan(0.08);
      expect(Math.abs((found[index]?.[1] ?? 0) - to)).toBeLessThan(0.08);
    }
  });

  it('hears none in silence, noise, a click, a steady tone and a tune', () => {
    const tune = Float32Array.from({ length: 80_000 }, (_, index) => {
      const note = [262, 330, 392, 523][Math.floor(index / 8000) % 4] ?? 262;
      const phase = (2 * Math.PI * note * index) / 16_000;
      return 0.2 * Math.exp(-(index % 8000) / 6000) * (Math.sin(phase) + Math.sin(2 * phase) / 2);
    });
    const click = new Float32Array(32_000);
    click.fill(0.9, 9000, 9020);
    const tone = Float32Array.from(
      { length: 48_000 },
      (_, index) => 0.3 * Math.sin((2 * Math.PI * 300 * index) / 16_000),
    );
    for (const sound of [new Float32Array(32_000), noise(3), click, tone, tune]) {
      expect(segmentsOf(sound)).toEqual([]);
    }
  });

  it('joins what a short silence parts, and leaves blips out', () => {
    const probability = new Float32Array(300);
    probability.fill(0.9, 50, 100);
    probability.fill(0.9, 112, 150);
    probability.fill(0.9, 200, 208);
    expect(speechSegments(probability)).toEqual([{ startMs: 500, endMs: 1500 }]);
  });
});

describe.skipIf(SHARED === null)('on the recordings in ../shared', () => {
  const folder = join(SHARED ?? '', 'media', 'speech');
  const marked = [
    ['sb_valid.wav', 'VAD_dev_root.json'],
    ['sb_train.wav', 'VAD_train_root.json'],
  ] as const;

  it.each(marked)('agrees with the marks of %s: frame F1 of .95', (wav, marks) => {
    const { speech, endsAt } = readMarks(join(folder, 'vad', marks));
    const found = segmentsOf(readWave(join(folder, 'vad', wav)).samples);
    expect(frameF1(framesOf(found, endsAt), framesOf(speech, endsAt))).toBeGreaterThan(0.95);
  });

  it('takes no noise for speech', () => {
    for (const wav of ['noise1.wav', 'noise2.wav', 'noise5.wav']) {
      expect(segmentsOf(readWave(join(folder, 'nonspeech', wav)).samples)).toEqual([]);
    }
  });

  it('asks Silero where it is installed: .95 clean, .85 at 10 dB, nothing in noise', async () => {
    const store = await openModelStore({
      environment: {
        WHYFACE_MODELS: temporaryFolder('silero'),
        WHYFACE_MODEL_MIRROR: join(SHARED ?? '', 'models'),
        WHYFACE_OFFLINE: '1',
      },
    });
    await store.pull(['silero-vad']);
    const sessions = await createSessions({ store, threads: 1 });
    const ask = async (samples: Float32Array): Promise<[number, number][]> => {
      const detector = await openSilero(sessions);
      await detector?.push(samples.subarray(0, 1000));
      await detector?.push(samples.subarray(1000));
      const probability = await detector?.finish(Math.round(samples.length / 160));
      return speechSegments(probability ?? new Float32Array(0)).map(({ startMs, endMs }) => [
        startMs / 1000,
        endMs / 1000,
      ]);
    };
    const dirt = readWave(join(folder, 'nonspeech', 'noise1.wav')).samples;
    const level = (samples: Float32Array): number =>
      Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
    for (const [wav, marks] of marked) {
      const { samples } = readWave(join(folder, 'vad', wav));
      const { speech, endsAt } = readMarks(join(folder, 'vad', marks));
      const truth = framesOf(speech, endsAt);
      expect(frameF1(framesOf(await ask(samples), endsAt), truth)).toBeGreaterThan(0.95);
      const gain = level(samples) / level(dirt) / 10 ** 0.5;
      const mixed = samples.map((sample, index) => sample + gain * (dirt[index % dirt.length] ?? 0));
      expect(frameF1(framesOf(await ask(mixed), endsAt), truth)).toBeGreaterThan(0.85);
    }
    expect(await ask(dirt)).toEqual([]);
    await sessions.release();
  });
});
