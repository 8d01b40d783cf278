import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWave } from '../../../eval/voice/wav.ts';
import { observeOptions, type Percepts, type SoundQuality } from '../../../src/contracts/index.ts';
import { observe } from '../../../src/observe/index.ts';
import { createSoundAnalyser } from '../../../src/perceive/voice/analyse-sound.ts';
import { assembleVoice } from '../../../src/perceive/voice/assemble-voice.ts';
import { voiceActivity } from '../../../src/perceive/voice/voice-activity.ts';
import { SHARED } from '../../support/shared.ts';
import { noiseSource, talk, voice } from './made-sounds.ts';

const recordings = SHARED === null ? '' : join(SHARED, 'media', 'speech');

/** At 16 kHz; 48 kHz is averaged down. */
const load = (file: string): Float32Array => {
  const { samples, sampleRate } = readWave(join(recordings, file));
  const ratio = sampleRate / 16_000;
  return ratio === 1
    ? samples
    : Float32Array.from({ length: Math.floor(samples.length / ratio) }, (_, index) => {
        const part = samples.subarray(Math.floor(index * ratio), Math.floor((index + 1) * ratio));
        return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
      });
};
const power = (samples: Float32Array): number =>
  samples.reduce((sum, value) => sum + value * value, 0) / samples.length;

type Facts = { deadChannels?: number; channels?: number; sampleRate?: number };

/** The issues that are told of a sound. */
const issuesOf = async (
  samples: Float32Array,
  facts: Facts = {},
): Promise<{ issues: string[]; quality: SoundQuality; bursts: string[] }> => {
  const analyser = createSoundAnalyser();
  analyser.push(samples);
  const sound = analyser.finish();
  const heard = assembleVoice(sound, voiceActivity(sound.steps), {
    detector: 'voice-activity',
    channels: facts.channels ?? 1,
    deadChannels: facts.deadChannels ?? null,
    sampleRate: facts.sampleRate ?? 16_000,
  });
  const percepts: Percepts = {
    schema: 'whyface/percepts@1',
    clip: { digest: 'ab'.repeat(32), kind: 'audio', durationMs: Math.round(samples.length / 16), width: null, height: null, fps: null, hasAudio: true, hasSpeech: true },
    sampling: { fps: 0, frames: 0 },
    frames: { t: [], frame: [] },
    subjects: [],
    voice: heard,
    models: [],
    notMeasured: [],
    warnings: [],
  }; // biome-ignore format: one table
  const { observations } = await observe(percepts, observeOptions.parse({}), { version: 'test' });
  return {
    issues: observations.flatMap((each) => (each.kind === 'quality' ? [each.quality.issue] : [])),
    quality: heard.quality,
    bursts: heard.bursts.map(({ kind }) => kind),
  };
};

const spoken = talk(4, [[0.4, 3.6]]); // biome-ignore format: short
const notes = [220, 247, 262, 294, 262, 247, 220, 196];

/** A whisper: the syllables of talk as noise without a pitch. */
const whisper = (): Float32Array => {
  const next = noiseSource(5);
  return Float32Array.from({ length: 64_000 }, (_, index) => {
    const t = index / 16_000;
    const open = t > 0.4 && t < 3.6 ? 0.1 + 0.9 * Math.sin(Math.PI * 4 * t) ** 2 : 0;
    return 0.1 * open * next() + 2e-4 * next();
  });
};

describe('the quality of a sound', () => {
  it('has nothing against a lively voice', async () => {
    const lively = voice({
      seconds: 4,
      hertz: (t) => 150 * 2 ** ((4 * Math.sin(9 * t)) / 12),
      level: (t) => (t > 0.4 && t < 3.6 ? 0.15 + 0.85 * Math.sin(Math.PI * 4 * t) ** 2 : 0),
    });
    const { issues } = await issuesOf(lively);
    // Twelve harmonics of it end below the reach of a telephone.
    expect(issues.filter((issue) => issue !== 'narrow-band')).toEqual([]);
  });

  it.each([
    ['silent', new Float32Array(32_000), {}],
    ['dead-channel', spoken, { channels: 2, deadChannels: 1 }],
    ['clipped', spoken.map((sample) => Math.max(-1, Math.min(1, sample * 12))), {}],
    ['narrow-band', spoken, { sampleRate: 8000 }],
    ['no-speech', whisper(), {}],
  ] as const)('is told: %s', async (issue, samples, facts) => {
    expect((await issuesOf(Float32Array.from(samples), facts)).issues).toContain(issue);
  });

  it.each([0, 0.4, 0.8])('is told: sung, with a vibrato of %s semitones', async (vibrato) => {
    const sung = voice({
      seconds: 6,
      hertz: (t) => (notes[Math.floor(t / 0.75) % 8] ?? 220) * 2 ** ((vibrato * Math.sin(2 * Math.PI * 5.5 * t)) / 12),
      level: (t) => Math.min(1, ((t % 0.75) / 0.75) * 12, (1 - (t % 0.75) / 0.75) * 10),
    });
    expect((await issuesOf(sung)).issues).toContain('sung');
  });

  it('hears a made laugh: short even calls with air between them', async () => {
    const laugh = voice({
      seconds: 3,
      hertz: (t) => 260 - 25 * t,
      level: (t) => (t > 0.5 && t < 2.3 && (t * 5) % 1 < 0.45 ? Math.sin((Math.PI * ((t * 5) % 1)) / 0.45) : 0),
      jitter: 0.01,
    });
    expect((await issuesOf(laugh)).bursts).toContain('laughter-like');
  });

  it.runIf(SHARED !== null)('raises no false alarm on recordings of one voice (needs ../shared)', async () => {
    const files = ['ravdess', 'emodb', 'transcript'].flatMap((folder) =>
      readdirSync(join(recordings, folder)).map((name) => `${folder}/${name}`),
    );
    const alarms: string[] = [];
    for (const file of files) {
      const { issues, bursts } = await issuesOf(load(file));
      const wrong = issues.filter((issue) => ['overlapping', 'sung', 'whispered', 'clipped', 'silent', 'no-speech', 'dead-channel'].includes(issue)); // biome-ignore format: short
      alarms.push(...[...wrong, ...bursts].map((issue) => `${file} ${issue}`));
    }
    expect(files.length).toBeGreaterThan(35);
    expect(alarms).toEqual([]);
  });

  it.runIf(SHARED !== null)('tells two voices at once where they blur each other (needs ../shared)', async () => {
    const pairs = [
      ['transcript/sb_spk1_snt1.wav', 'transcript/sb_spk2_snt2.wav'],
      ['emodb/03a07Wc.wav', 'emodb/08a01Na.wav'],
      ['transcript/sb_spk1_snt3.wav', 'transcript/LJ001-0005.wav'],
      ['transcript/LJ001-0005.wav', 'transcript/LJ001-0001.wav'],
    ] as const;
    for (const [first, second] of pairs) {
      const [one, other] = [load(first), load(second)];
      const gain = Math.sqrt(power(one) / power(other));
      const length = Math.min(one.length, other.length);
      const both = Float32Array.from({ length }, (_, index) => ((one[index] ?? 0) + gain * (other[index] ?? 0)) / 2);
      const alone = Math.max((await issuesOf(one)).quality.unclearShare ?? 0, (await issuesOf(other)).quality.unclearShare ?? 0); // biome-ignore format: short
      const { quality } = await issuesOf(both);
      expect(quality.unclearShare ?? 0).toBeGreaterThan(alone);
      expect(quality.unclearShare ?? 0).toBeGreaterThan(0.36);
    }
  });
});
