/**
 * `npm run bench [-- CLIP…] [-- --long CLIP]`: how fast whyface is on this machine. Speed is measured here and never in a
 * test. Without clips it takes the example, and the developers' clips where they are.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { observeOptions } from '../src/contracts/index.ts';
import { createPipeline } from '../src/pipeline.ts';
import { ROOT, SHARED } from '../test/support/shared.ts';
import { floorMs } from './floor.ts';
import { machineLine, median } from './machine.ts';
import { runWhyface } from './processes.ts';
import { stagesOf } from './stages.ts';

const REPEATS = 3;
const cores = availableParallelism();

const developersClips = (shared: string): string[] =>
  [
    'pyfeat/WolfgangLanger_Pexels.mp4',
    'liveportrait/d9.mp4',
    'openface/multi_face.avi',
    'latentsync/demo1_video.mp4',
  ].map((clip) => join(shared, 'media', 'clips', clip));

const defaultClips = [join(ROOT, 'examples', 'clip.mp4'), ...(SHARED === null ? [] : developersClips(SHARED))];

const given = process.argv.slice(2);
const longAt = given.indexOf('--long');
const longClip = longAt < 0 ? undefined : given[longAt + 1];
const clips = (longAt < 0 ? given : given.slice(0, longAt)).filter((path) => path !== '--');

const row = (...cells: ReadonlyArray<string | number>): void => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells: readonly string[]): void => {
  row(...cells);
  row(...cells.map(() => '---'));
};
const fixed = (value: number, digits = 1): string => value.toFixed(digits);

console.log(`${machineLine()}\n`);

console.log('## Clips, end to end\n');
head('clip', 'frames', 'face-frames', 's', 'frames/s', '× real time', 'floor s', 'floor / wall');
const pipeline = createPipeline({ env: process.env });
const stageTables: string[][] = [];
for (const path of (clips.length > 0 ? clips : defaultClips).filter((candidate) => existsSync(candidate))) {
  const options = observeOptions.parse({});
  const first = await pipeline.observe(path, options);
  const walls: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const started = performance.now();
    await pipeline.observe(path, options);
    walls.push(performance.now() - started);
  }
  const stages = await stagesOf(path);
  const floors: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    floors.push(await floorMs(stages.sessions, cores));
  }
  const [wall, floor] = [median(walls), median(floors)];
  const { frames } = first.analysis.sampling;
  row(
    basename(path),
    frames,
    stages.faceFrames,
    fixed(wall / 1000, 2),
    fixed((1000 * frames) / wall),
    fixed(first.analysis.clip.durationMs / wall),
    fixed(floor / 1000, 2),
    fixed(floor / wall, 2),
  );
  const sessionMs = stages.sessions.reduce((sum, { ms }) => sum + ms, 0);
  const perFace = (ms: number): string => fixed(ms / Math.max(1, stages.faceFrames), 2);
  stageTables.push([
    basename(path),
    perFace(stages.decodeMs),
    ...['face-detection', 'face-mesh', 'face-landmarker', 'au-', 'expression-'].map((prefix) =>
      perFace(stages.sessions.filter(({ graph }) => graph.startsWith(prefix)).reduce((sum, { ms }) => sum + ms, 0)),
    ),
    perFace(stages.totalMs - stages.decodeMs - sessionMs),
    perFace(stages.totalMs),
  ]);
}
await pipeline.close();

console.log('\n## Milliseconds a face-frame by stage, one process of one thread\n');
head(
  'clip',
  'decode',
  'detector',
  'mesh (npm)',
  'bundle',
  'AU head',
  'expression head',
  'crop, track, the rest',
  'total',
);
for (const cells of stageTables) {
  row(...cells);
}

console.log('\n## From the shell\n');
head('command', 'median s');
const photo = join(ROOT, 'examples', 'astronaut.png');
for (const args of [['--help'], ['explain', photo], ['observe', photo, '--format', 'csv']]) {
  const walls: number[] = [];
  for (let repeat = 0; repeat < 5; repeat += 1) {
    walls.push((await runWhyface(args)).wallMs);
  }
  row(
    `whyface ${args.map((arg) => (arg === photo ? 'examples/astronaut.png' : arg)).join(' ')}`,
    fixed(median(walls) / 1000, 2),
  );
}

console.log('\n## Peak resident memory\n');
head('clip', 's', 'parent MiB', 'perception MiB, all processes');
for (const path of [clips[0] ?? defaultClips.find((candidate) => existsSync(candidate)), longClip]) {
  if (path !== undefined) {
    const { wallMs, parentPeakMiB, childrenPeakMiB } = await runWhyface(['observe', path, '--format', 'json'], true);
    row(basename(path), fixed(wallMs / 1000), fixed(parentPeakMiB, 0), fixed(childrenPeakMiB, 0));
  }
}
