import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnalysisResource, analysisResource } from '../../../src/contracts/index.ts';
import { COMMAND } from '../../support/cli.ts';
import { HAS_REDIS, openTestRedis, type TestRedis } from '../../support/redis.ts';
import { ROOT } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PHOTO = readFileSync(join(ROOT, 'examples/astronaut.png'));

describe.skipIf(!HAS_REDIS)('a service and its workers (needs Redis)', () => {
  const folder = temporaryFolder('shared');
  const children: ChildProcess[] = [];
  let redis: TestRedis;
  let address = '';

  const whyface = async (words: readonly string[], until: RegExp): Promise<{ child: ChildProcess; line: string }> => {
    const child = spawn(process.execPath, [...COMMAND, ...words, '--data-dir', folder], {
      env: { ...process.env, WHYFACE_REDIS_URL: redis.url },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    const line = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        if (until.test(text)) {
          resolve(text);
        }
      });
      child.once('exit', (code) => reject(new Error(`whyface ${words[0]} ended with ${code}: ${text}`)));
    });
    return { child, line };
  };
  const analyse = async (query: string): Promise<{ status: number; resource: AnalysisResource }> => {
    const response = await fetch(`${address}/v1/analyses?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: PHOTO,
    });
    return { status: response.status, resource: analysisResource.parse(await response.json()) };
  };

  beforeAll(async () => {
    redis = await openTestRedis();
    const { line } = await whyface(['serve', '--port', '0'], /listens on (\S+)/);
    address = /listens on (\S+)/.exec(line)?.[1] ?? '';
  });
  afterAll(async () => {
    await Promise.all(
      children.map((child) => {
        if (child.exitCode !== null) {
          return undefined;
        }
        child.removeAllListeners('exit');
        child.kill('SIGTERM');
        return new Promise((resolve) => child.once('exit', resolve));
      }),
    );
    await redis.close();
  });

  it('keeps a clip for the first worker that comes, and answers with its result', async () => {
    const { status, resource } = await analyse('wait=0');
    expect(status).toBe(202);
    expect(resource.job).toMatchObject({ status: 'queued', ahead: 0 });
    await whyface(['worker', '--workers', '1'], /takes jobs/);
    const { resource: done } = await analyse('wait=60');
    expect(done.id).toBe(resource.id);
    expect(done.job.status).toBe('succeeded');
    expect(done.explanations[0]?.judgement.expression.label).toBe('happiness');
    const events = await (await fetch(`${address}/v1/analyses/${done.id}/events`)).text();
    expect(events.match(/^event: job-end$/gm)).toHaveLength(1);
    const percepts = await fetch(`${address}/v1/analyses/${done.id}/percepts`);
    expect(percepts.status).toBe(200);
    await percepts.body?.cancel();
    const receipt = await fetch(`${address}/v1/analyses/${done.id}`, { method: 'DELETE' });
    expect(receipt.status).toBe(200);
    expect((await fetch(`${address}/v1/analyses/${done.id}`)).status).toBe(404);
  });
});
