import { join } from 'node:path';
import { observeOptions } from '../../src/contracts/index.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { table } from './section.ts';
import { readManifest } from './speech-data.ts';
import { readWave, writeWave } from './wav.ts';

type Needs = { folder: string; work: string; pipeline: Pipeline };

/** What must not be told of a plain recording of one voice. */
const ALARMS = ['overlapping', 'sung', 'whispered', 'clipped', 'silent', 'no-speech', 'dead-channel'] as const;

/** How often spoiled sound is told, and how often sound that is not. */
export const qualityRows = async ({ folder, work, pipeline }: Needs): Promise<string> => {
  const issuesOf = async (path: string): Promise<string[]> => {
    const { analysis } = await pipeline.observe(path, observeOptions.parse({}));
    return analysis.observations.flatMap((each) => (each.kind === 'quality' ? [each.quality.issue] : []));
  };
  const files = readManifest(folder).map(({ file }) => file);
  const plain = files.filter((file) => /^(?:ravdess|emodb|transcript)\//.test(file));
  const alarms = new Map<string, number>();
  for (const file of plain) {
    for (const issue of await issuesOf(join(folder, file))) {
      alarms.set(issue, (alarms.get(issue) ?? 0) + 1);
    }
  }
  const told = async (issue: string, sounds: readonly Float32Array[]): Promise<string> => {
    let count = 0;
    for (const samples of sounds) {
      const path = join(work, 'spoiled.wav');
      writeWave(path, { sampleRate: 16_000, samples });
      count += (await issuesOf(path)).includes(issue) ? 1 : 0;
    }
    return `${count} of ${sounds.length}`;
  };
  const load = (pattern: RegExp): Float32Array[] =>
    files.filter((file) => pattern.test(file)).map((file) => readWave(join(folder, file)).samples);
  const [first, second] = [load(/sb_spk1/), load(/sb_spk2/)];
  const all = [...first, ...second];
  const both = first.flatMap((one) => second.map((other) => together(one, other)));
  const rows = [
    [
      'clipped',
      'sentences turned up eightfold over their peak',
      await told(
        'clipped',
        all.map((each) => scaled(each, 8)),
      ),
    ],
    ['narrow-band', 'sentences through a filter at 3.4 kHz', await told('narrow-band', all.map(telephone))],
    ['silent', 'digital silence', await told('silent', [new Float32Array(48_000)])],
    ['overlapping', 'two speakers at once, equally loud', await told('overlapping', both)],
  ];
  return [
    '### Quality of the sound',
    `Alarms on ${plain.length} plain recordings of one voice: ${ALARMS.map((issue) => `${issue} ${alarms.get(issue) ?? 0}`).join(', ')}.`,
    table(['told', 'of what', 'how often'], rows),
    'Not in this table for want of recordings: singing (told of made notes with and without vibrato, in the tests), whispering (told only where Silero finds the speech), laughter and sighs.',
  ].join('\n\n');
};

const scaled = (samples: Float32Array, times: number): Float32Array => {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return samples.map((sample) => Math.max(-1, Math.min(1, (sample * times) / peak)));
};

/** A windowed sinc of 201 taps. */
const telephone = (samples: Float32Array): Float32Array => {
  const reach = 100;
  const taps = Array.from({ length: 2 * reach + 1 }, (_, index) => {
    const x = Math.PI * (6800 / 16_000) * (index - reach);
    return (
      (6800 / 16_000) * (x === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos((Math.PI * (index - reach)) / reach))
    );
  });
  return samples.map((_, at) => taps.reduce((sum, tap, index) => sum + tap * (samples[at + index - reach] ?? 0), 0));
};

const power = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length;

const together = (one: Float32Array, other: Float32Array): Float32Array => {
  const gain = Math.sqrt(power(one) / power(other));
  const length = Math.min(one.length, other.length);
  return Float32Array.from({ length }, (_, index) => ((one[index] ?? 0) + gain * (other[index] ?? 0)) / 2);
};
