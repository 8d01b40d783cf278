/**
 * The service over time, as a process of its own with two workers (`npm run build` first):
 *
 *     npm run soak [-- --minutes 10] [--clients 3]
 *
 * Mixed clips go in, are explained, compared with the first answer of their kind, and deleted. Prints a table, and ends with 1
 * where a promise is not kept: memory that grows by more than 10 kB a clip after warm-up in the server or its workers, handles
 * or children that grow, an answer that differs.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { analysisResource, apiError } from '../src/contracts/index.ts';
import { makeMutants, makeSmallClips } from '../test/fixtures/hostile-media.ts';
import { ROOT, SHARED } from '../test/support/shared.ts';
import { machineLine, median } from './machine.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, clients: { type: 'string', default: '3' } },
});
const WORKERS = 2;
const WARM_SHARE = 0.3;
const BYTES_A_CLIP = 10_000;
/** Slopes are fitted to the medians of so many windows: single samples swing with the collector. */
const WINDOWS = 24;
const minutes = Number(values.minutes);

const folder = mkdtempSync(join(tmpdir(), 'whyface-soak-'));
const program = process.env.WHYFACE_BENCH_PROGRAM ?? join(ROOT, 'bin', 'whyface.js');

const clipsOf = (): string[] => {
  const made = join(folder, 'clips');
  makeSmallClips(made, ['b-frames.mp4', 'vp9.webm', 'h264.mkv', 'motion.avi', 'sound.wav', 'sound.mp3']);
  const small = readdirSync(made).map((name) => join(made, name));
  const damaged = makeMutants(small, join(folder, 'damaged'), 2, 20_261_123);
  const shared = ['clips/pyfeat/no_face.mp4', 'clips/pyfeat/face_noface.mov', 'speech/emodb/03a01Fa.wav'].flatMap(
    (name) => (SHARED === null ? [] : [join(SHARED, 'media', name)]),
  );
  const examples = ['astronaut.png', 'clip.mp4'].map((name) => join(ROOT, 'examples', name));
  return [...examples, ...small, ...damaged, ...shared].filter((path) => existsSync(path));
};

type Sample = { clips: number; parentBytes: number; workerBytes: number; handles: number; children: number };

