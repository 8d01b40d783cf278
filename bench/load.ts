/**
 * The service under load, as a process of its own:
 *
 *     node --import tsx bench/load.ts [--clients 64] [--requests 20] [--seconds 30] [--upload-mb 300]
 *
 * Prints a table, and ends with 1 where a promise is not kept: only designed answers, small requests below 100 ms at the
 * 99th percentile, memory back to where it was, and a large upload below 250 MB in the server's process.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '64' },
    requests: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '30' },
    'upload-mb': { type: 'string', default: '300' },
  },
});
const clients = Number(values.clients);
const requests = Number(values.requests);
const uploadMegabytes = Number(values['upload-mb']);

const ROOT = new URL('..', import.meta.url).pathname;
/** What is built and shipped, not the sources: `npm run build` first. */
const PROGRAM = process.env.WHYFACE_BENCH_PROGRAM ?? join(ROOT, 'bin', 'whyface.js');
const MEBIBYTE = 1024 * 1024;
/** Answers that the service is designed to give under load. */
const DESIGNED = new Set([200, 201, 202, 429]);

const folder = mkdtempSync(join(tmpdir(), 'whyface-load-'));
const server = spawn(
  process.execPath,
  [PROGRAM, 'serve', '--port', '0', '--data-dir', folder, '--rate', '1000000', '--log-level', 'silent'],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
);
const url = await new Promise<string>((resolve) => {
  server.stdout.once('data', (data: Buffer) => resolve(/http:\S+\d/.exec(data.toString())?.[0] ?? ''));
});

const residentMegabytes = (field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const statuses = new Map<number, number>();
const small: number[] = [];
const results: number[] = [];

const ask = async (path: string, init: RequestInit, times: number[] | null): Promise<Response> => {
  const started = performance.now();
  const response = await fetch(`${url}${path}`, init);
  await response.arrayBuffer();
  times?.push(performance.now() - started);
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  return response;
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

const rows: Array<[what: string, measured: string, promised: string, kept: boolean | null]> = [];
const row = (what: string, measured: string, promised = '', kept: boolean | null = null): void => {
  rows.push([what, measured, promised, kept]);
};

try {
  // Warm: models loaded, one analysis there to be asked for.
  while ((await fetch(`${url}/health/ready`)).status !== 200) {
    await wait(250);
  }
  const photo = readFileSync(join(ROOT, 'examples', 'astronaut.png'));
  const first = await fetch(`${url}/v1/analyses?wait=60`, { method: 'POST', body: photo });
  const location = first.headers.get('location') ?? '';
  await first.arrayBuffer();
  const before = residentMegabytes('VmRSS');

  const started = performance.now();
  const pause = (Number(values.seconds) * 1000) / requests;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      await wait((pause * client) / clients);
      for (let index = 0; index < requests; index += 1) {
        const due = performance.now() + pause;
        if (index % 10 === 9) {
          // Other bytes behind the picture make another clip.
          const body = Buffer.concat([photo, Buffer.from(`${client}-${index}`)]);
          await ask('/v1/analyses?wait=0', { method: 'POST', body }, null);
        } else if (index % 10 === 4) {
          await ask(location, {}, results);
        } else {
          await ask(index % 2 === 0 ? '/health/live' : location.replace('analyses', 'jobs'), {}, small);
        }
        await wait(Math.max(0, due - performance.now()));
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const sorted = [...small].sort((a, b) => a - b);
  const undesigned = [...statuses].filter(([status]) => !DESIGNED.has(status));
  row(
    'requests',
    `${clients * requests} in ${seconds.toFixed(1)} s (${Math.round((clients * requests) / seconds)} a second)`,
  );
  row(
    'answers',
    [...statuses]
      .sort()
      .map(([status, count]) => `${status} × ${count}`)
      .join(', '),
    'designed ones only',
    undesigned.length === 0,
  );
  row('small requests, median', `${percentile(sorted, 0.5).toFixed(1)} ms`);
  row(
    'small requests, 99th percentile',
    `${percentile(sorted, 0.99).toFixed(1)} ms`,
    '< 100 ms',
    percentile(sorted, 0.99) < 100,
  );

  const whole = [...results].sort((a, b) => a - b);
  row(
    'whole results, median and 99th percentile',
    `${percentile(whole, 0.5).toFixed(1)} ms, ${percentile(whole, 0.99).toFixed(1)} ms`,
  );

  // The jobs that were taken are done; then memory is looked at.
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    if (/whyface_jobs\{state="queued"\} 0/.test(text) && /whyface_jobs\{state="running"\} 0/.test(text)) {
      const lag = /^whyface_nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1];
      row('event loop delay, 99th percentile', `${(Number(lag) * 1000).toFixed(0)} ms`, '< 50 ms', Number(lag) < 0.05);
      break;
    }
    await wait(500);
  }
  await wait(3_000);
  const after = residentMegabytes('VmRSS');
  row('memory before and after', `${before.toFixed(0)} MB → ${after.toFixed(0)} MB`);

  const status = await new Promise<number>((resolve, reject) => {
    const upload = request(
      `${url}/v1/analyses?wait=0`,
      { method: 'POST', headers: { 'content-length': String(uploadMegabytes * MEBIBYTE) } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    upload.on('error', reject);
    const chunk = Buffer.alloc(MEBIBYTE, 7);
    let sent = 0;
    const more = (): void => {
      while (sent < uploadMegabytes) {
        sent += 1;
        if (!upload.write(chunk)) {
          upload.once('drain', more);
          return;
        }
      }
      upload.end();
    };
    more();
  });
  const peak = residentMegabytes('VmHWM');
  row(`upload of ${uploadMegabytes} MB: answer`, String(status), '202', status === 202);
  row('upload: largest memory of the process so far', `${peak.toFixed(0)} MB`, '< 250 MB', peak < 250);
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
