import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { observeOptions } from '../../src/contracts/index.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { childrenUsage } from './children.ts';
import { table } from './section.ts';
import { waveHeader } from './wav.ts';

type Needs = { work: string; pipeline: Pipeline };

const MINUTES = [2, 60] as const;

/** How fast an hour of speech-like sound is listened to, end to end, one worker. */
export const speedRows = async ({ work, pipeline }: Needs): Promise<string> => {
  const rows: (string | number)[][] = [];
  for (const minutes of MINUTES) {
    const path = join(work, `${minutes}.wav`);
    writeSpeechLike(path, minutes);
    const before = childrenUsage();
    const started = performance.now();
    const { percepts } = await pipeline.observe(path, observeOptions.parse({}));
    const seconds = (performance.now() - started) / 1000;
    const after = childrenUsage();
    const busy = before === null || after === null ? null : after.seconds - before.seconds;
    rows.push([
      minutes,
      seconds.toFixed(1),
      busy === null ? '–' : busy.toFixed(1),
      busy === null ? '–' : `${((60 * minutes) / busy).toFixed(0)} ×`,
      after === null ? '–' : after.peakMiB.toFixed(0),
      percepts.voice?.utterances.length ?? 0,
    ]);
    rmSync(path);
  }
  return [
    '### Speed',
    `\`observe\` on a 16 kHz recording, decoding included, one perception process without Silero (its start is in the first row; no face models are loaded for sound), on a shared ${cpus()[0]?.model ?? 'machine'}.`,
    table(
      [
        'minutes of sound',
        'seconds',
        'processor seconds of the perception process',
        'times real time by these',
        'peak MiB of it',
        'utterances',
      ],
      rows,
    ),
  ].join('\n\n');
};

/** Pulses at a wandering pitch through two resonances, in phrases with pauses, over a little noise; written minute by minute. */
const writeSpeechLike = (path: string, minutes: number): void => {
  const rate = 16_000;
  const file = openSync(path, 'w');
  writeSync(file, waveHeader(rate, rate * 60 * minutes));
  let [phase, state, noise] = [0, 0, 1];
  for (let minute = 0; minute < minutes; minute += 1) {
    const block = Buffer.alloc(2 * rate * 60);
    for (let index = 0; index < rate * 60; index += 1) {
      const t = minute * 60 + index / rate;
      const speaking = t % 4 < 3;
      const pitch = 140 * 2 ** ((3 * Math.sin(1.7 * t) + 2 * Math.sin(0.3 * t) + 0.2 * Math.sin(90 * t)) / 12);
      phase += pitch / rate;
      const pulse = phase >= 1 ? 1 : 0;
      phase -= pulse;
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) & 0x7fffffff;
      const syllable = speaking ? 0.3 + 0.7 * Math.abs(Math.sin(Math.PI * 4.5 * t)) : 0;
      state = 0.93 * state + pulse * syllable;
      const value = 0.5 * state * Math.cos(2 * Math.PI * 500 * t) + 0.001 * (noise / 0x40000000 - 1);
      block.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 2 * index);
    }
    writeSync(file, block);
  }
  closeSync(file);
};
