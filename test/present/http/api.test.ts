import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { analysisResource, apiError, clipExport, deletionReceipt, percepts } from '../../../src/contracts/index.ts';
import { decodePercepts } from '../../../src/present/http/percepts-binary.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('api');
let service: TestService;

beforeAll(async () => {
  service = await openTestService(folder);
});
afterAll(() => service.stop(0));

const post = (
  body: NonNullable<RequestInit['body']>,
  query = '',
  headers: Record<string, string> = {},
): Promise<Response> => service.request(`/v1/analyses${query}`, { method: 'POST', body, headers });

const resourceOf = async (response: Response): Promise<z.infer<typeof analysisResource>> =>
  analysisResource.parse(await response.json());

const analysed = async (marker: string, query = ''): Promise<string> =>
  (await resourceOf(await post(fakeClip({ marker }), query))).id;

const errorOf = async (response: Response): Promise<{ status: number; code: string; param: string | null }> => {
  const { error } = apiError.parse(await response.json());
  return { status: response.status, code: error.code, param: error.param };
};

type Told = { id: number; type: string };

const eventsOf = async (response: Response): Promise<Told[]> =>
  (await response.text())
    .split('\n\n')
    .filter((block) => block.includes('event: '))
    .map((block) => ({
      id: Number(/^id: (\d+)$/m.exec(block)?.[1]),
      type: /^event: (.+)$/m.exec(block)?.[1] ?? '',
    }));

