import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { analysisResource, readiness } from '../../../src/contracts/index.ts';
import { listen, type RunningServer } from '../../../src/present/http/node-server.ts';
import { whyface } from '../../support/cli.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { ROOT } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the listening server', () => {
  let service: TestService;
  let server: RunningServer;
  beforeAll(async () => {
    service = await openTestService(temporaryFolder('server'));
    server = await listen(service.app, { host: '127.0.0.1', port: 0 }, { headMs: 1_000, checkMs: 100 });
  });
  afterAll(async () => {
    await server.stop(0);
    await service.stop(0);
  });

  it('S3: closes sockets that send a head byte by byte, and serves others meanwhile', async () => {
    const sockets: Socket[] = [];
    let closed = 0;
    for (let index = 0; index < 200; index += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('close', () => {
        closed += 1;
      });
      socket.resume();
      socket.write('GET /health/live HTTP/1.1\r\nx-slow: ');
      sockets.push(socket);
    }
    const dripping = setInterval(() => {
      for (const socket of sockets) {
        socket.write('x');
      }
    }, 100);
    const answer = await fetch(`${server.url}/health/live`);
    expect(answer.status).toBe(200);
    await expect.poll(() => closed, { timeout: 8_000 }).toBe(200);
    clearInterval(dripping);
  });

  it('S4: a client that leaves while its clip is measured or sent stops the work', async () => {
    const leaving = new AbortController();
    const pending = fetch(`${server.url}/v1/analyses`, {
      method: 'POST',
      body: fakeClip({ marker: 'leaves', milliseconds: 20_000 }),
      signal: leaving.signal,
    }).catch(() => 'left');
    await expect.poll(() => service.steps.measured.get('leaves'), { timeout: 5_000 }).toBe(1);
    leaving.abort();
    expect(await pending).toBe('left');
    await expect.poll(() => service.steps.stopped, { timeout: 2_000 }).toContain('leaves');

    const sending = httpRequest(`${server.url}/v1/analyses`, {
      method: 'POST',
      headers: { 'content-length': '1000000' },
    });
    sending.on('error', () => undefined);
    sending.write('half of it');
    await wait(200);
    sending.destroy();
    await expect.poll(async () => (await service.jobs.queue.depth()).running).toBe(0);
  });

  it('refuses what is announced too large without reading it', async () => {
    const status = await new Promise((resolve) => {
      const sending = httpRequest(
        `${server.url}/v1/analyses`,
        { method: 'POST', headers: { 'content-length': String(3 * 1024 ** 3) } },
        (response) => resolve(response.statusCode),
      );
      sending.on('error', () => undefined);
      sending.write('x');
    });
    expect(status).toBe(413);
  });

  it('says what is wrong where it cannot listen', async () => {
    await expect(listen(service.app, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('choose another --port'),
    });
  });
});

describe('readiness', () => {
  it('S8: tells live from ready, and says which condition is not met', async () => {
    const service = await openTestService(temporaryFolder('ready'));
    const ready = async (): Promise<unknown> => {
      const response = await service.request('/health/ready');
      return readiness.parse(await response.json());
    };
    expect(await ready()).toMatchObject({ status: 'ready' });
    service.jobs.queue.check = () => Promise.reject(new Error('gone'));
    expect(await ready()).toMatchObject({
      status: 'not-ready',
      checks: expect.arrayContaining([expect.objectContaining({ name: 'database', ok: false })]),
    });
    await service.stop(0);
    expect(await ready()).toMatchObject({
      checks: expect.arrayContaining([expect.objectContaining({ name: 'accepting', ok: false })]),
    });
    expect((await service.request('/health/live')).status).toBe(200);
  });
});

describe('whyface serve', () => {
  const children = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of children) {
      child.kill('SIGKILL');
    }
  });

  const start = async (
    dataDir: string,
  ): Promise<{ url: string; child: ChildProcess; ended: Promise<number | null> }> => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
        join(ROOT, 'test', 'support', 'run-cli.ts'),
        ...['serve', '--port', '0', '--data-dir', dataDir, '--workers', '1'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    children.add(child);
    child.stderr.resume();
    const ended = new Promise<number | null>((resolve) => child.on('exit', (status) => resolve(status)));
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data: Buffer) => resolve(data.toString())),
    );
    return { url: /http:\S+\d/.exec(line)?.[0] ?? '', child, ended };
  };

  it('S9: says all that is wrong with its settings and ends with 78, without a stack', async () => {
    const { status, stdout, stderr } = await whyface(['serve', '--port', 'x', '--purpose', 'spying', '--queue', '0']);
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' });
    expect(stderr).toMatch(/--port: .*--purpose: .*--queue: /s);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('S7, D1: explains a real clip; killed or told to stop in the middle it goes on after the next start, once', async () => {
    const dataDir = temporaryFolder('serve');
    const clip = readFileSync(join(ROOT, 'examples', 'clip.mp4'));
    const send = (url: string, query: string): Promise<Response> =>
      fetch(`${url}/v1/analyses?${query}`, { method: 'POST', body: clip });

    const first = await start(dataDir);
    const { id } = analysisResource.parse(await (await send(first.url, 'wait=0&fps=10&filename=clip.mp4')).json());
    await expect
      .poll(
        async () => analysisResource.parse(await (await fetch(`${first.url}/v1/analyses/${id}`)).json()).job.status,
        { timeout: 20_000 },
      )
      .toBe('running');
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await start(dataDir);
    const resumed = analysisResource.parse(await (await fetch(`${second.url}/v1/analyses/${id}?wait=60`)).json());
    expect(resumed.job).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(resumed.explanations[0]?.conclusion.text).toBeTruthy();
    const told = await (await fetch(`${second.url}/v1/analyses/${id}/events`)).text();
    expect(told.match(/^event: job-end$/gm)).toHaveLength(1);
    expect(told.match(/"type":"stage-start","stage":"perceive"/g)).toHaveLength(1);

    // A stop under way: the one who waits is answered, and the process ends well.
    const waiting = send(second.url, 'wait=60&fps=5');
    await expect
      .poll(
        async () => (await (await fetch(`${second.url}/metrics`)).text()).includes('whyface_jobs{state="running"} 1'),
        { timeout: 20_000 },
      )
      .toBe(true);
    second.child.kill('SIGTERM');
    expect((await waiting).status).toBe(201);
    expect(await second.ended).toBe(0);
  }, 180_000);
});
