import { join } from 'node:path';
import { observeOptions } from '../../src/contracts/index.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { frameF1, framesOf } from './scores.ts';
import { table } from './section.ts';
import { readManifest, readMarks } from './speech-data.ts';
import { readWave, type Wave, writeWave } from './wav.ts';

type Needs = { folder: string; work: string; bare: Pipeline; silero: Pipeline | null };
type Truth = { name: string; path: string; speech: ReadonlyArray<readonly [number, number]>; endsAt: number };

const GAP_SECONDS = 1.5;
/** What trimmed speech begins and ends with below this share of its peak is cut off. */
const TRIM = 0.02;

/** Frame F1 of speech detection: hand-marked files, mixtures of trimmed sentences with known gaps and noise, and sounds without speech. */
export const detectionRows = async ({ folder, work, bare, silero }: Needs): Promise<string> => {
  const marked: Truth[] = (
    [
      ['sb_valid.wav', 'VAD_dev_root.json'],
      ['sb_train.wav', 'VAD_train_root.json'],
    ] as const
  ).map(([wav, marks]) => ({ name: wav, path: join(folder, 'vad', wav), ...readMarks(join(folder, 'vad', marks)) }));
  const clips = readManifest(folder);
  const noise = readWave(join(folder, 'nonspeech', 'noise1.wav'));
  const sentences = clips
    .filter(({ file }) => file.startsWith('transcript/sb_'))
    .map(({ file }) => trimmed(readWave(join(folder, file))));
  const rows: string[][] = [];
  for (const { name, path, speech, endsAt } of marked) {
    rows.push([`${name}, marked by hand`, ...(await both({ bare, silero }, path, speech, endsAt))]);
  }
  const clean = strung(sentences);
  for (const decibels of [null, 20, 10, 5]) {
    for (const kind of decibels === null ? ['none'] : ['recorded noise', 'white noise']) {
      const path = join(work, `mixture-${decibels ?? 'clean'}-${kind.replace(' ', '-')}.wav`);
      const added = kind === 'white noise' ? white(clean.wave.samples.length) : noise.samples;
      writeWave(path, decibels === null ? clean.wave : mixed(clean.wave, added, decibels));
      const name = decibels === null ? 'sentences with gaps, clean' : `the same, ${kind} ${decibels} dB below`;
      rows.push([name, ...(await both({ bare, silero }, path, clean.speech, clean.wave.samples.length / 16_000))]);
    }
  }
  const silence: string[][] = [];
  const others = clips.filter(({ file }) => file.startsWith('nonspeech/')).map(({ file }) => join(folder, file));
  const music = join(work, 'music.wav');
  writeWave(music, melody());
  for (const path of [...others, music]) {
    const seconds = async (pipeline: Pipeline | null): Promise<string> =>
      pipeline === null ? '–' : (await segmentsOf(pipeline, path)).reduce((sum, [a, b]) => sum + b - a, 0).toFixed(2);
    silence.push([path.split('/').at(-1) ?? '', await seconds(bare), await seconds(silero)]);
  }
  return [
    '### Voice activity',
    'Frame F1 (10 ms). The mixtures are ten trimmed sentences with gaps of 1.5 s; trimming leaves weak ends in, so that 1.00 cannot be reached.',
    table(['sound', 'without weights', 'Silero'], rows),
    'Seconds taken for speech in sounds that hold none:',
    table(['sound', 'without weights', 'Silero'], silence),
  ].join('\n\n');
};

const segmentsOf = async (pipeline: Pipeline, path: string): Promise<[number, number][]> => {
  const { percepts } = await pipeline.observe(path, observeOptions.parse({}));
  return (percepts.voice?.segments ?? []).map(({ startMs, endMs }) => [startMs / 1000, endMs / 1000]);
};

const both = async (
  { bare, silero }: Pick<Needs, 'bare' | 'silero'>,
  path: string,
  speech: Truth['speech'],
  seconds: number,
): Promise<string[]> => {
  const truth = framesOf(speech, seconds);
  const score = async (pipeline: Pipeline | null): Promise<string> =>
    pipeline === null ? '–' : frameF1(framesOf(await segmentsOf(pipeline, path), seconds), truth).toFixed(3);
  return [await score(bare), await score(silero)];
};

const trimmed = ({ sampleRate, samples }: Wave): Wave => {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const first = samples.findIndex((sample) => Math.abs(sample) > TRIM * peak);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > TRIM * peak);
  return { sampleRate, samples: samples.subarray(first, last + 1) };
};

const strung = (sentences: readonly Wave[]): { wave: Wave; speech: [number, number][] } => {
  const gap = GAP_SECONDS * 16_000;
  const speech: [number, number][] = [];
  const parts: number[] = [...quiet(gap)];
  for (const { samples } of sentences) {
    speech.push([parts.length / 16_000, (parts.length + samples.length) / 16_000]);
    for (const sample of samples) {
      parts.push(sample);
    }
    parts.push(...quiet(gap));
  }
  return { wave: { sampleRate: 16_000, samples: Float32Array.from(parts) }, speech };
};

/** A room, not digital silence. */
const quiet = (count: number): number[] => Array.from(white(count), (value) => value * 3e-4);

const white = (count: number): Float32Array => {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x40000000 - 1;
  });
};

const levelOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

/** Noise so many decibels below the speech, by the levels of both as a whole (gaps included). */
const mixed = (wave: Wave, noise: Float32Array, decibels: number): Wave => {
  const gain = levelOf(wave.samples) / levelOf(noise) / 10 ** (decibels / 20);
  return {
    sampleRate: wave.sampleRate,
    samples: wave.samples.map((sample, index) => 0.7 * (sample + gain * (noise[index % noise.length] ?? 0))),
  };
};

/** A tune on a plucked string of four harmonics, ten seconds. */
const melody = (): Wave => {
  const notes = [262, 294, 330, 349, 392, 330, 262, 392];
  return {
    sampleRate: 16_000,
    samples: Float32Array.from({ length: 160_000 }, (_, index) => {
      const at = index % 6000;
      const note = notes[Math.floor(index / 6000) % notes.length] ?? 262;
      const phase = (2 * Math.PI * note * index) / 16_000;
      return (
        0.3 *
        Math.exp(-at / 4000) *
        (Math.sin(phase) + Math.sin(2 * phase) / 2 + Math.sin(3 * phase) / 3 + Math.sin(4 * phase) / 4)
      );
    }),
  };
};