/** Every byte of every file below the data folder. */
const everythingOnDisk = (): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe('making an analysis', () => {
  it('answers 201 with the whole result, and 200 to the same again without measuring twice', async () => {
    const first = await post(fakeClip({ marker: 'same' }), '?filename=smile.mp4');
    const made = await resourceOf(first);
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/v1/analyses/${made.id}`);
    expect(made).toMatchObject({ input: 'smile.mp4', job: { status: 'succeeded', attempt: 1 }, error: null });
    expect(made.analysis?.observations.length).toBeGreaterThan(3);
    expect(made.explanations[0]?.judgement.expression.label).toBe('happiness');

    const again = await post(fakeClip({ marker: 'same' }));
    expect(again.status).toBe(200);
    expect((await resourceOf(again)).id).toBe(made.id);
    expect(service.steps.measured.get('same')).toBe(1);
    expect((await resourceOf(await post(fakeClip({ marker: 'same' }), '?fps=5'))).id).not.toBe(made.id);
  });

  it('S10: two that ask for the same clip at once share one measurement', async () => {
    const clip = fakeClip({ marker: 'twins', milliseconds: 200 });
    const [one, two] = await Promise.all([post(clip), post(clip)]);
    expect((await resourceOf(one)).id).toBe((await resourceOf(two)).id);
    expect(service.steps.measured.get('twins')).toBe(1);
  });

  it('answers 202 and a job to one who does not wait, and the result later', async () => {
    const response = await post(fakeClip({ marker: 'later', milliseconds: 200 }), '?wait=0');
    const { id, job } = await resourceOf(response);
    expect(response.status).toBe(202);
    expect(['queued', 'running']).toContain(job.status);
    const done = await resourceOf(await service.request(`/v1/analyses/${id}?wait=10`));
    expect(done.job.status).toBe('succeeded');
  });

  it('takes a form with words and options, and refuses one without a file', async () => {
    const form = new FormData();
    form.set('stills', 'true');
    form.set('file', new File([fakeClip({ marker: 'form' })], '../../etc/pass wd.mp4'));
    form.set('transcript', new File(['WEBVTT\n\n00:00.000 --> 00:01.000\nHello'], 'words.vtt'));
    const made = await resourceOf(await post(form));
    expect(made.input).toBe('pass wd.mp4');
    const [still] = made.stills;
    const picture = await service.request(still?.href ?? '');
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(100);

    const empty = new FormData();
    empty.set('fps', '5');
    expect(await errorOf(await post(empty))).toEqual({ status: 400, code: 'usage', param: 'file' });
    const wrong = new FormData();
    wrong.set('colour', 'red');
    wrong.set('file', new File([fakeClip({ marker: 'wrong' })], 'a.mp4'));
    expect(await errorOf(await post(wrong))).toEqual({ status: 400, code: 'usage', param: 'colour' });
  });

  it('takes measurements as JSON and gives them back', async () => {
    const { id } = await resourceOf(await post(fakeClip({ marker: 'brought' })));
    const measured = percepts.parse(await (await service.request(`/v1/analyses/${id}/percepts`)).json());
    const response = await post(JSON.stringify({ percepts: measured, options: { explain: false } }), '', {
      'content-type': 'application/json',
    });
    const made = await resourceOf(response);
    expect(response.status).toBe(201);
    expect(made.explanations).toEqual([]);
    const back = await service.request(`/v1/analyses/${made.id}/percepts`);
    expect(percepts.parse(await back.json())).toEqual(measured);

    const analysis = await post(JSON.stringify({ analysis: made.analysis }), '', {
      'content-type': 'application/json',
    });
    expect((await resourceOf(analysis)).explanations).toHaveLength(1);
  });

  it('gives percepts in the binary form, value for value', async () => {
    const id = await analysed('binary');
    const json = percepts.parse(await (await service.request(`/v1/analyses/${id}/percepts`)).json());
    const binary = await service.request(`/v1/analyses/${id}/percepts`, {
      headers: { accept: 'application/vnd.whyface.percepts' },
    });
    expect(decodePercepts(await binary.arrayBuffer())).toEqual(json);
  });

  it('ends with the error of the clip, and tries again when it is sent again', async () => {
    const clip = fakeClip({ marker: 'broken', fails: 'media-damaged' });
    const failed = await post(clip, '?filename=broken.mp4');
    const body = apiError.parse(await failed.json());
    expect(failed.status).toBe(422);
    expect(body.error).toMatchObject({ code: 'media-damaged', message: 'broken.mp4 cannot be used.' });
    await post(clip);
    expect(service.steps.measured.get('broken')).toBe(2);
  });
});

describe('following an analysis', () => {
  it('S6: takes up after Last-Event-ID, without loss and without repetition', async () => {
    const id = await analysed('events');
    const all = await eventsOf(await service.request(`/v1/analyses/${id}/events`));
    expect(all.map(({ id: number }) => number)).toEqual(all.map((_, index) => index + 1));
    expect(all[0]?.type).toBe('stage-start');
    expect(all.at(-1)?.type).toBe('job-end');
    expect(all.filter(({ type }) => type === 'job-end')).toHaveLength(1);
    expect(new Set(all.map(({ type }) => type))).toEqual(
      new Set([
        'stage-start', 'stage-progress', 'stage-end', 'observation-available', 'reasoning-delta', 'judgement-available', 'job-end',
      ]),
    ); // biome-ignore format: one list
    for (const cut of [3, all.length - 1, all.length]) {
      const rest = await eventsOf(
        await service.request(`/v1/analyses/${id}/events`, { headers: { 'last-event-id': String(cut) } }),
      );
      expect(rest).toEqual(all.slice(cut));
    }
  });

  it('S5: keeps nothing in memory for a reader who does not read', async () => {
    const { id } = await resourceOf(await post(fakeClip({ marker: 'slow reader', milliseconds: 300 }), '?wait=0'));
    const response = await service.request(`/v1/analyses/${id}/events`);
    const reader = response.body?.getReader();
    await reader?.read();
    await service.request(`/v1/analyses/${id}?wait=10`);
    // What was told meanwhile comes when it is read, from the store.
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) {
        break;
      }
      text += decoder.decode(piece.value);
    }
    expect(text).toContain('event: job-end');
  });

  it('S4: the work stops when the one who waits for it goes, and goes on for another who waits', async () => {
    const gone = new AbortController();
    const pending = service.request('/v1/analyses', {
      method: 'POST',
      body: fakeClip({ marker: 'left', milliseconds: 5_000 }),
      signal: gone.signal,
    });
    await expect.poll(() => service.steps.measured.get('left')).toBe(1);
    gone.abort();
    await pending.then(
      () => undefined,
      () => undefined,
    );
    await expect.poll(() => service.steps.stopped, { timeout: 2_000 }).toContain('left');

    const stays = fakeClip({ marker: 'stays', milliseconds: 1_500 });
    const leaving = new AbortController();
    const one = service.request('/v1/analyses', { method: 'POST', body: stays, signal: leaving.signal });
    const two = post(stays);
    await expect.poll(() => service.steps.measured.get('stays')).toBe(1);
    // Long enough for the second to have sent its clip; it is measured for much longer.
    await new Promise((resolve) => setTimeout(resolve, 500));
    leaving.abort();
    await one.catch(() => undefined);
    expect((await resourceOf(await two)).job.status).toBe('succeeded');
    expect(service.steps.stopped).not.toContain('stays');
  });

  it('cancels a job on request within two seconds', async () => {
    const { id } = await resourceOf(await post(fakeClip({ marker: 'cancel', milliseconds: 10_000 }), '?wait=0'));
    await expect.poll(() => service.steps.measured.get('cancel')).toBe(1);
    const cancelled = await service.request(`/v1/jobs/${id}`, { method: 'DELETE' });
    expect(await cancelled.json()).toMatchObject({ status: 'cancelled' });
    expect(service.steps.stopped).toContain('cancel');
    expect(everythingOnDisk()).not.toContain('"marker":"cancel"');
  });
});

describe('using an analysis', () => {
  it('explains again, as JSON and as a stream that says the same', async () => {
    const id = await analysed('explain');
    const ask = (accept: string): Promise<Response> =>
      service.request(`/v1/analyses/${id}/explanations`, {
        method: 'POST',
        body: JSON.stringify({ subject: 'P1' }),
        headers: { 'content-type': 'application/json', accept },
      });
    const answer = z
      .object({ data: z.array(z.looseObject({ subject: z.string() })) })
      .parse(await (await ask('*/*')).json());
    expect(answer.data).toHaveLength(1);
    const types = (await eventsOf(await ask('text/event-stream'))).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['judgement-available', 'explanation-available', 'job-end']);
    expect(types[0]).toBe('reasoning-delta');
  });

  it('N4: takes no addresses, models or unknown options from a request', async () => {
    const id = await analysed('strict');
    const asked = await service.request(`/v1/analyses/${id}/explanations`, {
      method: 'POST',
      body: JSON.stringify({ base_url: 'http://evil.example' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await errorOf(asked)).toEqual({ status: 400, code: 'usage', param: 'base_url' });
    expect(await errorOf(await post(fakeClip(), '?base_url=http://evil.example'))).toMatchObject({ param: 'base_url' });
    expect(await errorOf(await post(fakeClip(), '?allowRemoteFrames=true'))).toMatchObject({ status: 403 });
    expect(await errorOf(await post(fakeClip(), '?fps=999'))).toEqual({ status: 400, code: 'usage', param: 'fps' });
  });

  it('gives the table and the report for download, safe to open', async () => {
    const id = await analysed('files', '?filename==cmd|calc.mp4');
    const table = await service.request(`/v1/analyses/${id}/observations.csv`);
    expect(table.headers.get('content-disposition')).toBe(`attachment; filename="${id}.csv"`);
    const [header, row] = (await table.text()).split('\n');
    expect(header).toMatch(/^input,frame,timestamp,face_id,confidence,success,face_x/);
    // N6: no cell begins as a formula would.
    expect(row).not.toMatch(/^[=+@-]/);
    const report = await service.request(`/v1/analyses/${id}/report.html`);
    expect(report.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'sha256-.*sandbox/);
    expect(await report.text()).toContain('<!doctype html>');
  });

  it('keeps corrections and exports everything that is held', async () => {
    const id = await analysed('export', '?stills=true');
    await service.request(`/v1/analyses/${id}/corrections`, {
      method: 'POST',
      body: JSON.stringify({ observation: 'o1', note: 'left side only' }),
      headers: { 'content-type': 'application/json' },
    });
    const held = clipExport.parse(await (await service.request(`/v1/analyses/${id}/export`)).json());
    expect(held.corrections).toMatchObject([{ value: { observation: 'o1' } }]);
    expect(held.percepts?.warnings[0]?.message).toBe('Marker export');
    expect(held.stills).toHaveLength(1);
    expect(held.clip).toEqual({ bytes: fakeClip({ marker: 'export' }).length, held: false });
    expect(held.audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['analyse', 'correct', 'export']));
    expect(held.events.length).toBeGreaterThan(5);
  });

  it('V1: holds no byte of the clip once it is analysed, and none of the measurements once it is deleted', async () => {
    const marker = 'MARKER-7f3a9c';
    const id = await analysed(marker, '?stills=true&filename=nobody-shall-know.mp4');
    expect(everythingOnDisk()).not.toContain(`"marker":"${marker}"`);
    expect(everythingOnDisk()).toContain(marker);

    const receipt = deletionReceipt.parse(
      await (await service.request(`/v1/analyses/${id}`, { method: 'DELETE' })).json(),
    );
    expect(receipt).toMatchObject({ id, deleted: true, cancelledJob: false, removed: { files: 2 } });
    expect(receipt.removed.records).toBeGreaterThan(5);
    const left = everythingOnDisk();
    expect(left).not.toContain(marker);
    expect(left).not.toContain('nobody-shall-know');
    expect(await errorOf(await service.request(`/v1/analyses/${id}`))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });

  it('V2: deletes during a job, which ends', async () => {
    const marker = 'MARKER-running';
    const { id } = await resourceOf(await post(fakeClip({ marker, milliseconds: 10_000 }), '?wait=0'));
    await expect.poll(() => service.steps.measured.get(marker)).toBe(1);
    const receipt = await service.request(`/v1/analyses/${id}`, { method: 'DELETE' });
    expect(await receipt.json()).toMatchObject({ deleted: true, cancelledJob: true });
    expect(service.steps.stopped).toContain(marker);
    expect(everythingOnDisk()).not.toContain(marker);
  });

  it('scores answers against references', async () => {
    const items = ['a', 'b'].map((clip) => ({
      clip,
      reference: ['happy'],
      prediction: clip === 'a' ? ['happy'] : ['sad'],
    }));
    const response = await service.request('/v1/scores', {
      method: 'POST',
      body: JSON.stringify({ kind: 'labels', items }),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ kind: 'labels', n: 2, headline: false });
  });
});

describe('the surface', () => {
  it('S1: says when to come again where the queue is full', async () => {
    const small = await openTestService(temporaryFolder('full'), { settings: { queueLength: 2, workers: 1 } });
    try {
      const send = (marker: string): Promise<Response> =>
        small.request('/v1/analyses?wait=0', { method: 'POST', body: fakeClip({ marker, milliseconds: 5_000 }) });
      const statuses: number[] = [];
      for (const marker of ['1', '2', '3', '4']) {
        const response = await send(marker);
        statuses.push(response.status);
        if (response.status === 429) {
          expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
          expect(await errorOf(response)).toMatchObject({ code: 'queue-full' });
        }
      }
      expect(statuses.at(-1)).toBe(429);
      expect((await small.request('/health/live')).status).toBe(200);
    } finally {
      await small.stop(0);
    }
  });

  it('has one shape for errors, and says what is possible instead', async () => {
    expect(await errorOf(await service.request('/v1/nothing'))).toMatchObject({ status: 404, code: 'not-found' });
    const wrong = await service.request('/v1/analyses', { method: 'PUT' });
    expect(wrong.headers.get('allow')).toBe('POST, GET');
    expect(await errorOf(wrong)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(await errorOf(await post(''))).toMatchObject({ status: 422, code: 'media-empty' });
    expect(await errorOf(await post('{', '', { 'content-type': 'application/json' }))).toMatchObject({ status: 400 });
    const text = await service.request(`/v1/analyses/${await analysed('surface')}/corrections`, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    });
    expect((await errorOf(text)).status).toBe(415);
    const big = await post('x', '', { 'content-type': 'application/json', 'content-length': String(2 ** 30) });
    expect(await errorOf(big)).toMatchObject({ status: 413 });
  });

  it('N5: carries the security headers, answers no other origin, and only to its own names', async () => {
    const response = await service.request('/health/live', { headers: { origin: 'https://elsewhere.example' } });
    const headers = Object.fromEntries(response.headers);
    delete headers['x-request-id'];
    expect(headers).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'content-type': 'application/json',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect((await errorOf(await post(fakeClip(), '', { origin: 'https://elsewhere.example' }))).status).toBe(403);
    expect((await errorOf(await post(fakeClip(), '', { 'sec-fetch-site': 'cross-site' }))).status).toBe(403);
    const rebound = await service.request('/v1/analyses', { headers: { host: 'rebound.example' } });
    expect((await errorOf(rebound)).status).toBe(403);
  });

  it('describes itself: every route is in the document, and the page needs no script', async () => {
    const document = z
      .object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) })
      .parse(await (await service.request('/openapi.json')).json());
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/v1/analyses',
        '/v1/analyses/{id}/events',
        '/v1/analyses/{id}/explanations',
        '/v1/analyses/{id}/observations.csv',
        '/v1/scores',
        '/health/ready',
      ]),
    );
    const page = await (await service.request('/docs')).text();
    expect(page).toContain('/v1/analyses/{id}/explanations');
    expect(page).not.toMatch(/<script|https?:\/\/(?!127)/);
  });

  it('counts what it does: waiting and working apart', async () => {
    await analysed('metrics');
    const text = await (await service.request('/metrics')).text();
    expect(text).toMatch(/whyface_job_queue_seconds_count [1-9]/);
    expect(text).toMatch(/whyface_job_compute_seconds_count\{outcome="succeeded"\} [1-9]/);
    expect(text).toMatch(/whyface_stage_seconds_count\{stage="perceive"\} [1-9]/);
    expect(text).toMatch(
      /whyface_http_request_seconds_count\{method="POST",route="\/v1\/analyses",status="201"\} [1-9]/,
    );
  });
});