const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc').flatMap((entry) => {
    try {
      const isChild = new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${entry}/status`, 'utf8'));
      return isChild ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });

/** Least squares through the medians of windows: slope in bytes a clip, and its standard error. */
const slopeOf = (samples: readonly Sample[], of: (sample: Sample) => number): { slope: number; error: number } => {
  const size = Math.max(1, Math.floor(samples.length / WINDOWS));
  const points = Array.from({ length: Math.floor(samples.length / size) }, (_, index) => {
    const window = samples.slice(index * size, (index + 1) * size);
    return { x: median(window.map(({ clips }) => clips)), y: median(window.map(of)) };
  });
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const [mx, my] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / spread;
  const residual = points.reduce((sum, { x, y }) => sum + (y - my - slope * (x - mx)) ** 2, 0);
  return { slope, error: Math.sqrt(residual / Math.max(1, points.length - 2) / spread) };
};

const rows: Array<[what: string, measured: string, promised: string, kept: boolean | null]> = [];

/** As in the container: allocators that keep little. And what is held, not what the collector has not come to yet: it runs every two seconds. */
const COLLECT = ['--expose-gc', '--import', 'data:text/javascript,setInterval(() => globalThis.gc(), 2000).unref()'];

const server = spawn(
  process.execPath,
  [...COLLECT, program, 'serve', '--port', '0', '--data-dir', join(folder, 'data'), '--workers', String(WORKERS), '--rate', '1000000', '--log-level', 'silent'], // biome-ignore format: one list
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, MALLOC_ARENA_MAX: '2' } },
);

try {
  const url = await new Promise<string>((resolve) => {
    server.stdout.once('data', (data: Buffer) => resolve(/http:\S+\d/.exec(data.toString())?.[0] ?? ''));
  });
  const pid = server.pid ?? 0;
  while ((await fetch(`${url}/health/ready`)).status !== 200) {
    await wait(250);
  }

  /** What was answered, without what may differ: times that were taken, and the id that the service drew. */
  const explain = async (path: string): Promise<string> => {
    const response = await fetch(`${url}/v1/analyses?wait=60&fps=5&filename=${encodeURIComponent(basename(path))}`, {
      method: 'POST',
      body: readFileSync(path),
    });
    const body: unknown = await response.json();
    const made = analysisResource.safeParse(body);
    if (!made.success) {
      return `error ${response.status} ${apiError.parse(body).error.code}`;
    }
    const { id, analysis, explanations, error } = made.data;
    await fetch(`${url}/v1/analyses/${id}`, { method: 'DELETE' });
    const { timings: _, ...lasting } = analysis ?? { timings: {} };
    const digest = createHash('sha256').update(JSON.stringify({ lasting, explanations, error })).digest('hex');
    // 201 where it was made, 200 where another client had just brought the same clip: the answer is one.
    return digest.slice(0, 16);
  };

  const clips = clipsOf();
  const first = new Map<string, string>();
  const different: string[] = [];
  const samples: Sample[] = [];
  const pids = new Set<number>();
  let done = 0;
  const started = performance.now();
  const share = (): number => (performance.now() - started) / (minutes * 60_000);
  let next = 0;
  const client = async (): Promise<void> => {
    while (share() < 1) {
      const path = clips[next % clips.length] ?? '';
      next += 1;
      const answer = await explain(path);
      done += 1;
      const known = first.get(path);
      first.set(path, known ?? answer);
      if (known !== undefined && known !== answer) {
        different.push(`${basename(path)}: ${known} → ${answer}`);
      }
    }
  };
  const heapBytes = async (): Promise<number> =>
    Number(/^\w*heap_size_used_bytes (\S+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? Number.NaN);
  const heap: Array<{ clips: number; bytes: number }> = [];
  const watch = async (): Promise<void> => {
    while (share() < 1) {
      await wait(250);
      if (share() > WARM_SHARE) {
        const children = childrenOf(pid);
        if (samples.length % 40 === 0) {
          heap.push({ clips: done, bytes: await heapBytes() });
        }
        for (const child of children) {
          pids.add(child);
        }
        samples.push({
          clips: done,
          parentBytes: residentBytes(pid),
          workerBytes: children.reduce((sum, child) => sum + residentBytes(child), 0),
          handles: readdirSync(`/proc/${pid}/fd`).length,
          children: children.length,
        });
      }
    }
  };
  // The same clip twice at once would share its measurement, and be deleted under the other: fewer clients than clips.
  await Promise.all([watch(), ...Array.from({ length: Math.min(Number(values.clients), clips.length) }, client)]);

  const quarter = Math.ceil(samples.length / 4);
  const [early, late] = [samples.slice(0, quarter), samples.slice(-quarter)];
  const most = (some: readonly Sample[], of: (sample: Sample) => number): number => Math.max(...some.map(of));
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  rows.push(['machine', machineLine(), '', null]);
  rows.push(['clips', `${done} of ${clips.length} kinds in ${minutes} min`, '', null]);
  rows.push([
    'answers that differ from the first of their kind',
    String(different.length),
    'none',
    different.length === 0,
  ]);
  for (const line of different.slice(0, 10)) {
    rows.push(['', line, '', null]);
  }
  for (const [what, of] of [
    ['memory of the server', (sample: Sample) => sample.parentBytes],
    ['memory of its workers', (sample: Sample) => sample.workerBytes],
  ] as const) {
    const { slope, error } = slopeOf(samples, of);
    const level = `${megabytes(median(early.map(of)))} → ${megabytes(median(late.map(of)))}`;
    // A short run cannot tell 10 kB from noise: missed is what lies above it by more than twice the error.
    rows.push([what, `${level}, ${(slope / 1000).toFixed(1)} ± ${((2 * error) / 1000).toFixed(1)} kB a clip`, '< 10 kB a clip', slope - 2 * error < BYTES_A_CLIP]); // biome-ignore format: one row
  }
  const [heapFirst, heapLast] = [heap[0]?.bytes ?? Number.NaN, heap.at(-1)?.bytes ?? Number.NaN];
  rows.push(['heap of the server (JavaScript)', `${megabytes(heapFirst)} → ${megabytes(heapLast)}`, '', null]);
  const handles = [most(early, ({ handles: count }) => count), most(late, ({ handles: count }) => count)] as const;
  rows.push(['handles of the server, at most', `${handles[0]} → ${handles[1]}`, 'flat', handles[1] <= handles[0] + 3]);
  rows.push(['children, at most', String(most(samples, ({ children }) => children)), `${WORKERS}`, most(samples, ({ children }) => children) <= WORKERS]); // biome-ignore format: one row
  rows.push(['processes that were children', String(pids.size), '', null]);
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}

const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, measured, promised, kept] of rows) {
  const mark = kept === null ? ' ' : kept ? '✓' : '✗';
  process.stdout.write(`${mark} ${what.padEnd(width)}  ${measured}${promised === '' ? '' : `  (${promised})`}\n`);
}
process.exitCode = rows.some(([, , , kept]) => kept === false) ? 1 : 0;
