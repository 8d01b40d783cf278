/** `BlobStore` on S3-compatible storage: `<bucket address>/<owner>/<name>`, the digest in the object's metadata. */
import { createHash } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsClient } from 'aws4fetch';
import { WhyfaceError } from '../../kit/error.ts';
import type { BlobStore } from '../ports.ts';
import { listObjects } from './list-objects.ts';

export type S3Options = {
  /** Address of the bucket, and of a folder in it where wanted: `https://s3.example.org/whyface/blobs`. */
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  fetch: typeof fetch;
};

const KEY = /^[A-Za-z0-9_-]{1,80}(?:\/[A-Za-z0-9_-]{1,80})?$/;
const DIGEST_HEADER = 'x-amz-meta-sha256';
/** Most tries of one request; the pauses between them double. */
const TRIES = 4;
const FIRST_PAUSE_MS = 200;

export const createS3BlobStore = (options: S3Options): BlobStore => {
  const { accessKeyId, secretAccessKey, region } = options;
  const base = options.bucket.replace(/\/+$/, '');
  // The tries are ours: aws4fetch repeats with a body that may have been read already.
  const signer = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });

  const addressOf = (key: string): string => {
    if (!KEY.test(key)) {
      throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: 'A blob has no such key.' });
    }
    return `${base}/${key}`;
  };

  /** Tries again what may pass: a broken connection, 429, 5xx. */
  const call = async (
    address: string,
    init: { method: string; headers?: Record<string, string>; body?: Blob | Uint8Array<ArrayBuffer> },
    signal?: AbortSignal,
  ): Promise<Response> => {
    let problem = 'no answer';
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (attempt > 0) {
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
      }
      try {
        const { url, headers } = await signer.sign(address, { method: init.method, headers: init.headers ?? {} });
        const response = await options.fetch(url, { ...init, headers, signal: signal ?? null, redirect: 'error' });
        if (response.ok || (response.status < 500 && response.status !== 429)) {
          return response;
        }
        problem = `status ${response.status}`;
        await response.body?.cancel();
      } catch (thrown) {
        signal?.throwIfAborted();
        problem = thrown instanceof Error ? thrown.message : String(thrown);
      }
    }
    throw unavailable(problem);
  };

  const expectOk = async (response: Response, what: string): Promise<void> => {
    if (!response.ok) {
      await response.body?.cancel();
      throw unavailable(`status ${response.status} to ${what}`);
    }
  };

  const store = async (key: string, body: Blob | Uint8Array<ArrayBuffer>, digest: string): Promise<void> => {
    // The storage itself compares the body with the digest that the signature covers.
    const headers = { [DIGEST_HEADER]: digest, 'x-amz-content-sha256': digest };
    await expectOk(await call(addressOf(key), { method: 'PUT', headers, body }), 'a write');
  };

  const fetchObject = async (key: string, signal?: AbortSignal): Promise<Response | null> => {
    const response = await call(addressOf(key), { method: 'GET' }, signal);
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    await expectOk(response, 'a read');
    return response;
  };

  const list = (prefix: string) => listObjects({ base, prefix, call: (address) => call(address, { method: 'GET' }) });

  return {
    put: (key, bytes) => store(key, new Uint8Array(bytes), createHash('sha256').update(bytes).digest('hex')),
    get: async (key) => {
      const response = await fetchObject(key);
      if (response === null) {
        return null;
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (createHash('sha256').update(bytes).digest('hex') !== response.headers.get(DIGEST_HEADER)) {
        throw damaged(key);
      }
      return bytes;
    },
    adopt: async (key, { path, digest }) => {
      await store(key, await openAsBlob(path), digest);
      await rm(path, { force: true });
    },
    file: async (key, signal) => {
      const response = await fetchObject(key, signal);
      if (response?.body === null || response === null) {
        return null;
      }
      const folder = await mkdtemp(join(tmpdir(), 'whyface-blob-'));
      const release = (): Promise<void> => rm(folder, { recursive: true, force: true });
      try {
        const path = join(folder, 'blob');
        const hash = createHash('sha256');
        const source = Readable.fromWeb(response.body);
        source.on('data', (chunk: Uint8Array) => hash.update(chunk));
        await pipeline(source, createWriteStream(path, { mode: 0o600 }), {
          ...(signal === undefined ? {} : { signal }),
        });
        if (hash.digest('hex') !== response.headers.get(DIGEST_HEADER)) {
          throw damaged(key);
        }
        return { path, release };
      } catch (thrown) {
        await release();
        throw thrown;
      }
    },
    size: async (key) => {
      const response = await call(addressOf(key), { method: 'HEAD' });
      return response.ok ? Number(response.headers.get('content-length')) : null;
    },
    remove: async (keyOrPrefix) => {
      addressOf(keyOrPrefix);
      const whole = keyOrPrefix.includes('/');
      const objects = (await list(whole ? keyOrPrefix : `${keyOrPrefix}/`)).filter(
        ({ key }) => !whole || key === keyOrPrefix,
      );
      for (const { key } of objects) {
        await expectOk(await call(addressOf(key), { method: 'DELETE' }), 'a removal');
      }
      return { files: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
    },
    owners: async () => [...new Set((await list('')).flatMap(({ key }) => key.split('/').slice(0, 1)))],
  };
};

const unavailable = (problem: string): WhyfaceError =>
  new WhyfaceError({
    code: 'service-unavailable',
    stage: 'jobs',
    message: `The storage of WHYFACE_S3_BUCKET cannot be used (${problem}); check the address and the keys.`,
    retryable: true,
  });

const damaged = (key: string): WhyfaceError =>
  new WhyfaceError({
    code: 'store-damaged',
    stage: 'jobs',
    message: `What is stored as ${key} is not what was written; delete the analysis and send the clip again.`,
  });
