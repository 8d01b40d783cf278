import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../../src/jobs/ports.ts';
import { createS3BlobStore } from '../../../src/jobs/s3/s3-blob-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CREDENTIALS = { accessKeyId: 'AKTEST', secretAccessKey: 'secret', region: 'eu-test-1' };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Storage that checks signatures and digests, pages its listings by two, and fails when told to. */
const objects = new Map<string, { body: Uint8Array; digest: string }>();
const failures: number[] = [];
let requests = 0;

const storage: Server = createServer((request, response) => {
  const chunks: Uint8Array[] = [];
  request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  request.on('end', async () => {
    requests += 1;
    const failure = failures.shift();
    if (failure !== undefined) {
      response.writeHead(failure).end();
      return;
    }
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const signed = new AwsV4Signer({
      ...CREDENTIALS,
      method: request.method ?? '',
      url: url.href,
      service: 's3',
      datetime: String(request.headers['x-amz-date']),
      headers: Object.fromEntries(
        ['x-amz-content-sha256', 'x-amz-meta-sha256'].flatMap((name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      ),
    });
    if ((await signed.authHeader()) !== request.headers.authorization) {
      response.writeHead(403).end();
      return;
    }
    const body = new Uint8Array(Buffer.concat(chunks));
    const key = url.pathname.slice('/bucket/'.length);
    const found = objects.get(key);
    if (request.method === 'PUT') {
      const digest = String(request.headers['x-amz-meta-sha256']);
      const matches = digestOf(body) === request.headers['x-amz-content-sha256'];
      if (matches) {
        objects.set(key, { body, digest });
      }
      response.writeHead(matches ? 200 : 400).end();
    } else if (url.searchParams.has('list-type')) {
      const names = [...objects.keys()].filter((name) => name.startsWith(url.searchParams.get('prefix') ?? '')).sort();
      const from = Number(url.searchParams.get('continuation-token') ?? 0);
      const page = names.slice(from, from + 2);
      const more = from + 2 < names.length;
      const contents = page.map(
        (name) => `<Contents><Key>${name}</Key><Size>${objects.get(name)?.body.length}</Size></Contents>`,
      );
      const next = more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
      response.end(
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
      );
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (found === undefined) {
      response.writeHead(404).end();
    } else {
      response.writeHead(200, { 'content-length': found.body.length, 'x-amz-meta-sha256': found.digest });
      response.end(request.method === 'HEAD' ? undefined : found.body);
    }
  });
});

describe('blobs on S3-compatible storage', () => {
  const folder = temporaryFolder('s3');
  let store: BlobStore;
  let address = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
    const bound = storage.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}/bucket/blobs`;
    store = createS3BlobStore({ ...CREDENTIALS, bucket: address, fetch });
  });
  beforeEach(() => {
    objects.clear();
    failures.length = 0;
    requests = 0;
  });
  afterAll(() => storage.close());

  it('gives back what was put, and nothing where nothing is', async () => {
    await store.put('an_1/percepts', bytesOf('numbers'));
    expect(objects.has('blobs/an_1/percepts')).toBe(true);
    expect(await store.get('an_1/percepts')).toEqual(bytesOf('numbers'));
    expect(await store.size('an_1/percepts')).toBe(7);
    expect(await store.get('an_1/other')).toBeNull();
    expect(await store.file('an_1/other')).toBeNull();
    expect(await store.size('an_1/other')).toBeNull();
  });

  it('takes over a file, and lends it to the decoder', async () => {
    const path = join(folder, 'clip');
    writeFileSync(path, 'a clip');
    await store.adopt('an_1/clip', { path, digest: digestOf(bytesOf('a clip')) });
    expect(existsSync(path)).toBe(false);
    const lent = await store.file('an_1/clip');
    expect(readFileSync(lent?.path ?? '', 'utf8')).toBe('a clip');
    await lent?.release();
    expect(existsSync(lent?.path ?? '')).toBe(false);
  });

  it('D4 notices a blob that is not what was written', async () => {
    await store.put('an_1/percepts', bytesOf('numbers'));
    const held = objects.get('blobs/an_1/percepts');
    held?.body.fill(48, 0, 1);
    await expect(store.get('an_1/percepts')).rejects.toMatchObject({ code: 'store-damaged' });
    await expect(store.file('an_1/percepts')).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('removes all of one analysis, over several pages, and nothing of another', async () => {
    for (const key of ['an_1/a', 'an_1/b', 'an_1/c', 'an_10/a', 'an_2/a']) {
      await store.put(key, bytesOf('four'));
    }
    expect((await store.owners()).sort()).toEqual(['an_1', 'an_10', 'an_2']);
    expect(await store.remove('an_1')).toEqual({ files: 3, bytes: 12 });
    expect(await store.remove('an_2/a')).toEqual({ files: 1, bytes: 4 });
    expect([...objects.keys()]).toEqual(['blobs/an_10/a']);
  });

  it('tries again what may pass, and not what will not', async () => {
    failures.push(503, 500);
    await store.put('an_1/a', bytesOf('late'));
    expect(requests).toBe(3);
    const wrong = createS3BlobStore({ ...CREDENTIALS, secretAccessKey: 'other', bucket: address, fetch });
    requests = 0;
    await expect(wrong.put('an_1/b', bytesOf('x'))).rejects.toMatchObject({ code: 'service-unavailable' });
    expect(requests).toBe(1);
  });

  it('N1 has no keys outside its folder', async () => {
    for (const key of ['../other', 'an_1/../../x', 'an_1/a?acl', '/etc', '']) {
      await expect(store.remove(key)).rejects.toMatchObject({ code: 'internal' });
    }
  });
});
