import { join } from 'node:path';
import { observeOptions } from '../../src/contracts/index.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { table } from './section.ts';
import { readManifest } from './speech-data.ts';
import { readWave } from './wav.ts';
import { yin } from './yin.ts';

type Needs = { folder: string; work: string; pipeline: Pipeline };

/** Pitch against YIN on the speech recordings: octave errors, and the differences of the rest. */
export const pitchRows = async ({ folder, pipeline }: Needs): Promise<string> => {
  const groups = new Map<string, { steps: number; octaves: number; differences: number[] }>();
  for (const { file } of readManifest(folder).filter((clip) => !clip.file.startsWith('nonspeech/'))) {
    const path = join(folder, file);
    const { percepts } = await pipeline.observe(path, observeOptions.parse({}));
    const { sampleRate, samples } = readWave(path);
    const group = groups.get(file.split('/')[0] ?? '') ?? { steps: 0, octaves: 0, differences: [] };
    groups.set(file.split('/')[0] ?? '', group);
    for (const [index, pitch] of (percepts.voice?.pitch ?? []).entries()) {
      const seconds = (percepts.voice?.t[index] ?? 0) / 1000;
      const other = pitch === null || index % 2 === 1 ? null : yin(samples, sampleRate, seconds);
      if (pitch !== null && other !== null) {
        group.steps += 1;
        const octaves = Math.abs(Math.log2(pitch / other));
        group.octaves += octaves > 0.7 ? 1 : 0;
        if (octaves <= 0.7) {
          group.differences.push(Math.abs(pitch / other - 1));
        }
      }
    }
  }
  const rows = [...groups].map(([name, { steps, octaves, differences }]) => {
    const median = differences.sort((a, b) => a - b)[Math.floor(differences.length / 2)] ?? 0;
    return [
      name,
      steps,
      octaves,
      `${((100 * octaves) / Math.max(1, steps)).toFixed(2)} %`,
      `${(100 * median).toFixed(2)} %`,
    ];
  });
  const [steps, octaves] = [...groups.values()].reduce(([a, b], group) => [a + group.steps, b + group.octaves], [0, 0]);
  rows.push(['all', steps, octaves, `${((100 * octaves) / Math.max(1, steps)).toFixed(2)} %`, '']);
  return [
    '### Pitch',
    'Voiced steps (every 40 ms) of the speech recordings against YIN, where both find a pitch. Tones, sweeps and vibrato with a known pitch are in the tests (within 0.5 %).',
    table(['recordings', 'steps', 'octave errors', 'share', 'median difference of the rest'], rows),
  ].join('\n\n');
};
